"""What a pack says. Fields bear the names that they have in the file."""

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

FORMAT = "onebow.pack/1"


@dataclass(frozen=True)
class MeetingKind:
    """会议类别."""

    key: str
    name: str
    due_to: str
    side: str = "party"
    quorum: str = ""
    study: bool = False
    restricted: bool = False
    hours: Decimal = Decimal(1)
    passes: bool = False
    keeps_minutes: bool = True


@dataclass(frozen=True)
class Stage:
    """阶段; `point` is one of the four 同, or empty."""

    key: str
    name: str
    point: str = ""


@dataclass(frozen=True)
class ItemKind:
    """事项类别."""

    key: str
    name: str
    side: str
    listed_in: str
    stages: tuple[Stage, ...]
    statutory: bool = False
    trip: bool = False


@dataclass(frozen=True)
class Requirement:
    """要求: of a kind as a whole, or of one of its stages."""

    kind: str
    category: str
    text: str
    stage: str = ""
    who: str = "owner"


@dataclass(frozen=True)
class Duty:
    """制度任务; `window` is empty or two days of the year as "10-01"."""

    key: str
    name: str
    kinds: tuple[str, ...]
    recurrence: str
    condition: str = ""
    count: Decimal = Decimal(1)
    window: tuple[str, ...] = ()
    proposed: str = ""
    proof: tuple[str, ...] = ()
    measure: str = "times"
    basis: str = ""


@dataclass(frozen=True)
class NamedList:
    """名目清单: items stay empty where the sources name the list alone."""

    key: str
    name: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """文书模板: `of` names whose data it is filled from, `kinds` of which kinds of it (none: all)."""

    key: str
    name: str
    of: str
    text: str
    layout: str = "plain"
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pack:
    """工作法."""

    key: str
    name: str
    version: str
    origin: str = ""
    requires: tuple[str, ...] = ()
    meeting_kinds: tuple[MeetingKind, ...] = ()
    item_kinds: tuple[ItemKind, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    duties: tuple[Duty, ...] = ()
    named_lists: tuple[NamedList, ...] = ()
    documents: tuple[Document, ...] = ()

    def requirements_of(self, kind: str) -> tuple[Requirement, ...]:
        """The requirements of a kind, in their order."""
        return tuple(one for one in self.requirements if one.kind == kind)


def made(row: type, facts: dict[str, Any]) -> Any:
    """A row from what a table of the file says, which has passed the check."""
    return row(**{one.name: _value(facts[one.name], str(one.type)) for one in fields(row) if one.name in facts})


def _value(value: Any, wanted: str) -> Any:
    if "Decimal" in wanted:
        return Decimal(value)
    if isinstance(value, list):
        return tuple(made(Stage, one) if isinstance(one, dict) else one for one in value)
    return value
