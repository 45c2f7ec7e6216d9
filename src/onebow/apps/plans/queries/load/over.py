"""What items bring over a ceiling: of whom, in which month, how much before and after."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from onebow.apps.base.calendar import working_calendar
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.crowds import Crowd, crowd_of
from onebow.apps.plans.models import Item, ItemPerson, ItemUnit
from onebow.apps.plans.queries.load.ceilings import Ceiling, Ceilings, ceilings_known
from onebow.apps.plans.queries.load.items import ItemHours, items_of, laid_of
from onebow.apps.plans.queries.load.requests import DIRECTIVE, DUTY, asked_of, assisted, owned
from onebow.cores.timekeeping.spreading import DAY, HUNDREDTHS, WorkingDays, days_worked, first_of, month_of

PERSON, BRANCH = "person", "branch"
UNITS = {PERSON: "人", BRANCH: "个支部"}
Sums = Counter[tuple[int, int]]


@dataclass(slots=True)
class ItemState(ItemHours):
    """An item as it stands or shall stand, with the organizations of which it asks something."""

    units: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Over:
    """Somebody, or a branch, that is over a ceiling in a month, and what it was before: as the ceiling counts."""

    sort: str
    who: int
    name: str
    month: int
    before: int
    after: int
    ceiling: Ceiling

    @property
    def month_on(self) -> date:
        """The first day of the month."""
        return first_of(self.month)

    @property
    def figures(self) -> tuple[str, str]:
        """Before and after, in words."""
        if self.sort == BRANCH:
            return f"{self.before} 项", f"{self.after} 项"
        before, after = (Decimal(one) / HUNDREDTHS for one in (self.before, self.after))
        return f"{before:g} 小时", f"{after:g} 小时"

    def __str__(self) -> str:
        before, after = self.figures
        month = f"{self.month // 12} 年 {self.month % 12 + 1} 月"
        return f"{self.name} {month}原有 {before},列入后 {after},{self.ceiling.words}"


def lines_of(found: Iterable[Over]) -> list[tuple[str, str]]:
    """A line for each of them, with its unit; of several months the first is told, and how many follow."""
    of_each: dict[tuple[str, int], list[Over]] = {}
    for one in found:
        of_each.setdefault((one.sort, one.who), []).append(one)
    return [(f"{first}{_later(later)}", UNITS[first.sort]) for first, *later in of_each.values()]


def _later(later: Sequence[Over]) -> str:
    return f",此后还有 {len(later)} 个月超过" if later else ""


def states_of(items: Iterable[Item]) -> list[ItemState]:
    """Items as they stand in memory, with who takes part and which organizations assist: two statements."""
    found = {one.pk: state_of(one) for one in items}
    for pk, person in ItemPerson.objects.filter(item__in=found).values_list("item", "person"):
        found[pk].people.add(person)
    for pk, organization in ItemUnit.objects.filter(item__in=found).values_list("item", "organization"):
        found[pk].units.add(organization)
    return list(found.values())


def state_of(item: Item) -> ItemState:
    """An item without those who take part or assist."""
    people = {item.person_id} if item.person_id else set()
    facts = (item.side, item.starts_on, item.due_on, item.hours)
    return ItemState(item.pk, *facts, people, {item.organization_id})


def state_as(item: Item, draft: Any) -> ItemState:
    """An item as an `ItemDraft` would have it: those who take part stay, who answers for it is said anew."""
    people = set(item.people.values_list("person_id", flat=True)) | ({draft.person_id} if draft.person_id else set())
    facts = (item.side, draft.starts_on, draft.due_on, draft.hours)
    return ItemState(item.pk, *facts, people, {draft.organization_id, *draft.units})


def over_with(after: Sequence[ItemState], before: Sequence[ItemState] = (), *, today: date) -> list[Over]:
    """What is over a ceiling in this month or later once these items stand so, and was not so much `before`.

    Hours of items alone: meetings are known further up.
    """
    last = max((one.due_on for one in after if one.due_on), default=None)
    first = today.replace(day=1)
    if last is None or last < first:
        return []
    ceilings = ceilings_known(today, branches=True)
    if not ceilings:
        return []
    span = (first, last + DAY)
    return [*_people_over(after, before, span, ceilings), *_branches_over(after, before, span, ceilings, today)]


def _people_over(
    after: Sequence[ItemState], before: Sequence[ItemState], span: tuple[date, date], ceilings: Ceilings
) -> Iterator[Over]:
    crowd = crowd_of(one for item in (*after, *before) for one in item.people)
    judged = {item.pk for item in (*after, *before)}
    others = [item for item in items_of(crowd, *span) if item.pk not in judged]
    days = days_worked(working_calendar())
    base, was, will = (_hours(items, crowd, days) for items in (others, before, after))
    for key in sorted(will):
        person, month = key
        mate = crowd.mates[person]
        ceiling = ceilings.over_person([one.path for one in mate.stays], month)
        total = base[key] + will[key]
        if month >= month_of(span[0]) and will[key] > was[key] and ceiling and total > ceiling.limit:
            yield Over(PERSON, person, mate.name, month, base[key] + was[key], total, ceiling)


def _hours(items: Iterable[ItemHours], crowd: Crowd, days: WorkingDays) -> Sums:
    sums: Sums = Counter()
    for person, _, parts in laid_of(items, crowd, days):
        for month, amount in parts:
            sums[person, month] += amount or 0
    return sums


def _branches_over(
    after: Sequence[ItemState], before: Sequence[ItemState], span: tuple[date, date], ceilings: Ceilings, today: date
) -> Iterator[Over]:
    asked = {one for item in (*after, *before) for one in item.units}
    branches = Organization.objects.filter(kind__in=Organization.BRANCH_KINDS).in_bulk(asked)
    judged = {item.pk for item in (*after, *before)}
    base = _base(tuple(branches), judged, span, today)
    was, will = (_requests(items, branches) for items in (before, after))
    for key in sorted(will):
        branch, month = key
        ceiling, total = ceilings.over_branch(branches[branch].path, month), base[key] + will[key]
        if month >= month_of(span[0]) and will[key] > was[key] and ceiling and total > ceiling.limit:
            yield Over(BRANCH, branch, branches[branch].name, month, base[key] + was[key], total, ceiling)


def _requests(items: Iterable[ItemState], branches: Iterable[int]) -> Sums:
    return Counter((one, month_of(item.due_on)) for item in items if item.due_on for one in item.units & set(branches))


def _base(branches: tuple[int, ...], judged: set[int], span: tuple[date, date], today: date) -> Sums:
    """What is asked of them but for the items judged."""
    sums: Sums = Counter()
    if not branches:
        return sums
    for organization, month, sort, number in asked_of(branches, *span, today, today):
        sums[organization, month] += number if sort in (DUTY, DIRECTIVE) else 0
    own = owned(branches, *span).exclude(pk__in=judged).values_list("organization", "due_on")
    helped = assisted(branches, *span).exclude(item__in=judged).values_list("organization", "item__due_on")
    for organization, due_on in (*own, *helped):
        if due_on:
            sums[organization, month_of(due_on)] += 1
    return sums
