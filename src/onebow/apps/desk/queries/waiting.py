"""All that waits for the user: one UNION, asked for the front page, the whole list, and whoever is to be told."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db.models import Case, CharField, Exists, Value, When

from onebow.apps.accounts.models import User
from onebow.apps.affairs.queries.waiting import parts_of_affairs
from onebow.apps.base.prepared import Fixed, Prepared, Statement
from onebow.apps.base.waiting import NAMES, Line, Lines, all_rows, joined, line_of, part_of
from onebow.apps.desk.sorts import FOLD_ALL, FOLD_MATTER, FOLD_SAME
from onebow.apps.meetings.queries.waiting import arranged, meetings_waiting
from onebow.apps.methods.queries.packs import applied_for
from onebow.apps.organizations.queries.reach import Reach, guarding
from onebow.apps.organizations.queries.waiting import parts_of_organizations
from onebow.apps.plans.models import Item, Plan
from onebow.apps.plans.queries.visible import written_by
from onebow.apps.plans.queries.waiting.parts import parts_of_plans

NEXT = 5
# The row that says what there is not yet; it waits for nobody.
FIRST = "first"
SORT, PK, TITLE, PATH, STATE, DAY = (
    NAMES.index(f"line_{name}") for name in ("sort", "pk", "title", "path", "state", "day")
)


@dataclass(frozen=True)
class Next:
    """A line of the front page, and for how many alike it stands."""

    line: Line
    alike: int


@dataclass(frozen=True)
class Waiting:
    """The next lines, how many there are by sort, and what to do first: apply a pack, make a plan, or nothing."""

    lines: list[Next] = field(default_factory=list)
    sums: dict[str, int] = field(default_factory=dict)
    first: str = ""

    @property
    def total(self) -> int:
        """How many things wait."""
        return sum(self.sums.values())


def next_lines(reach: Reach, today: date, now: datetime) -> Waiting:
    """What waits for whoever has this reach: one statement."""
    statement = _statement(reach, today, now, with_first=True)
    if statement is None:
        return Waiting()
    # Counted here: to number the lines in the database takes it three times as long as to find them.
    rows = all_rows(statement)
    first = next((row[STATE] for row in rows if row[SORT] == FIRST), "")
    waiting = [row for row in rows if row[SORT] != FIRST]
    alike: dict[tuple[str, Any], list[tuple[Any, ...]]] = {}
    for row in waiting:
        alike.setdefault(_alike_by(row), []).append(row)
    lines = [Next(line_of(same[0]), len(same)) for same in islice(alike.values(), NEXT)]
    return Waiting(lines, Counter(row[SORT] for row in waiting), first)


def _alike_by(row: tuple[Any, ...]) -> tuple[str, Any]:
    """Lines of which this is the same are told as one."""
    sort = row[SORT]
    if sort in FOLD_ALL:
        return sort, None
    if sort in FOLD_MATTER:
        return sort, (row[TITLE], row[PATH])
    return sort, (row[TITLE], row[DAY]) if sort in FOLD_SAME else row[PK]


def all_statement(reach: Reach, today: date, now: datetime) -> Statement | None:
    """The whole list, to be narrowed and counted by whoever asks."""
    return _statement(reach, today, now, with_first=False)


def _statement(reach: Reach, today: date, now: datetime, *, with_first: bool) -> Statement | None:
    """One for all who reach as many things; of the hour, as a meeting is not to be recorded in its first minute."""
    if not (reach.managed or reach.led or reach.standing):
        return None
    return _waiting.statement(guarding(reach), Fixed(today), Fixed(_hour(now)), with_first)


def _union(reach: Reach, today: date, hour: datetime, with_first: bool) -> Lines:
    return joined(*_parts(reach, today, hour), *(_first(reach, today) if with_first else ()))


_waiting = Prepared(_union)


def _parts(reach: Reach, today: date, hour: datetime) -> tuple[Lines, ...]:
    """Every app below that has something to wait for; where a duty has its meeting, the meeting is told."""
    return (
        *parts_of_plans(reach, today, arranged(hour)),
        meetings_waiting(reach, hour),
        *parts_of_organizations(reach, today),
        *parts_of_affairs(reach),
    )


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
    return (part_of(User.objects.filter(pk=reach.user_id or 0), FIRST, state=state),)


def _hour(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)
