"""What a chapter of a work manual is made of."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from onebow.apps.affairs.queries.branches import Span
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.reach import Reach


@dataclass(frozen=True)
class Case:
    """Whose manual is read, of which days, by whom; `with_minutes` where meetings tell what was said, in short."""

    branch: Organization
    span: Span
    today: date
    reach: Reach
    with_minutes: bool = False


@dataclass(frozen=True)
class Sheet:
    """A table of a chapter: the key of the template's table, its heads by column, its rows."""

    key: str
    caption: str
    heads: dict[str, str]
    rows: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Chapter:
    """A chapter: what it tells, and the ledger entries it was made from (by number, or counted)."""

    key: str
    title: str
    facts: list[tuple[str, str]] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    entries: frozenset[int] = frozenset()
    counted: int = 0
    # Whom it names, where it is a list of people.
    people: tuple[int, ...] = ()
    is_masked: bool = False

    @property
    def records(self) -> int:
        """How many entries it was made from."""
        return len(self.entries) + self.counted

    @property
    def is_empty(self) -> bool:
        """Whether nothing is recorded of it."""
        return not any(sheet.rows for sheet in self.sheets) and not self.facts

    def data(self) -> dict[str, Any]:
        """The fields of the template."""
        told: dict[str, Any] = {f"has_{self.key}": True, f"{self.key}_records": self.records}
        told[f"{self.key}_facts"] = [f"{label}：{text}" for label, text in self.facts]
        return told | {sheet.key: sheet.rows for sheet in self.sheets}


Reader = Callable[[Case], Chapter]
