"""Organizations by months or duties: how much of what was asked is done, with the numbers that it was counted from."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from onebow.apps.organizations.models import Organization
from onebow.apps.plans.models import Duty, Occurrence
from onebow.apps.plans.queries.duties.states import FULFILLED, State, with_states

MONTHS, DUTIES = "months", "duties"
# Plain words: those of the enumeration are worked out at each look.
LABELS = [(state.value, str(state.label)) for state in State]


class Cell:
    """What was asked in a cell, by state. Sums are kept, not counted anew: a page shows many cells."""

    __slots__ = ("asked", "coming", "counts", "done")

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        # Done, be it late or made up; asked, but for what was excused; of that, what is not due yet.
        self.done = self.asked = self.coming = 0

    def add(self, state: str, count: int) -> None:
        """More of a state."""
        self.counts[state] = self.counts.get(state, 0) + count
        self.done += count if state in FULFILLED else 0
        self.asked += count if state != State.EXCUSED else 0
        self.coming += count if state == State.COMING else 0

    @property
    def due(self) -> int:
        """Of what is asked, that which is due by the day, or done before."""
        return self.asked - self.coming

    @property
    def colour(self) -> str:
        """bad where something was missed, warn where nobody knows, ok where all is done, else nothing."""
        if "missed" in self.counts:
            return "bad"
        if "unclear" in self.counts:
            return "warn"
        return "ok" if self.asked and self.done == self.asked else ""

    @property
    def words(self) -> str:
        """What it holds, for those who hear the page."""
        return "、".join([f"{word} {self.counts[state]}" for state, word in LABELS if state in self.counts])


@dataclass(frozen=True)
class Line:
    """An organization with its cells, in the order of the columns, and all of them together."""

    organization: Organization
    cells: tuple[Cell, ...]
    total: Cell


@dataclass(frozen=True)
class Matrix:
    """Columns as (key, title), lines, and the sums of what is shown."""

    columns: tuple[tuple[int, str], ...]
    lines: tuple[Line, ...]
    sums: tuple[Cell, ...]
    total: Cell


def matrix_of(
    organizations: Iterable[Organization], year: int, on: date, by: str, duty_id: int | None = None
) -> Matrix:
    """The matrix of some organizations in a year as it stands on a day: two statements."""
    shown = list(organizations)
    counts = _counts([one.pk for one in shown], year, on, by, duty_id)
    columns = tuple((month, f"{month}月") for month in range(1, 13)) if by == MONTHS else _duties(counts)
    cells: dict[tuple[int, int], Cell] = {}
    for (organization, column, state), count in counts.items():
        cells.setdefault((organization, column), Cell()).add(state, count)
    keys = [key for key, _ in columns]
    lines = tuple(
        Line(one, found := tuple(cells.get((one.pk, key), Cell()) for key in keys), _sum(found)) for one in shown
    )
    sums = tuple(_sum([line.cells[place] for line in lines]) for place in range(len(columns)))
    return Matrix(columns, lines, sums, _sum(sums))


def _counts(ids: Collection[int], year: int, on: date, by: str, duty_id: int | None) -> Counter[tuple[int, int, str]]:
    """How many by organization, column and state.

    Counted here: to group by the state, the database would work it out twice, and months it knows no better.
    """
    rows = Occurrence.objects.filter(
        organization__in=ids, due_on__gte=date(year, 1, 1), due_on__lt=date(year + 1, 1, 1)
    )
    if duty_id is not None:
        rows = rows.filter(duty=duty_id)
    told = with_states(rows, on).order_by().values_list("organization_id", "duty_id", "due_on", "state")
    return Counter(
        (organization, due_on.month if by == MONTHS else duty, state) for organization, duty, due_on, state in told
    )


def _duties(counts: Iterable[tuple[int, int, str]]) -> tuple[tuple[int, str], ...]:
    rows = Duty.objects.filter(pk__in={duty for _, duty, _ in counts}).order_by("order", "pk")
    return tuple(rows.values_list("pk", "name"))


def _sum(cells: Iterable[Cell]) -> Cell:
    total = Cell()
    for cell in cells:
        for state, count in cell.counts.items():
            total.add(state, count)
    return total
