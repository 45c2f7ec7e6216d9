"""Curves as pages hand them to the script that draws them, with the same numbers for the table beneath."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

MONTHS = tuple(f"{month}月" for month in range(1, 13))


@dataclass(frozen=True)
class Series:
    """A row of numbers: bars that are stacked, or (`is_line`) a line. `tone` is a colour of the theme."""

    name: str
    values: tuple[float | None, ...]
    tone: str
    is_line: bool = False


@dataclass(frozen=True)
class Chart:
    """A curve over months: `limit` is drawn as a line across, with its words."""

    title: str
    unit: str
    series: tuple[Series, ...]
    limit: float | None = None
    limit_words: str = ""

    @property
    def data(self) -> dict[str, Any]:
        """What the script reads."""
        limit = None if self.limit is None else {"value": self.limit, "name": self.limit_words}
        rows = [{"name": one.name, "values": one.values, "tone": one.tone, "line": one.is_line} for one in self.series]
        return {"chart": "months", "unit": self.unit, "labels": MONTHS, "series": rows, "limit": limit}

    @property
    def totals(self) -> tuple[float | None, ...]:
        """The sum of the bars, month by month; none where nothing is said."""
        bars = [one.values for one in self.series if not one.is_line]
        return tuple(_sum(values) for values in zip(*bars, strict=True))


def _sum(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(sum(known), 2) if known else None


def averages(sums: Iterable[int], heads: Iterable[int], of: int = 1) -> tuple[float | None, ...]:
    """Each sum by how many there were, in units of `of`; none where there was nobody."""
    return tuple(round(total / of / head, 2) if head else None for total, head in zip(sums, heads, strict=True))
