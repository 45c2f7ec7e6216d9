"""Places and who works there."""

from datetime import date

from django.db.models import Count, F, Q, QuerySet

from onebow.apps.organizations.models import FormerFacts, Membership, Organization, Place
from onebow.apps.organizations.models.organizations import SEGMENT
from onebow.apps.organizations.queries.offices import office_on
from onebow.apps.organizations.queries.reach import Reach, within_any
from onebow.apps.organizations.queries.subtrees import with_names_on
from onebow.apps.organizations.queries.visible import organizations_for


def places_near(organization: Organization) -> QuerySet[Place]:
    """Places of the organization's root unit and of the units between; a Party organization's by its hosts."""
    path = organization.path
    tops = [path[:end] for end in range(SEGMENT, len(path) + 1, SEGMENT)]
    hosted = Q(unit__links_in__kind="set_in", unit__links_in__source__path__in=tops)
    return Place.objects.filter(Q(unit__path__in=tops) | hosted).distinct().order_by("name")


def places_for(reach: Reach, on: date, today: date) -> QuerySet[Place]:
    """Places of units that the user manages, leads or belongs to, and where one's own organizations sit on a day."""
    mine, seats = organizations_for(reach), Q()
    if on < today:
        former = FormerFacts.objects.on(on).filter(organization__in=mine)
        mine, seats = mine.exclude(pk__in=former.values("organization")), Q(pk__in=former.values("place"))
    seats |= Q(pk__in=mine.exclude(place=None).values("place"))
    seen = within_any([*reach.managed, *reach.led], "unit__path") | Q(unit__in=reach.own) | seats
    return Place.objects.filter(seen).select_related("unit", "keeper").order_by(F("unit__path"), "name").distinct()


def places_on(reach: Reach, on: date, today: date) -> list[Place]:
    """The same as a list, each with `people`: how many sit there on the day. Places themselves have no dates."""
    places = list(places_for(reach, on, today))
    if on < today:
        # A unit that was moved since stands elsewhere in today's order.
        places.sort(key=lambda place: (place.unit_id, place.name))
    with_names_on([place.unit for place in places], on, today)
    seats = Membership.objects.on(on).filter(side=Membership.Side.STAFF).annotate(seat=office_on(on, today))
    counts = seats.filter(seat__in=[place.pk for place in places]).values("seat")
    people = dict(counts.annotate(n=Count("person", distinct=True)).values_list("seat", "n"))
    for place in places:
        place.people = people.get(place.pk, 0)  # type: ignore[attr-defined]
    return places
