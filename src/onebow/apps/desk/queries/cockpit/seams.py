"""What other parts of the product count, asked in one place: ties of the bow, and gaps once there are checks."""

from typing import Any

from django.apps import apps
from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from onebow.apps.base.unions import word
from onebow.apps.plans.models import Item, Tie

ITEM, GAP = "item", "gap"
TIED, SAID, UNTIED = "tied", "said", "untied"
FORCE = (Item.State.PLANNED, Item.State.OPEN, Item.State.DONE)


def items_told(places: Any, year: Any) -> QuerySet[Any, Any]:
    """Items in force of the plans of a year, by owner and whether they are tied, need no tie, or lack one."""
    ties = Tie.objects.filter(kind=Tie.Kind.SUPPORTS)
    tied = Exists(ties.filter(Q(source=OuterRef("pk")) | Q(target=OuterRef("pk"))))
    standing = Case(When(tied, then=Value(TIED)), When(untied_reason="", then=Value(UNTIED)), default=Value(SAID))
    # As a wide number: the mark that stands for it while the statement is built fits into no small column.
    wide = ExpressionWrapper(F("plan__year") + 0, output_field=BigIntegerField())
    rows = Item.objects.alias(of_year=wide).filter(organization__in=places, of_year=year, state__in=FORCE)
    told = rows.order_by().values(what=word(ITEM), path=F("organization__path"), told=standing)
    return told.annotate(number=Count("pk")).values_list("what", "path", "told", "number")


def gaps_told(places: Any) -> list[QuerySet[Any, Any]]:
    """Gaps by organization and state; none where there are no checks yet."""
    try:
        gap = apps.get_model("plans", "Gap")
    except LookupError:
        return []
    rows = gap._default_manager.filter(organization__in=places).exclude(state="void")
    told = rows.order_by().values(what=word(GAP), path=F("organization__path"), told=F("state"))
    return [told.annotate(number=Count("pk")).values_list("what", "path", "told", "number")]
