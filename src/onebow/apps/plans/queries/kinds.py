"""Kinds of items that a plan may hold."""

from datetime import date

from onebow.apps.organizations.models import Organization
from onebow.apps.plans.models import ItemKind
from onebow.apps.plans.queries.scopes import said_for


def kinds_for(organization: Organization, on: date) -> list[ItemKind]:
    """Kinds whose word holds for an organization on a day; of two with the same key the nearer one."""
    nearest: dict[str, ItemKind] = {}
    for kind in said_for(ItemKind.objects.on(on), organization, on):
        nearest.setdefault(kind.key, kind)
    order = list(ItemKind.List)
    return sorted(nearest.values(), key=lambda one: (order.index(ItemKind.List(one.listed_in)), one.pk))


def day_in(year: int, today: date) -> date:
    """The day of a plan's year on which its kinds and owners are looked up: today, or the nearest day of the year."""
    return min(max(today, date(year, 1, 1)), date(year, 12, 31))
