"""Places and who works there."""

from django.db.models import Count, F, Q, QuerySet

from onebow.apps.organizations.models import Organization, Place
from onebow.apps.organizations.models.organizations import SEGMENT
from onebow.apps.organizations.queries.reach import Reach, within_any
from onebow.apps.organizations.queries.visible import organizations_for


def places_near(organization: Organization) -> QuerySet[Place]:
    """Places of the organization's root unit and of the units between; a Party organization's by its hosts."""
    path = organization.path
    tops = [path[:end] for end in range(SEGMENT, len(path) + 1, SEGMENT)]
    hosted = Q(unit__links_in__kind="set_in", unit__links_in__source__path__in=tops)
    return Place.objects.filter(Q(unit__path__in=tops) | hosted).distinct().order_by("name")


def places_for(reach: Reach) -> QuerySet[Place]:
    """Places of units that the user manages, leads or belongs to, and where one's own organizations sit.

    With `people` who work there today.
    """
    seats = organizations_for(reach).exclude(place=None).values("place")
    seen = within_any([*reach.managed, *reach.led], "unit__path") | Q(unit__in=reach.own) | Q(pk__in=seats)
    used = Q(memberships__ends_on=None, memberships__side="staff")
    rows = Place.objects.filter(seen).select_related("unit", "keeper")
    return rows.annotate(people=Count("memberships__person", filter=used, distinct=True)).order_by(
        F("unit__path"), "name"
    )
