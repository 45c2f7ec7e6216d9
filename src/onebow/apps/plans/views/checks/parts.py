"""What pages of gaps and of their subjects share."""

from datetime import date
from typing import Any

from django.urls import reverse

from onebow.apps.plans.models import Gap, Sort
from onebow.apps.plans.queries.checks.gap_page import gaps_on
from onebow.apps.plans.queries.checks.words import lateness, state_of

# The part of the item's page where it is mended.
PARTS = {Sort.UNTIED: "#ties", Sort.REQUIREMENT: "#requirements", Sort.SILENT: "#progress"}


def subject_href(gap: Gap) -> str:
    """The page of the thing itself, where it is mended."""
    if gap.occurrence_id:
        return reverse("plans:occurrence", args=[gap.occurrence_id])
    if gap.directive_id:
        return reverse("plans:directive", args=[gap.directive_id])
    if gap.checkpoint is not None:
        return reverse("plans:item", args=[gap.checkpoint.item_id]) + "#deed"
    return reverse("plans:item", args=[gap.item_id]) + PARTS.get(Sort(gap.sort), "")


def open_gaps(today: date, what: str, pk: int) -> list[dict[str, Any]]:
    """What is open of a thing, for a line on its own page: one statement."""
    return [
        {"id": gap.pk, "label": gap.get_sort_display(), "words": lateness(gap, today), "state": state_of(gap)[0]}
        for gap in gaps_on(what, pk)
    ]
