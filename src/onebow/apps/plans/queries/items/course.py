"""The way of an item: its stages, what was in each of them, and what keeps it from going on."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from onebow.apps.base.prepared import Prepared
from onebow.apps.plans.models import ONE_BY_ONE, Checkpoint, Item, Stage, StageEntry, Who

State = Checkpoint.State
DONE, NOW, LATER = "done", "now", "later"


@dataclass(frozen=True)
class Point:
    """A checkpoint with who confirmed it (person id -> day) and whom it still waits for."""

    row: Checkpoint
    confirmed: tuple[tuple[str, Any], ...] = ()
    missing: tuple[str, ...] = ()
    # Whether the reader may do it, or confirm it for themselves.
    mine: bool = False
    to_confirm: bool = False

    @property
    def is_one_by_one(self) -> bool:
        """Whether each confirms for themselves."""
        return self.row.who in ONE_BY_ONE

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done, in time or afterwards."""
        return self.row.state != State.DONE


@dataclass
class Leg:
    """A stage of an item: done, now or later, with its checkpoints."""

    stage: Stage
    state: str
    entered_at: datetime | None = None
    left_at: datetime | None = None
    left_by: str = ""
    urgent_reason: str = ""
    points: list[Point] = field(default_factory=list)

    @property
    def waiting(self) -> list[Point]:
        """Checkpoints that keep the next stage locked."""
        return [point for point in self.points if point.row.state == State.OPEN]

    @property
    def done(self) -> int:
        """How many checkpoints are done."""
        return sum(not point.is_open for point in self.points)


def stages_of(item: Item) -> list[Any]:
    """The stages of an item's kind with when it was in each, in order: one statement."""
    return _stages.objects(item.kind_id, item.pk)


def _with_entries(kind: int, item: int) -> QuerySet[Any]:
    entry = StageEntry.objects.filter(item=item, stage=OuterRef("pk"))
    return (
        Stage.objects.filter(kind=kind)
        .order_by("order")
        .annotate(
            entered_at=Subquery(entry.values("entered_at")),
            left_at=Subquery(entry.values("left_at")),
            left_by_name=Subquery(entry.values("left_by__display_name")),
            urgent_reason=Subquery(entry.values("urgent_reason")),
        )
    )


_stages = Prepared(_with_entries)


def legs_of(item: Item, stages: Iterable[Any], points: Sequence[Point]) -> list[Leg]:
    """The way of an item."""
    return [
        Leg(
            stage,
            DONE if stage.left_at else NOW if stage.entered_at and item.stage_id == stage.pk else LATER,
            stage.entered_at,
            stage.left_at,
            stage.left_by_name or "",
            stage.urgent_reason or "",
            [point for point in points if point.row.stage_id == stage.pk],
        )
        for stage in stages
    ]


def expected(who: str, people: Collection[tuple[int, bool]], owner_id: int | None) -> set[int]:
    """Of participants (id, whether they travel), those who each confirm; where nobody is named, the person in charge.

    >>> sorted(expected("traveller", [(1, True), (2, False)], 3)), sorted(expected("each", [], 3))
    ([1], [3])
    """
    if who == Who.TRAVELLER:
        return {person_id for person_id, travels in people if travels}
    named = {person_id for person_id, _ in people}
    return named or ({owner_id} if owner_id else set())
