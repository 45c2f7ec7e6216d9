"""One person's year: the hours, and the items and meetings behind each month."""

from collections.abc import Iterator
from dataclasses import dataclass

from onebow.apps.base.filters import day
from onebow.apps.desk.queries.load.hours import PersonLoad, Year, over_in
from onebow.apps.meetings.queries.load_parts import MeetingPart, held_parts, planned_parts
from onebow.apps.organizations.queries.crowds import Crowd, crowd_of
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.queries.load.ceilings import Terms, terms_known
from onebow.apps.plans.queries.load.items import ItemHours, days_for, shares_of, titled_items
from onebow.cores.timekeeping.spreading import DAY, HUNDREDTHS, WorkingDays, by_month, days_worked, first_of, month_of

HIDDEN = "其他单位的工作"


@dataclass(frozen=True)
class Part:
    """One thing behind a number: what falls on the month (None: nobody said how much), and how it came to that."""

    sort: str
    pk: int
    title: str
    side: str
    amount: int | None
    note: str
    is_open: bool


@dataclass(frozen=True)
class PersonYear:
    """Somebody's year, and its parts by month."""

    load: PersonLoad
    parts: dict[int, list[Part]]
    terms: Terms


def year_of_person(person_id: int, reach: Reach, year: Year) -> PersonYear | None:
    """Five statements; None for who never belonged anywhere."""
    crowd = crowd_of([person_id], year.on if year.on < year.today else None)
    mate = crowd.mates.get(person_id)
    if mate is None:
        return None
    terms, load = terms_known(year.on), PersonLoad(mate)
    parts: dict[int, list[Part]] = {}
    for month, part in _parts(crowd, person_id, reach, year, days_worked(terms.calendar)):
        place = year.place(month)
        if place is None:
            continue
        parts.setdefault(month, []).append(part)
        if part.amount is None:
            load.unestimated[place] += 1
        else:
            load.sides[part.side][place] += part.amount
    load.over = dict(over_in(load, year, terms.ceilings)) if terms.ceilings else {}
    return PersonYear(load, parts, terms)


def _parts(
    crowd: Crowd, person_id: int, reach: Reach, year: Year, days: WorkingDays
) -> Iterator[tuple[int, Part]]:  # fmt: skip
    for item, title, is_open in titled_items(crowd, reach, year.first, year.end, year.known_on):
        for month, amount, note in _months(item, person_id, crowd, days):
            yield month, Part("item", item.pk, title if is_open else HIDDEN, item.side, amount, note, is_open)
    for part in held_parts(crowd, reach, year.first, year.end, year.on):
        yield month_of(part.day), _meeting(part)
    for part in planned_parts(crowd, reach, year.first, year.end, year.known_on):
        yield month_of(part.day), _meeting(part)


def _meeting(part: MeetingPart) -> Part:
    words = f"{part.organization},{day(part.day)}"
    note = f"{words}召开,记录时长" if part.is_held else f"{words}安排,按通常时长"
    return Part("meeting", part.pk, part.title if part.is_open else HIDDEN, part.side, part.amount, note, part.is_open)


def _months(
    item: ItemHours, person_id: int, crowd: Crowd, days: WorkingDays
) -> Iterator[tuple[int, int | None, str]]:  # fmt: skip
    span, share = days_for(item, person_id, crowd), shares_of(item).get(person_id)
    if span is None:
        return
    first, last = span
    if share is None:
        for month in range(month_of(first), month_of(last) + 1):
            yield month, None, f"{day(first)}至{day(last)},没有填写预计工时"
        return
    whole = _whole(item, share)
    places = days.between(first, last + DAY)
    for month, amount in by_month(share, first, last, days):
        here = days.between(max(first, first_of(month)), min(first_of(month + 1), last + DAY))
        note = f"{day(first)}至{day(last)} {places} 个工作日均摊,本月 {here} 日" if places else f"全部计在{day(last)}"
        yield month, amount, f"{whole};{note}"


def _whole(item: ItemHours, share: int) -> str:
    hours = f"预计 {float(item.hours or 0):g} 小时"
    return f"{hours},{len(item.people)} 人分担,本人 {share / HUNDREDTHS:g} 小时" if len(item.people) > 1 else hours
