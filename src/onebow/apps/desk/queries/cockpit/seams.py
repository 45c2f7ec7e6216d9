"""Gaps by organization and state, once there are checks: asked in one place, since they may not be there."""

from typing import Any

from django.apps import apps
from django.db.models import Count, F, QuerySet

from onebow.apps.base.unions import word

GAP = "gap"


def gaps_told(places: Any) -> list[QuerySet[Any, Any]]:
    """A part of the statement of figures; none where there are no checks yet."""
    try:
        gap = apps.get_model("plans", "Gap")
    except LookupError:
        return []
    rows = gap._default_manager.filter(organization__in=places).exclude(state="void")
    told = rows.order_by().values(what=word(GAP), of=F("organization__path"), told=F("state"))
    return [told.annotate(number=Count("pk")).values_list("what", "of", "told", "number")]
