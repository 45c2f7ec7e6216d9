"""Who is wanted in two places at once: pure, over events of any sort."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import combinations

DAY = timedelta(days=1)
# The longest absence that is looked at day by day; nobody is on one trip for years.
LONGEST = 400


@dataclass(frozen=True)
class Event:
    """占用: something that binds people (by id, with names) from `first` to `last`; the hours are told if known.

    `sort` is item, due, duty, meeting or away; what bears the same `group` is one matter told twice.
    """

    sort: str
    pk: int
    title: str
    first: date
    last: date
    people: Mapping[int, str] = field(compare=False)
    side: str = "both"
    door: str = ""
    organization: str = ""
    begins: datetime | None = None
    ends: datetime | None = None
    group: str = ""


@dataclass(frozen=True)
class Clash:
    """冲突: two events that want the same people on a day; certain if their hours overlap or somebody is away."""

    day: date
    one: Event
    other: Event
    is_certain: bool

    @property
    def people(self) -> tuple[str, ...]:
        """Names of those whom both want; asked for where a clash is shown, since most are only counted."""
        wanted = self.other.people
        return tuple(name for person_id, name in self.one.people.items() if person_id in wanted)


def clashes_of(events: Iterable[Event], first: date, last: date) -> list[Clash]:
    """Every pair that shares people on one of the days, once, at the first day on which it does."""
    rows = sorted(events, key=lambda one: (one.first, one.sort, one.pk))
    found: dict[tuple[int, int], Clash] = {}
    for day, here in sorted(_by_day(rows, first, last).items()):
        # Pairs of a day are few; the people of two branches are many, and mostly nobody is in both.
        for one, other in combinations(here, 2):
            if (one, other) not in found and _hinder(rows[one], rows[other]):
                found[one, other] = Clash(day, rows[one], rows[other], _is_certain(rows[one], rows[other]))
    return list(found.values())


def _by_day(rows: Sequence[Event], first: date, last: date) -> dict[date, list[int]]:
    """By day the places of the events that touch it."""
    found: dict[date, list[int]] = defaultdict(list)
    for place, event in enumerate(rows):
        for day in _days(max(event.first, first), min(event.last, last)):
            found[day].append(place)
    return found


def _hinder(one: Event, other: Event) -> bool:
    return not one.people.keys().isdisjoint(other.people) and not _exclude(one, other)


def _days(first: date, last: date) -> Iterator[date]:
    for count in range(min((last - first).days + 1, LONGEST)):
        yield first + count * DAY


def _exclude(one: Event, other: Event) -> bool:
    """Whether the two do not hinder one another."""
    sorts = {one.sort, other.sort}
    # A day by which something is due binds nobody; it is a pity only if whoever answers for it is away.
    if sorts == {"away"} or ("due" in sorts and "away" not in sorts):
        return True
    if one.group and one.group == other.group:
        return True
    return bool(one.begins and one.ends and other.begins and other.ends) and not _overlap(one, other)


def _overlap(one: Event, other: Event) -> bool:
    known = one.begins and one.ends and other.begins and other.ends
    return bool(known and one.begins < other.ends and other.begins < one.ends)  # type: ignore[operator]


def _is_certain(one: Event, other: Event) -> bool:
    return "away" in (one.sort, other.sort) or _overlap(one, other)
