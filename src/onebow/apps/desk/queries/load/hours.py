"""Hours of people over the months of a year: items and meetings together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from onebow.apps.base.memory import without_collection
from onebow.apps.meetings.queries.load import held_hours
from onebow.apps.meetings.queries.load_planned import planned_hours
from onebow.apps.organizations.queries.crowds import Crowd, Mate
from onebow.apps.plans.queries.load.ceilings import Ceiling, Ceilings, Terms
from onebow.apps.plans.queries.load.items import Share, items_of, laid_of
from onebow.cores.timekeeping.spreading import DAY, HUNDREDTHS, WorkingDays, days_worked, first_of, month_of

MONTHS = 12
PARTY, BUSINESS, BOTH = "party", "business", "both"
SIDES = {PARTY: "党建", BUSINESS: "业务", BOTH: "党建和业务"}
# Where the months of a side begin in one list of all.
FIRST = {side: place * MONTHS for place, side in enumerate(SIDES)}


@dataclass(frozen=True)
class Year:
    """The twelve months of which a page speaks, and the day on which it looks at them."""

    number: int
    on: date
    today: date

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.number, 1, 1)

    @property
    def end(self) -> date:
        """The day after its last."""
        return date(self.number + 1, 1, 1)

    @property
    def month(self) -> int:
        """Its January, as `month_of` counts."""
        return self.number * MONTHS

    @property
    def known_on(self) -> date | None:
        """The day by which a row must have been there; None: as it stands today."""
        return self.on if self.on < self.today else None

    def place(self, month: int) -> int | None:
        """Which of the twelve a month is, from 0; None: of another year."""
        place = month - self.month
        return place if 0 <= place < MONTHS else None


@dataclass(frozen=True, slots=True)
class Cell:
    """A month: hundredths of hours by side, items without hours, if somebody is here, and the ceiling gone over."""

    month: int
    party: int = 0
    business: int = 0
    both: int = 0
    unestimated: int = 0
    here: bool = True
    ceiling: Ceiling | None = None

    @property
    def total(self) -> int:
        """All sides together."""
        return self.party + self.business + self.both

    def shade(self, scale: int) -> int:
        """How dark the month stands, 0 to 5, where `scale` is as dark as it gets."""
        return shade_of(self.total, scale)

    @property
    def is_empty(self) -> bool:
        """Whether nothing can be said: nobody here, and nothing laid on them either."""
        return not self.here and not self.total and not self.unestimated

    @property
    def words(self) -> str:
        """The hours by side, for those who hear the page and for a title."""
        parts = [(SIDES[PARTY], self.party), (SIDES[BUSINESS], self.business), (SIDES[BOTH], self.both)]
        told = [f"{word} {part / HUNDREDTHS:g} 小时" for word, part in parts if part]
        told += [f"未估工时 {self.unestimated} 项"] if self.unestimated else []
        told += [f"超过上限:{self.ceiling.words}"] if self.ceiling else []
        return ",".join(told) or "没有安排"


@dataclass
class PersonLoad:
    """Somebody's year. Twelve numbers for each side; cells are made for the rows that are shown."""

    mate: Mate
    sides: dict[str, list[int]] = field(default_factory=lambda: {side: [0] * MONTHS for side in SIDES})
    unestimated: list[int] = field(default_factory=lambda: [0] * MONTHS)
    over: dict[int, Ceiling] = field(default_factory=dict)

    @property
    def id(self) -> int:
        """Of the person."""
        return self.mate.id

    @property
    def name(self) -> str:
        """Of the person."""
        return self.mate.name

    @property
    def pinyin(self) -> str:
        """To sort and search by."""
        return self.mate.pinyin

    @cached_property
    def totals(self) -> list[int]:
        """By month, all sides together; asked once all is laid."""
        return list(map(sum, zip(*self.sides.values(), strict=True)))

    @cached_property
    def total(self) -> int:
        """Of the year."""
        return sum(self.totals)

    @cached_property
    def peak(self) -> int:
        """Of the fullest month."""
        return max(self.totals)

    @property
    def months_over(self) -> int:
        """How many months are over a ceiling."""
        return len(self.over)

    def cells(self, year: Year) -> list[Cell]:
        """The twelve months."""
        return [self._cell(year, place) for place in range(MONTHS)]

    def _cell(self, year: Year, place: int) -> Cell:
        month, (begins, ends) = year.month + place, self.mate.span()
        party, business, both = (self.sides[side][place] for side in (PARTY, BUSINESS, BOTH))
        here = begins < first_of(month + 1) and first_of(month) < ends
        return Cell(month, party, business, both, self.unestimated[place], here, self.over.get(place))


