"""The report of a checked or applied roster: `onebow.import-report/1`."""

from collections import Counter
from typing import Any

from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.services.imports_plan import Plan

FORMAT = "onebow.import-report/1"
# What a page shows and the database keeps; the command line writes all.
KEPT_FINDINGS = 3_000
KEPT_FATES = 3_000
ORDER = {"error": 0, "warning": 1, "info": 2}


def report_of(plan: Plan) -> dict[str, Any]:
    """Counts and all findings."""
    return {
        "format": FORMAT,
        "rows": plan.facts.rows,
        "people": len(plan.facts.people),
        "members": plan.facts.members,
        "created": plan.count("created"),
        "changed": plan.count("changed"),
        "unchanged": plan.count("unchanged"),
        "refused": len(plan.facts.refused),
        "findings": [dict(vars(finding)) for finding in plan.findings],
    }


def kept_report_of(plan: Plan) -> dict[str, Any]:
    """The report as the database keeps it: bounded, with each row's fate and what would be founded."""
    report = report_of(plan)
    findings = sorted(report["findings"], key=lambda finding: ORDER[finding["severity"]])
    counts = Counter((finding["severity"], finding["code"]) for finding in findings)
    codes = [
        {"severity": severity, "code": code, "count": count}
        for (severity, code), count in sorted(counts.items(), key=lambda item: (ORDER[item[0][0]], -item[1]))
    ]
    kinds = Counter(Organization.Kind(one.kind).label for one in plan.organizations.new)
    return {
        **report,
        "findings": findings[:KEPT_FINDINGS],
        "findings_left_out": max(0, len(findings) - KEPT_FINDINGS),
        "codes": codes,
        "fates": fates_of(plan)[:KEPT_FATES],
        "organizations": [{"kind": kind, "count": count} for kind, count in kinds.items()],
        "places": len(plan.organizations.places),
    }


def fates_of(plan: Plan) -> list[list[Any]]:
    """Sheet, row, name and fate of every row; refused rows first, then joined, changed, created, unchanged."""
    fates: list[list[Any]] = [[sheet, row, "", "refused"] for sheet, row in plan.facts.refused]
    for one in plan.people:
        fates += [[sheet, row, one.facts.name, "joined"] for sheet, row in one.facts.joined_rows]
        fates.append([one.facts.sheet, one.facts.row, one.facts.name, one.fate])
    rank = {"refused": 0, "joined": 1, "changed": 2, "created": 3, "unchanged": 4}
    return sorted(fates, key=lambda fate: (rank[fate[3]], fate[0], fate[1]))
