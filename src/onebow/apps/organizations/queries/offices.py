"""In which office somebody sits on a day: the own one, else that of the organization on that day."""

from datetime import date

from django.db.models import Case, Exists, F, OuterRef, Subquery, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from onebow.apps.organizations.models import FormerFacts


def office_on(on: date, today: date) -> Combinable:
    """The id of the place where the person of a staff membership sits on a day, as an expression on memberships."""
    if on >= today:
        return Coalesce("place_id", "organization__place_id")
    former = FormerFacts.objects.on(on).filter(organization=OuterRef("organization_id"))
    seat = Case(When(Exists(former), then=Subquery(former.values("place_id")[:1])), default=F("organization__place_id"))
    return Coalesce("place_id", seat)
