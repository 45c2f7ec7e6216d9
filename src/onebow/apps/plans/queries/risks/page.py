"""The page of a risk point: its level and why, its reviews, how it came there."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.counting import counting_on
from onebow.apps.plans.models import Item, RiskLevel, RiskPoint, RiskReview
from onebow.apps.plans.queries.risks.due import Standing, on_day, standing_of
from onebow.apps.plans.queries.risks.ties import Tied, ties_of
from onebow.apps.plans.queries.risks.words import Words, words_for
from onebow.apps.plans.queries.visible import items_for, risks_for
from onebow.cores.regulations.table import Rule


@dataclass(frozen=True)
class Told:
    """What the page of a risk point says on a day."""

    point: Any
    standing: Standing
    levels: list[RiskLevel]
    reviews: list[RiskReview]
    tied: Tied
    open_items: set[int]
    words: Words
    method: Rule

    @property
    def level(self) -> RiskLevel | None:
        """The one of the day."""
        return self.levels[0] if self.levels else None

    @property
    def held(self) -> int:
        """How many criteria hold."""
        return len(self.level.held) if self.level else 0

    @property
    def controller(self) -> str:
        """Who controls it, by its level."""
        return self.words.controller(self.level.level) if self.level else ""


def risk_seen(reach: Reach, pk: int, on: date) -> Any:
    """A risk point that the user may read, as of a day; None if there is none."""
    return on_day(risks_for(reach), on).filter(pk=pk).select_related("organization", "owner").first()


def told_of(point: Any, reach: Reach, on: date) -> Told:
    """All of a row of `risk_seen`: levels and reviews of the day and before it, the latest first."""
    tied = ties_of([point.pk])[point.pk]
    return Told(
        point,
        standing_of(point, on),
        list(point.levels.filter(starts_on__lte=on).order_by("-starts_on")),
        list(point.reviews.filter(on__lte=on).select_related("reviewed_by").order_by("-on", "-pk")),
        tied,
        _open(tied.items, reach),
        words_for(point.organization, on),
        counting_on(on),
    )


def held_now(point: RiskPoint) -> list[int]:
    """The numbers of the criteria that hold."""
    row = point.levels.filter(ends_on=None).first()
    return list(row.held) if row else []


def _open(items: list[Item], reach: Reach) -> set[int]:
    ids = [item.pk for item in items]
    return set(items_for(reach).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
