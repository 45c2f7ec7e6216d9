"""The pages of a plan: where it stands, what it changes, what stands in the way."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from onebow.apps.organizations.models import Approval, PlannedOrganization, Restructuring
from onebow.apps.organizations.queries.deciders import has_decider
from onebow.apps.organizations.queries.restructuring.checks import findings_of, obstacles_of
from onebow.apps.organizations.queries.restructuring.coverage import memberless, uncovered
from onebow.apps.organizations.queries.restructuring.facts import Facts, facts_on, side_on
from onebow.apps.organizations.queries.restructuring.figures import average
from onebow.apps.organizations.queries.restructuring.late import late_words
from onebow.apps.organizations.queries.restructuring.lines import changes_of, ending, hanging
from onebow.apps.organizations.queries.restructuring.plan import Plan, plan_of
from onebow.apps.organizations.queries.restructuring.prices import price_of
from onebow.apps.organizations.queries.restructuring.stale import ended_organizations, stale_lines, stale_organizations
from onebow.cores.regulations.facts import months_after
from onebow.cores.regulations.table import Rule, rule

State = Restructuring.State


@dataclass(frozen=True)
class Figure:
    """One line of the figures: before and after."""

    label: str
    before: str
    after: str


def with_branch_counts(rows: QuerySet[Restructuring]) -> QuerySet[Restructuring]:
    """Plans with `branch_count` and `general_count`."""
    general = PlannedOrganization.Kind.GENERAL_BRANCH
    return rows.annotate(
        branch_count=Count("planned", filter=~Q(planned__kind=general)),
        general_count=Count("planned", filter=Q(planned__kind=general)),
    )


def overview_of(restructuring: Restructuring, today: date) -> dict[str, Any]:
    """What the overview shows."""
    plan = plan_of(restructuring, today)
    # Of what was enacted the page of findings tells.
    findings = findings_of(plan) if restructuring.state != State.ENACTED else []
    run = restructuring.run
    return {
        "whole": plan,
        "figures": figures_of(plan),
        "findings": findings,
        "price": price_of(plan) if restructuring.is_draft else None,
        "run": run,
        "infeasible": _infeasible(plan) if restructuring.is_draft else [],
        "decisions": decisions_shown(restructuring),
        "reply": reply_of(restructuring),
        "day_before": restructuring.effective_on - timedelta(days=1),
    }


@dataclass(frozen=True)
class Reply:
    """By when the committee should reply, and the rule that says so."""

    due_on: date
    rule: Rule


def reply_of(restructuring: Restructuring) -> Reply | None:
    """The reply that a submitted plan waits for (BR-FOUND-REPLY); None if it waits for none."""
    if restructuring.state != State.SUBMITTED or restructuring.submitted_at is None:
        return None
    asked_on = timezone.localdate(restructuring.submitted_at)
    found = rule("BR-FOUND-REPLY", on=asked_on)
    return Reply(months_after(asked_on, found.number("months")), found) if found else None


def decisions_of(restructuring: Restructuring) -> QuerySet[Approval]:
    """What was decided on a plan, newest first."""
    rows = Approval.objects.filter(subject=restructuring._meta.label_lower, subject_id=restructuring.pk)
    return rows.select_related("decided_by").order_by("-pk")


@dataclass(frozen=True)
class Decision:
    """A decision, and whether the plan rests on it no more though it agreed."""

    approval: Approval
    is_overtaken: bool


def decisions_shown(restructuring: Restructuring) -> list[Decision]:
    """What was decided on a plan, newest first; it rests on one at most, and on none once it went back to draft."""
    agreed = (Approval.Decision.APPROVED, Approval.Decision.OFFLINE)
    return [
        Decision(one, one.decision in agreed and one.pk != restructuring.approval_id)
        for one in decisions_of(restructuring)
    ]


def figures_of(plan: Plan) -> list[Figure]:
    """The structure before and after in a few numbers."""
    before = Counter(seat.branch_id for seat in plan.seats if seat.branch_id)
    after = [one.members for one in plan.branches]
    sizes = sorted(before.values())
    spread = len({(seat.branch_id, seat.place_id) for seat in plan.seats if seat.branch_id and seat.place_id})
    moved = sum(one.members - one.kept for one in plan.branches)
    return [
        Figure("支部", f"{len(before)} 个", f"{len(after)} 个"),
        Figure("平均人数", _average(sizes), _average(after)),
        Figure("最少—最多", _range(sizes), _range(sorted(after))),
        Figure("支部所在办公区(合计)", f"{spread} 处", f"{sum(len(one.offices) for one in plan.branches)} 处"),
        Figure("改换支部的党员", "", f"{moved} 名"),
    ]


def _average(sizes: list[int]) -> str:
    mean = average(sizes)
    return f"{mean} 人" if mean is not None else "—"


def _range(sizes: list[int]) -> str:
    return f"{sizes[0]}—{sizes[-1]} 人" if sizes else "—"


@dataclass(frozen=True)
class Unserved:
    """A unit that no legal structure serves: which sections, which rule, which units it could be considered with."""

    unit_id: int
    unit: str
    sections: tuple[str, ...]
    rule: str
    words: str
    others: tuple[tuple[int, str], ...]


def _infeasible(plan: Plan) -> list[Unserved]:
    run = plan.restructuring.run
    rows = run.output.get("infeasible", []) if run else []
    places = plan.places
    units = [(unit, places.nodes[unit].name) for unit in places.units if places.attached.get(unit, unit) == unit]
    return [
        Unserved(
            int(row["body"]),
            places.nodes[int(row["body"])].name,
            tuple(plan.name_of(int(section)) for section in row["sections"]),
            row["rule"],
            row["words"],
            tuple(pair for pair in units if pair[0] != int(row["body"])),
        )
        for row in rows
        if int(row["body"]) in places.nodes
    ]


def hindrances(restructuring: Restructuring, today: date) -> dict[str, Any]:
    """What stands in the way of submitting a draft, or of enacting what was handed in."""
    plan = plan_of(restructuring, today)
    facts = _facts(plan, today)
    stale, late = stale_lines(plan, facts), late_words(plan, facts)
    if not restructuring.is_draft:
        assert restructuring.submitted_at is not None  # noqa: S101 (whatever is no draft was handed in)
        ended = stale_organizations(plan, facts, restructuring.submitted_at)
        told = {"stale": stale, "ended": ended, "late": late}
        return {**told, "lacks_decider": _lacks_decider(restructuring, today)}
    gone = ended_organizations(plan, facts)
    return {"stale": stale, "ended": gone, "obstacles": obstacles_of(plan, findings_of(plan), [*stale, *gone], late)}


def _lacks_decider(restructuring: Restructuring, today: date) -> bool:
    asked_by = restructuring.submitted_by_id
    return restructuring.state == State.SUBMITTED and not has_decider(restructuring.committee, today, but=asked_by)


def changes_page(restructuring: Restructuring, today: date) -> dict[str, Any]:
    """The lines: derived from today until a plan is enacted, then as they were kept."""
    if restructuring.state == State.ENACTED:
        rows = restructuring.lines.select_related("organization", "successor", "person").order_by("order")
        return {"lines": list(rows), "changes": [], "hanging": [], "memberless": [], "uncovered": []}
    plan = plan_of(restructuring, today)
    side = side_on(plan.places, restructuring.committee, today)
    gone = ending(plan, side)
    told = hanging(gone, side)
    return {
        "lines": [],
        "changes": changes_of(plan, side),
        "hanging": [(one, told[one.pk]) for one in gone if told[one.pk]],
        "memberless": [plan.name_of(section) for section in memberless(plan)],
        "uncovered": [plan.name_of(section) for section in uncovered(plan)],
    }


def _facts(plan: Plan, today: date) -> Facts:
    row = plan.restructuring
    return facts_on(plan.places, row.committee, today, standing_on=max(row.effective_on, today))
