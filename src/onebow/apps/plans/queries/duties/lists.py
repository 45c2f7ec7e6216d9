"""Occurrences as lists: of a year, of one organization, and what comes next."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from onebow.apps.base.models import DatedQuerySet
from onebow.apps.base.prepared import Prepared
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.reach import Reach, lying_under
from onebow.apps.organizations.queries.visible import led_organizations, managed_organizations, organizations_for
from onebow.apps.plans.models import Duty, Occurrence
from onebow.apps.plans.queries.duties.states import State, with_states
from onebow.apps.plans.queries.visible import occurrences_for

SOON = timedelta(days=60)


def of_year(reach: Reach, year: int, on: date) -> QuerySet[Any]:
    """What was due in a year of what the user may read, with its state on a day."""
    rows = occurrences_for(reach).filter(due_on__gte=date(year, 1, 1), due_on__lt=date(year + 1, 1, 1))
    return with_states(rows, on).select_related("duty", "organization").order_by("due_on", "duty__order", "pk")


def of_organization(organization: Organization, year: int, on: date) -> list[Any]:
    """What one organization is asked in the periods that begin in a year, in the order of the duties."""
    return _of_organization.objects(organization.pk, date(year, 1, 1), date(year + 1, 1, 1), on)


def _of_organization_query(organization: int, first: date, end: date, on: date) -> QuerySet[Any]:
    rows = Occurrence.objects.filter(organization=organization, starts_on__gte=first, starts_on__lt=end)
    found = with_states(rows, on).select_related("duty", "cadence")
    return found.order_by("duty__order", "duty_id", "starts_on")


_of_organization = Prepared(_of_organization_query)


def duties_of_year(reach: Reach, year: int) -> QuerySet[Duty, tuple[int, str]]:
    """Ids and names of the duties that are asked in a year of what the user may read."""
    asked = Occurrence.objects.filter(
        duty=OuterRef("pk"), due_on__gte=date(year, 1, 1), due_on__lt=date(year + 1, 1, 1)
    )
    rows = Duty.objects.filter(Exists(asked), pk__in=occurrences_for(reach).values("duty"))
    return rows.order_by("order", "pk").values_list("pk", "name")


def asked_of_duty(duty_id: int, year: int) -> QuerySet[Occurrence, int]:
    """Ids of the organizations of which a duty is asked in a year."""
    rows = Occurrence.objects.filter(duty=duty_id, due_on__gte=date(year, 1, 1), due_on__lt=date(year + 1, 1, 1))
    return rows.values_list("organization", flat=True)


def totals_of_year(reach: Reach, year: int, on: date) -> dict[str, int]:
    """By state, how many occurrences of a year the user may read."""
    return _by_state(of_year(reach, year, on))


def counts_of_duty(reach: Reach, duty: Duty, year: int, on: date) -> dict[str, int]:
    """By state, how many occurrences of a duty in a year the user may read."""
    return _by_state(of_year(reach, year, on).filter(duty=duty))


def organizations_asked(reach: Reach, year: int) -> QuerySet[Organization]:
    """Organizations that the user may read and that something was asked of in a year."""
    asked = Occurrence.objects.filter(
        organization=OuterRef("pk"), due_on__gte=date(year, 1, 1), due_on__lt=date(year + 1, 1, 1)
    )
    return organizations_for(reach).filter(Exists(asked)).order_by("path")


def duties_for(reach: Reach) -> DatedQuerySet[Duty]:
    """Duties that the user may read: those asked of what they may read, and those of scopes that they keep or lead."""
    asked = occurrences_for(reach).values("duty")
    return Duty.objects.filter(Q(pk__in=asked) | Q(scope__in=led_organizations(reach).values("pk")))


def duties_to_set(reach: Reach) -> QuerySet[Duty]:
    """Duties whose terms the user may change."""
    return Duty.objects.filter(scope__in=managed_organizations(reach).values("pk"))


def due_here(reach: Reach, on: date, until: date) -> QuerySet[Any]:
    """What is open of organizations that the user keeps, leads or stands in, and what is past for some weeks."""
    here = lying_under((*reach.managed, *reach.led), also=reach.places)
    # What was said of it settles it: cheaper than to work out its state.
    rows = occurrences_for(reach).filter(here, excused_on=None, missed_on=None)
    rows = rows.filter(due_on__gte=on - SOON, due_on__lte=until)
    return with_states(rows, on).filter(state__in=[State.UNCLEAR, State.COMING])


def _by_state(rows: QuerySet[Any]) -> dict[str, int]:
    """Counted here: to group by it, the database would work the state out twice."""
    return Counter(rows.order_by().select_related(None).values_list("state", flat=True))
