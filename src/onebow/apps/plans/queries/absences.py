"""Who is away on a day: for attendance, clashes and the list."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from onebow.apps.organizations.models import Membership, Person
from onebow.apps.organizations.queries.reach import Operator, Reach, within_any
from onebow.apps.plans.models import Away


def away_on(person_ids: Collection[int], day: date) -> dict[int, Away]:
    """Of these people, those who are away on a day, with why: one statement. A trip goes before a leave."""
    rows = away_between(person_ids, day, day).order_by("person_id", "kind")
    return {row.person_id: row for row in rows}


def away_between(person_ids: Collection[int] | None, first: date, last: date) -> QuerySet[Away]:
    """Absences that touch the days from `first` to `last`, both included; of everybody where no ids are given."""
    rows = Away.objects.filter(cancelled_at=None, starts_on__lte=last, ends_on__gt=first)
    return rows if person_ids is None else rows.filter(person__in=person_ids)


def people_led(authority: Reach | Operator) -> QuerySet[Person]:
    """People whose leave and trips one records: those who belong today to what one keeps or leads."""
    living = Person.objects.filter(merged_into=None, erased_on=None)
    if isinstance(authority, Operator):
        return living
    led = within_any((*authority.managed, *authority.led), "organization__path")
    return living.filter(Exists(Membership.objects.filter(led, person=OuterRef("pk"), ends_on=None)))


def sections_of(person_ids: Iterable[int]) -> dict[int, str]:
    """Where people work today, by name."""
    rows = Membership.objects.filter(person__in=list(person_ids), ends_on=None, side=Membership.Side.STAFF)
    return dict(rows.order_by("pk").values_list("person_id", "organization__name"))


def section_id_of(person_id: int) -> int | None:
    """The organization in which a person works today; that of their Party relation where they work nowhere here."""
    rows = Membership.objects.filter(person=person_id, ends_on=None).order_by("-side", "pk")
    return rows.values_list("organization_id", flat=True).first()
