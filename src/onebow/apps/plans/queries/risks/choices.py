"""What the form of a risk point offers, and what it begins with."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from onebow.apps.base.ids import id_of
from onebow.apps.organizations.models import Organization, Person
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.models import Item, ItemKind, RiskPoint
from onebow.apps.plans.queries.absences import people_led
from onebow.apps.plans.queries.kinds import kinds_for
from onebow.apps.plans.queries.visible import items_for

RUNNING = (Item.State.DRAFT, Item.State.PLANNED, Item.State.OPEN)


def owners_offered(reach: Reach, on: date, kept: int | None = None) -> QuerySet[Person]:
    """People of what the user keeps or leads, and who keeps the point already: whoever edits it must not lose them."""
    rows = people_led(reach, on)
    if kept:
        rows = Person.objects.filter(Q(pk__in=rows.order_by().values("pk")) | Q(pk=kept)).order_by("pinyin", "pk")
    return rows.select_related("root")


def kinds_offered(place: Organization | None, on: date) -> QuerySet[ItemKind]:
    """Kinds whose word holds for an organization."""
    ids = [kind.pk for kind in kinds_for(place, on)] if place else []
    return ItemKind.objects.filter(pk__in=ids).order_by("listed_in", "pk")


def items_offered(reach: Reach, on: date, kept: Collection[int] = ()) -> QuerySet[Item]:
    """Items of this year and later that go on, and those tied already."""
    goes_on = Q(pk__in=items_for(reach).filter(state__in=RUNNING, plan__year__gte=on.year).order_by().values("pk"))
    return Item.objects.filter(goes_on | Q(pk__in=list(kept))).order_by("-pk")


def proposed_for(typed: str, reach: Reach) -> dict[str, Any]:
    """What a new point begins with that shall hang on an item: it, its organization, whoever answers for it."""
    pk = id_of(typed)
    item = items_for(reach).filter(pk=pk).first() if pk else None
    if item is None:
        return {}
    return {"organization": item.organization_id, "owner": item.person_id, "items": [item.pk]}


def initial_of(point: RiskPoint) -> dict[str, Any]:
    """What a point says, to be corrected; a kind that was replaced stands there as its latest version."""
    ties = list(point.ties.select_related("kind").order_by("pk"))
    keys = [(tie.kind.scope_id, tie.kind.key) for tie in ties if tie.kind]
    wanted = Q(pk__in=[])
    for scope_id, key in keys:
        wanted |= Q(scope=scope_id, key=key, ends_on=None)
    return {
        "version": point.version,
        "matter": point.matter,
        "measure": point.measure,
        "owner": point.owner_id,
        "roles": [tie.role for tie in ties if tie.role],
        "kinds": list(ItemKind.objects.filter(wanted).values_list("pk", flat=True)) if keys else [],
        "items": [tie.item_id for tie in ties if tie.item_id],
    }
