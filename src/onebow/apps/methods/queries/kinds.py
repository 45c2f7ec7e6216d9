"""Kinds of items for their pages."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from onebow.apps.methods.queries.packs import kinds_for
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.models import ItemKind, Requirement, Stage


@dataclass(frozen=True)
class StageLine:
    """A stage (None: the whole item) with what is required there."""

    stage: Stage | None
    rows: tuple[Requirement, ...]


def kind_rows(reach: Reach, on: date) -> QuerySet[ItemKind]:
    """Kinds that hold on a day, with how much they say."""
    rows = kinds_for(reach).on(on)
    # In a kind of the office's own nothing was added to.
    own = Q(requirements__pack="") & ~Q(pack="")
    return rows.annotate(
        stage_count=Count("stages", distinct=True),
        requirement_count=Count("requirements", distinct=True),
        own_count=Count("requirements", filter=own, distinct=True),
    ).order_by("side", "listed_in", "pk")


def stages_of(kind: ItemKind) -> list[StageLine]:
    """The whole item, then each stage: one statement beside the stages."""
    rows = list(kind.requirements.order_by("order", "pk"))
    places: list[Stage | None] = [None, *kind.stages.all()]
    return [StageLine(one, tuple(row for row in rows if row.stage_id == (one.pk if one else None))) for one in places]