@without_collection()
def loads_of(crowd: Crowd, year: Year, terms: Terms) -> list[PersonLoad]:
    """Everybody of the crowd with their hours, in the order in which they came: four statements."""
    numbers, january = _held(crowd, year), year.month
    untold = {pk: [0] * MONTHS for pk in crowd.mates}
    for person, side, parts in _laid(crowd, year, days_worked(terms.calendar)):
        line, first = numbers[person], FIRST[side] - january
        for month, amount in parts:
            if not 0 <= month - january < MONTHS:
                continue
            if amount is None:
                untold[person][month - january] += 1
            else:
                line[first + month] += amount
    rows = {pk: PersonLoad(mate, _by_side(numbers[pk]), untold[pk]) for pk, mate in crowd.mates.items()}
    if terms.ceilings:
        for row in rows.values():
            row.over = dict(over_in(row, year, terms.ceilings))
    return list(rows.values())


def _laid(crowd: Crowd, year: Year, days: WorkingDays) -> Iterator[Share]:
    """What items and planned meetings lay on these people in a year, as known on its day."""
    yield from laid_of(items_of(crowd, year.first, year.end, year.known_on), crowd, days)
    yield from planned_hours(crowd, year.first, year.end, year.known_on)


def _held(crowd: Crowd, year: Year) -> dict[int, list[int]]:
    """Hours of meetings that were held, by record: the months of one side after those of another.

    A year has many thousands of presences, so no more is done for each than must be.
    """
    meetings, presences = held_hours(crowd, year.first, year.end, year.on)
    told = {
        pk: (FIRST[one.side] + one.month - year.month, one.amount) for pk, one in meetings.items()
    }  # fmt: skip
    found = {pk: [0] * (MONTHS * len(SIDES)) for pk in crowd.mates}
    found |= {double: found[pk] for double, pk in crowd.doubles.items()}
    for person, meeting in presences:
        if meeting in told:
            place, amount = told[meeting]
            found[person][place] += amount
    return found


def _by_side(numbers: list[int]) -> dict[str, list[int]]:
    return {side: numbers[first : first + MONTHS] for side, first in FIRST.items()}


def ceiling_in(mate: Mate, month: int, ceilings: Ceilings) -> Ceiling | None:
    """The ceiling under which somebody stands in a month: by the places of its last day, else all they ever had."""
    last = first_of(month + 1) - DAY
    here = [one.path for one in mate.stays if one.holds_on(last)]
    return ceilings.over_person(here or [one.path for one in mate.stays], month)


def over_in(row: PersonLoad, year: Year, ceilings: Ceilings) -> Iterable[tuple[int, Ceiling]]:
    """The months that are over the ceiling under which somebody stands then, by their place in the year."""
    for place, total in enumerate(row.totals):
        # Most months lie below every ceiling there is: nobody asks whose holds.
        if total > ceilings.lowest:
            ceiling = ceiling_in(row.mate, year.month + place, ceilings)
            if ceiling and total > ceiling.limit:
                yield place, ceiling


def shade_of(amount: int, scale: int) -> int:
    """How dark a number stands: 0 for none, 5 for `scale` and more.

    >>> [shade_of(amount, 100) for amount in (0, 1, 50, 100, 300)]
    [0, 1, 3, 5, 5]
    """
    return min(1 + 4 * amount // scale, 5) if amount else 0


def this_month(year: Year) -> int:
    """The month of the page's day, or the last of the year if the day lies beyond it."""
    return min(max(month_of(year.on), year.month), year.month + MONTHS - 1)
