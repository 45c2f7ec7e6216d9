"""批复 and 成立通知: what the committee agreed to, and the notice that rests on it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from onebow.apps.base.filters import day
from onebow.apps.organizations.models import Approval, Organization
from onebow.apps.organizations.queries.restructuring.papers.dossier import Dossier, cited, dissolved_by, told
from onebow.apps.organizations.queries.restructuring.papers.request import TITLE as REQUEST_TITLE
from onebow.apps.organizations.queries.restructuring.papers.tables import (
    agreed_generals,
    branch_rows,
    continued_by,
    is_below_level,
)

TITLE = "关于同意设立和调整党支部的批复"
K = Organization.Kind
# What a meeting of those who decide is called.
MEETINGS = {K.WORK_COMMITTEE: "工委会议", K.GENERAL_BRANCH: "总支部委员会会议"}


def rules_of_reply(dossier: Dossier) -> tuple[str, ...]:
    """The rules that a reply cites."""
    always = ("BR-FOUND-MIN", "BR-FOUND-REPLY")
    return (*always, "ORG-LEVEL") if dossier.generals else always


def reply_data(dossier: Dossier, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of `founding_reply`."""
    decided = decided_on(dossier)
    return {
        **{key: told(asked, key) for key in ("head", "request_number", "printer")},
        "issuer": dossier.committee,
        "number": _number(dossier) or told(asked, "number"),
        "to": dossier.issuer,
        "request_title": REQUEST_TITLE,
        "basis": cited(rules_of_reply(dossier), dossier.on),
        "meeting": meeting_of(dossier, asked.get("meeting_on")),
        "unit": dossier.unit,
        "dissolved": dissolved_by(dossier),
        "continued": continued_by(dossier),
        "below_level": [row.name for row in dossier.generals if is_below_level(dossier, row)],
        "elect_by": asked.get("elect_by"),
        "date": decided,
        "printed_on": decided if asked.get("printer") else None,
        "branches": branch_rows(dossier, "no", "name", "sections", "members", "head"),
        "general_branches": agreed_generals(dossier),
    }


def notice_data(dossier: Dossier, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of `founding_notice`."""
    decided = decided_on(dossier)
    return {
        **{key: told(asked, key) for key in ("head", "number", "printer")},
        "issuer": dossier.issuer,
        "to": "所属各党组织",
        "reply_issuer": dossier.committee,
        "reply_title": TITLE,
        "reply_number": _number(dossier) or told(asked, "reply_number"),
        # A day that nobody decided on is not made up.
        "reply_on": decided if dossier.plan.approval else None,
        "effective_on": dossier.plan.effective_on,
        "continued": continued_by(dossier),
        "dissolved": dissolved_by(dossier),
        "elect_by": asked.get("elect_by"),
        "date": decided,
        "printed_on": decided if asked.get("printer") else None,
        "branches": branch_rows(dossier, "no", "name", "general", "sections", "members", "head"),
    }


def decided_on(dossier: Dossier) -> date:
    """The day of the decision; of a draft today."""
    approval = dossier.plan.approval
    if approval is None:
        return dossier.today
    return approval.document_on or timezone.localdate(approval.decided_at)


def meeting_of(dossier: Dossier, typed: date | None) -> str:
    """Which meeting decided: in the product on the day of the decision; of one on paper only what was typed."""
    approval = dossier.plan.approval
    here = approval is not None and approval.decision != Approval.Decision.OFFLINE
    on = timezone.localdate(approval.decided_at) if approval and here else typed
    word = MEETINGS.get(K(dossier.plan.committee.kind), "委员会会议")
    return f"{day(on)}{word}" if on else word


def _number(dossier: Dossier) -> str:
    approval = dossier.plan.approval
    return approval.document_number if approval else ""
