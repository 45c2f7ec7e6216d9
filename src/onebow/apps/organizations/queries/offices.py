"""In which office somebody sits on a day: the own one, else that of the organization on that day."""

from datetime import date

from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Subquery, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from onebow.apps.organizations.models import FormerFacts

ID: "BigIntegerField[int, int]" = BigIntegerField()


def office_on(on: date, today: date) -> Combinable:
    """The id of the place where the person of a staff membership sits on a day, as an expression on memberships."""
    seat: Combinable = F("organization__place_id")
    if on < today:
        former = FormerFacts.objects.on(on).filter(organization=OuterRef("organization_id"))
        then = Subquery(former.values("place_id")[:1], output_field=ID)
        seat = Case(When(Exists(former), then=then), default=seat, output_field=ID)
    return Coalesce("place_id", seat, output_field=ID)
