"""Whose two trees a user may look at, and how much of them."""

from datetime import date

from django.db.models import Q, QuerySet

from onebow.apps.organizations.models import Link, Organization
from onebow.apps.organizations.models.organizations import SEGMENT
from onebow.apps.organizations.queries.forest import Forest
from onebow.apps.organizations.queries.reach import Reach, within_any
from onebow.apps.organizations.queries.trees import trees_on
from onebow.apps.organizations.queries.visible import organizations_for


def tree_roots(reach: Reach, today: date) -> QuerySet[Organization]:
    """The root units that hold something the user may see: above it, tied to what is above it, or one's own."""
    unit = Organization.Kind.UNIT
    above = {path[:end] for path in (*reach.managed, *reach.led) for end in range(SEGMENT, len(path) + 1, SEGMENT)}
    ties = Link.objects.on(today).filter(kind=Link.Kind.SET_IN, source__path__in=above)
    condition = Q(path__in=above) | Q(pk__in=ties.values("target")) | within_any(reach.managed)
    if reach.person_id:
        condition |= Q(people=reach.person_id)
    units = Organization.objects.filter(condition, kind=unit).exclude(parent__kind=unit)
    return units.distinct().order_by("rank", "pk")


def forest_for(reach: Reach, root: Organization, on: date) -> Forest:
    """Both trees of a root unit on a day, as far as the user may see them today."""
    forest = trees_on(root.pk, on)
    if reach.manages(root.path):
        return forest
    return forest.only(set(organizations_for(reach).values_list("pk", flat=True)))
