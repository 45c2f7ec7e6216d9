"""Hours of people over the months of a year: items and meetings together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from onebow.apps.base.calendar import working_calendar
from onebow.apps.meetings.queries.load import held_hours, planned_hours
from onebow.apps.organizations.queries.crowds import Crowd, Mate
from onebow.apps.plans.queries.load.ceilings import Ceiling, Ceilings
from onebow.apps.plans.queries.load.items import Laid, items_of, laid_of
from onebow.cores.timekeeping import WorkingCalendar
from onebow.cores.timekeeping.spreading import DAY, HUNDREDTHS, WorkingDays, first_of, month_of

MONTHS = 12
PARTY, BUSINESS, BOTH = "party", "business", "both"
SIDES = {PARTY: "党建", BUSINESS: "业务", BOTH: "党建和业务"}


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

    @property
    def is_empty(self) -> bool:
        """Whether nothing can be said: nobody here, and nothing laid on them either."""
        return not self.here and not self.total and not self.unestimated

    @property
    def words(self) -> str:
        """The hours by side, for those who hear the page and for a title."""
        parts = [(SIDES[PARTY], self.party), (SIDES[BUSINESS], self.business), (SIDES[BOTH], self.both)]
        told = [f"{word} {hours_of(part):g} 小时" for word, part in parts if part]
        told += [f"未估工时 {self.unestimated} 项"] if self.unestimated else []
        told += [f"超过上限:{self.ceiling.words}"] if self.ceiling else []
        return ",".join(told) or "没有安排"


@dataclass(slots=True)
class PersonLoad:
    """Somebody's year. Twelve numbers for each side; cells are made for the rows that are shown."""

    mate: Mate
    sides: dict[str, list[int]] = field(default_factory=lambda: {side: [0] * MONTHS for side in SIDES})
    unestimated: list[int] = field(default_factory=lambda: [0] * MONTHS)
    over: dict[int, Ceiling] = field(default_factory=dict)
    place: str = ""

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

    @property
    def totals(self) -> list[int]:
        """By month, all sides together."""
        return [sum(parts) for parts in zip(*self.sides.values(), strict=True)]

    @property
    def total(self) -> int:
        """Of the year."""
        return sum(map(sum, self.sides.values()))

    @property
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


@dataclass(frozen=True)
class Sources:
    """What a page of load reads once."""

    calendar: WorkingCalendar
    days: WorkingDays
    ceilings: Ceilings


def sources_with(ceilings: Ceilings) -> Sources:
    """The calendar in use, with these ceilings: one statement."""
    calendar = working_calendar()
    return Sources(calendar, WorkingDays(calendar), ceilings)


def loads_of(crowd: Crowd, year: Year, sources: Sources) -> list[PersonLoad]:
    """Everybody of the crowd with their hours, in the order in which they came: four statements."""
    rows = {pk: PersonLoad(mate) for pk, mate in crowd.mates.items()}
    for person, month, side, amount in laid_on(crowd, year, sources.days):
        place = year.place(month)
        if place is None:
            continue
        if amount is None:
            rows[person].unestimated[place] += 1
        else:
            rows[person].sides[side][place] += amount
    if sources.ceilings:
        for row in rows.values():
            row.over = dict(_over(row, year, sources.ceilings))
    return list(rows.values())


def laid_on(crowd: Crowd, year: Year, days: WorkingDays) -> Iterator[Laid]:
    """All that is laid on these people in a year, as known on its day."""
    yield from laid_of(items_of(crowd, year.first, year.end, year.known_on), crowd, days)
    yield from held_hours(crowd, year.first, year.end, year.on)
    yield from planned_hours(crowd, year.first, year.end, year.known_on)


def ceiling_in(mate: Mate, month: int, ceilings: Ceilings) -> Ceiling | None:
    """The ceiling under which somebody stands in a month: by the places of its last day, else all they ever had."""
    last = first_of(month + 1) - DAY
    here = [one.path for one in mate.stays if one.holds_on(last)]
    return ceilings.over_person(here or [one.path for one in mate.stays], month)


def _over(row: PersonLoad, year: Year, ceilings: Ceilings) -> Iterable[tuple[int, Ceiling]]:
    for place, total in enumerate(row.totals):
        # Most months lie below every ceiling there is: nobody asks whose holds.
        if total > ceilings.lowest:
            ceiling = ceiling_in(row.mate, year.month + place, ceilings)
            if ceiling and total > ceiling.limit:
                yield place, ceiling


def hours_of(amount: int) -> Decimal:
    """Hundredths as hours.

    >>> hours_of(725)
    Decimal('7.25')
    """
    return Decimal(amount) / HUNDREDTHS


def this_month(year: Year) -> int:
    """The month of the page's day, or the last of the year if the day lies beyond it."""
    return min(max(month_of(year.on), year.month), year.month + MONTHS - 1)
