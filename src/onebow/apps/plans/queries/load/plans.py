"""What the drafts of a plan, or of a request, bring over a ceiling, with the reasons that were said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from onebow.apps.plans.models import Item, LoadReason, Plan
from onebow.apps.plans.queries.load.over import PERSON, Over, over_with, states_of


@dataclass(frozen=True)
class OverLine:
    """Something over a ceiling, and why, if somebody said so."""

    over: Over
    reason: str = ""


def overs_of_plan(plan: Plan, today: date) -> list[Over]:
    """Of the drafts of a plan that wait to be approved."""
    return overs_of(list(plan.items.filter(state=Item.State.DRAFT)), today)


def overs_of(drafts: Sequence[Item], today: date) -> list[Over]:
    """Of these drafts, which count as nothing before."""
    return over_with(states_of(drafts), today=today) if drafts else []


def lines_of_plan(plan: Plan, today: date) -> list[OverLine]:
    """The same with reasons: what may not be planned first, then by month."""
    found = overs_of_plan(plan, today)
    said = reasons_of(plan) if found else {}
    lines = [OverLine(one, said.get((one.sort, one.who, one.month_on), "")) for one in found]
    return sorted(lines, key=lambda one: (not one.over.ceiling.refuses, one.over.month, one.over.name))


def reasons_of(plan: Plan) -> dict[tuple[str, int, date], str]:
    """What was said, by whom it concerns and the month."""
    rows = LoadReason.objects.filter(plan=plan).values_list("person", "organization", "month", "reason")
    return {
        (PERSON, person, month) if person else ("branch", organization, month): reason
        for person, organization, month, reason in rows
    }
