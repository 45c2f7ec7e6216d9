"""Organizations by months or duties: how much of what was asked is done, with the numbers that it was counted from."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, F
from django.db.models.functions import ExtractMonth

from onebow.apps.organizations.models import Organization
from onebow.apps.plans.models import Duty, Occurrence
from onebow.apps.plans.queries.duties.states import FULFILLED, State, with_states

MONTHS, DUTIES = "months", "duties"


@dataclass
class Cell:
    """What was asked in a cell, by state."""

    counts: dict[str, int] = field(default_factory=dict)

    def add(self, state: str, count: int) -> None:
        """More of a state."""
        self.counts[state] = self.counts.get(state, 0) + count

    @property
    def done(self) -> int:
        """Done, be it late or made up."""
        return sum(self.counts.get(state, 0) for state in FULFILLED)

    @property
    def asked(self) -> int:
        """All that was asked but for what was excused."""
        return sum(self.counts.values()) - self.counts.get(State.EXCUSED, 0)

    @property
    def due(self) -> int:
        """Of that, what is due by the day, or done before."""
        return self.asked - self.counts.get(State.COMING, 0)

    @property
    def colour(self) -> str:
        """bad where something was missed, warn where nobody knows, ok where all is done, else nothing."""
        if self.counts.get(State.MISSED):
            return "bad"
        if self.counts.get(State.UNCLEAR):
            return "warn"
        return "ok" if self.asked and self.done == self.asked else ""

    @property
    def words(self) -> str:
        """What it holds, for those who hear the page."""
        return "、".join(f"{state.label} {self.counts[state]}" for state in State if state in self.counts)


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
    counts = list(_counts([one.pk for one in shown], year, on, by, duty_id))
    columns = tuple((month, f"{month}月") for month in range(1, 13)) if by == MONTHS else _duties(counts)
    cells: dict[tuple[int, int], Cell] = {}
    for row in counts:
        cells.setdefault((row["organization_id"], row["column"]), Cell()).add(row["state"], row["count"])
    keys = [key for key, _ in columns]
    lines = tuple(
        Line(one, found := tuple(cells.get((one.pk, key), Cell()) for key in keys), _sum(found)) for one in shown
    )
    sums = tuple(_sum([line.cells[place] for line in lines]) for place in range(len(columns)))
    return Matrix(columns, lines, sums, _sum(sums))


def _counts(ids: Collection[int], year: int, on: date, by: str, duty_id: int | None) -> Iterable[dict[str, Any]]:
    rows = Occurrence.objects.filter(
        organization__in=ids, due_on__gte=date(year, 1, 1), due_on__lt=date(year + 1, 1, 1)
    )
    if duty_id is not None:
        rows = rows.filter(duty=duty_id)
    column = ExtractMonth("due_on") if by == MONTHS else F("duty_id")
    told = with_states(rows, on).annotate(column=column).order_by()
    return told.values("organization_id", "column", "state").annotate(count=Count("pk"))


def _duties(counts: Iterable[dict[str, Any]]) -> tuple[tuple[int, str], ...]:
    rows = Duty.objects.filter(pk__in={row["column"] for row in counts}).order_by("order", "pk")
    return tuple(rows.values_list("pk", "name"))


def _sum(cells: Iterable[Cell]) -> Cell:
    total = Cell()
    for cell in cells:
        for state, count in cell.counts.items():
            total.add(state, count)
    return total
