"""Who may see what: every page starts from one of these."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from onebow.apps.base.models import DatedQuerySet
from onebow.apps.organizations.models import Membership, Organization, Person, RosterImport
from onebow.apps.organizations.models.organizations import within
from onebow.apps.organizations.queries.reach import Reach, within_any


def organizations_for(reach: Reach) -> DatedQuerySet[Organization]:
    """Organizations that the user may open: managed, led, and those to which they belong."""
    return Organization.objects.filter(within_any([*reach.managed, *reach.led]) | Q(pk__in=reach.own))


def managed_organizations(reach: Reach) -> DatedQuerySet[Organization]:
    """Organizations that the user may write about."""
    return Organization.objects.filter(within_any(reach.managed))


def led_organizations(reach: Reach) -> DatedQuerySet[Organization]:
    """Organizations that the user keeps or leads: whose findings they read."""
    return Organization.objects.filter(within_any([*reach.managed, *reach.led]))


def roots_for(reach: Reach) -> DatedQuerySet[Organization]:
    """Root units whose people the officer keeps."""
    return managed_organizations(reach).filter(kind=Organization.Kind.UNIT).exclude(parent__kind=Organization.Kind.UNIT)


def people_for(reach: Reach) -> QuerySet[Person]:
    """People whose record the user may open: kept by a managed unit, in a led organization, or oneself.

    Whom another unit lends is named in the lists of the organization; the record is the other unit's.
    """
    condition = Q(pk=reach.person_id) if reach.person_id else Q(pk__in=[])
    if reach.managed:
        condition |= Q(root__in=managed_organizations(reach).filter(kind=Organization.Kind.UNIT).values("pk"))
    if reach.led or reach.loose:
        condition |= Q(pk__in=_belonging((*reach.led, *reach.loose)))
    return Person.objects.filter(condition, merged_into=None)


def people_on(reach: Reach, on: date, today: date) -> QuerySet[Person]:
    """Of these, those to be listed on a day: today every record, on a day gone by who belonged here then."""
    rows = people_for(reach)
    if on >= today:
        return rows
    held = Membership.objects.on(on).filter(person=OuterRef("pk"))
    here = Q(Exists(held.filter(within_any((*reach.led, *reach.loose), "organization__path"))))
    kept = Q(root__in=managed_organizations(reach).values("pk")) | Q(pk=reach.person_id or 0)
    return rows.filter(here | (kept & Q(Exists(held))))


def managed_people(reach: Reach) -> QuerySet[Person]:
    """People whose record the user may write; not those of whom nothing is left to write."""
    mine = Person.objects.filter(root__in=managed_organizations(reach).values("pk"))
    return mine.filter(merged_into=None, erased_on=None)


def oneself(reach: Reach) -> QuerySet[Person]:
    """The user's own record."""
    return Person.objects.filter(pk=reach.person_id or 0, merged_into=None)


def people_with_numbers(reach: Reach) -> QuerySet[Person]:
    """People whose whole numbers the user may look at: those they keep, and oneself."""
    return managed_people(reach) | oneself(reach)


def people_open(reach: Reach, organization: Organization, rows: Iterable[Membership]) -> set[int]:
    """Of the people listed in an organization, those whose record the user may open."""
    if any(organization.path.startswith(top) for top in (*reach.managed, *reach.led)):
        return {row.person_id for row in rows}
    return {row.person_id for row in rows if row.person_id == reach.person_id}


def imports_for(reach: Reach) -> QuerySet[RosterImport]:
    """Roster imports under units that the officer manages."""
    return RosterImport.objects.filter(within_any(reach.managed, "root__path"))


def below(organization: Organization) -> DatedQuerySet[Organization]:
    """Today's subtree of an organization, itself included."""
    return Organization.objects.filter(within(organization.path))


def _belonging(paths: tuple[str, ...]) -> QuerySet[Membership, int]:
    open_ones = Membership.objects.filter(ends_on__isnull=True)
    return open_ones.filter(within_any(paths, "organization__path")).values_list("person_id", flat=True)
