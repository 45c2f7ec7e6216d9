"""All that waits for the user from plans, duties and meetings: one statement; and what there is not yet."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from django.db.models import Case, CharField, Exists, Value, When

from onebow.apps.accounts.models import User
from onebow.apps.affairs.queries.waiting import parts_of_affairs
from onebow.apps.meetings.queries.waiting import meetings_waiting
from onebow.apps.methods.queries.packs import applied_for
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.models import Item, Plan
from onebow.apps.plans.queries.visible import written_by
from onebow.apps.plans.queries.waiting.lines import Line, Lines, Statement, next_few, read, statement_of
from onebow.apps.plans.queries.waiting.parts import parts_of_plans


@dataclass(frozen=True)
class Waiting:
    """The next lines of each sort, and what to do first: apply a pack (`pack`), make a plan (`plan`), or nothing."""

    lines: dict[str, list[Line]] = field(default_factory=dict)
    first: str = ""


def waiting_lines(reach: Reach, today: date, now: datetime) -> Waiting:
    """What waits for whoever has this reach."""
    if not (reach.managed or reach.led or reach.standing):
        return Waiting()
    found: dict[str, list[Line]] = defaultdict(list)
    for line in read(_statement(reach, today, now.replace(minute=0, second=0, microsecond=0))):
        found[line.sort].append(line)
    first = found.pop("first", [])
    return Waiting(dict(found), first[0].state if first else "")


@lru_cache(maxsize=256)
def _statement(reach: Reach, today: date, hour: datetime) -> Statement | None:
    """Kept for the hour: it is made of nothing but these, and a meeting is not to be recorded in its first minute."""
    below = (*parts_of_plans(reach, today), meetings_waiting(reach, hour), *parts_of_affairs(reach))
    return statement_of(*below, *_first(reach, today))


def _first(reach: Reach, today: date) -> tuple[Lines, ...]:
    """One row that says what there is not yet, for whoever could make it."""
    if not (reach.managed or reach.led):
        return ()
    plans = Plan.objects.filter(written_by(reach), year=today.year)
    # What the plan of the unit above gives them to do is a plan too.
    items = Item.objects.filter(written_by(reach), plan__year=today.year)
    known = [When(Exists(plans) | Exists(items), then=Value(""))]
    if reach.managed:
        known.insert(0, When(~Exists(applied_for(reach)), then=Value("pack")))
    state = Case(*known, default=Value("plan"), output_field=CharField())
    return (next_few(User.objects.filter(pk=reach.user_id or 0), "first", ("pk",), state=state),)
