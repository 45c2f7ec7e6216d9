"""All that waits for the user: one UNION, asked for the front page, the whole list, and whoever is to be told."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from django.db.models import Case, CharField, Exists, Value, When

from onebow.apps.accounts.models import User
from onebow.apps.affairs.queries.waiting import parts_of_affairs
from onebow.apps.base.waiting import COLUMNS, ORDER, Line, Lines, Statement, asked, line_of, part_of, statement_of
from onebow.apps.desk.sorts import FOLD_ALL, FOLD_MATTER, FOLD_SAME
from onebow.apps.meetings.queries.waiting import arranged, meetings_waiting
from onebow.apps.methods.queries.packs import applied_for
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.organizations.queries.waiting import parts_of_organizations
from onebow.apps.plans.models import Item, Plan
from onebow.apps.plans.queries.visible import written_by
from onebow.apps.plans.queries.waiting.parts import parts_of_plans

NEXT = 5
# The row that says what there is not yet; it waits for nobody.
FIRST = "first"


def _words(sorts: tuple[str, ...]) -> str:
    return ", ".join(f"'{sort}'" for sort in sorts)


# The next lines, alike ones as one, and of each sort the first for its number. Names of columns and sorts, no values.
_FRONT = f"""
SELECT {COLUMNS}, alike, of_sort, nth FROM (
  SELECT numbered.*,
    ROW_NUMBER() OVER (ORDER BY line_sort = '{FIRST}', {ORDER}) AS nth,
    ROW_NUMBER() OVER (PARTITION BY line_sort ORDER BY {ORDER}) AS nth_of_sort
  FROM (
    SELECT keyed.*,
      COUNT(*) OVER (PARTITION BY line_sort) AS of_sort,
      COUNT(*) OVER (PARTITION BY line_sort, alike_by) AS alike,
      ROW_NUMBER() OVER (PARTITION BY line_sort, alike_by ORDER BY {ORDER}) AS nth_alike
    FROM (
      SELECT told.*, CASE
        WHEN line_sort IN ({_words(FOLD_ALL)}) THEN ''
        WHEN line_sort IN ({_words(FOLD_SAME)}) THEN line_title || ' ' || CAST(line_day AS TEXT)
        WHEN line_sort IN ({_words(FOLD_MATTER)}) THEN line_title || ' ' || line_path
        ELSE CAST(line_pk AS TEXT) END AS alike_by
      FROM (%(union)s) told
    ) keyed
  ) numbered WHERE nth_alike = 1
) ordered WHERE nth <= {NEXT} OR nth_of_sort = 1 ORDER BY nth
"""  # noqa: S608


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
    statement = _statement(reach, today, _hour(now), with_first=True) if _stands(reach) else None
    if statement is None:
        return Waiting()
    found = [(line_of(row), *row[-3:]) for row in asked(_FRONT % {"union": statement.sql}, statement.params)]
    lines = [Next(line, alike) for line, alike, _, nth in found if nth <= NEXT]
    sums = {line.sort: of_sort for line, _, of_sort, _ in found}
    is_first = sums.pop(FIRST, 0)
    first = next(line.state for line, *_ in found if line.sort == FIRST) if is_first else ""
    return Waiting([one for one in lines if one.line.sort != FIRST], sums, first)


def all_statement(reach: Reach, today: date, now: datetime) -> Statement | None:
    """The whole list, to be narrowed and counted by whoever asks."""
    return _statement(reach, today, _hour(now), with_first=False) if _stands(reach) else None


@lru_cache(maxsize=512)
def _statement(reach: Reach, today: date, hour: datetime, *, with_first: bool) -> Statement | None:
    """Kept for the hour: it is made of nothing but these, and a meeting is not to be recorded in its first minute."""
    first = _first(reach, today) if with_first else ()
    return statement_of(*_parts(reach, today, hour), *first)


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


def _stands(reach: Reach) -> bool:
    return bool(reach.managed or reach.led or reach.standing)


def _hour(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)
