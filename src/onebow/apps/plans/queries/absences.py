"""Who is away on a day: for attendance, clashes and the list."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from onebow.apps.organizations.models import Membership, Person
from onebow.apps.organizations.queries.reach import Operator, Reach, within_any
from onebow.apps.plans.models import Away
from onebow.apps.plans.queries.visible import absences_for

NOW, LATER, PAST, CANCELLED = "now", "later", "past", "cancelled"
STATES = {NOW: "当天不在", LATER: "以后", PAST: "已结束", CANCELLED: "已撤销"}


def away_kind(day: date) -> Subquery:
    """A column for rows with a `person`: as what the person is away on a day; a trip goes before a leave."""
    rows = away_between(None, day, day).filter(person=OuterRef("person")).order_by("-kind")
    return Subquery(rows.values("kind")[:1])


def away_between(person_ids: Collection[int] | None, first: date, last: date) -> QuerySet[Away]:
    """Absences that touch the days from `first` to `last`, both included; of everybody where no ids are given."""
    rows = Away.objects.filter(cancelled_at=None, starts_on__lte=last, ends_on__gt=first)
    return rows if person_ids is None else rows.filter(person__in=person_ids)


def absences_listed(reach: Reach, on: date) -> QuerySet[Any]:
    """Absences that the user may read, each with `state` on that day and the `section` of the person."""
    works = Membership.objects.on(on).filter(person=OuterRef("person"), side=Membership.Side.STAFF).order_by("pk")
    state = Case(
        When(cancelled_at__isnull=False, then=Value(CANCELLED)),
        When(starts_on__gt=on, then=Value(LATER)),
        When(ends_on__lte=on, then=Value(PAST)),
        default=Value(NOW),
        output_field=CharField(),
    )
    rows = absences_for(reach).select_related("person", "item")
    return rows.annotate(state=state, section=Subquery(works.values("organization__name")[:1])).order_by(
        "-starts_on", "pk"
    )


def counted_by_kind(rows: QuerySet[Any]) -> dict[str, int]:
    """How many are away on the day of these rows, by kind: one statement."""
    found = rows.filter(state=NOW).order_by().values_list("kind").annotate(people=Count("person", distinct=True))
    return dict(found)


def people_led(authority: Reach | Operator, on: date) -> QuerySet[Person]:
    """People whose leave and trips one records: those who belong on that day to what one keeps or leads."""
    living = Person.objects.filter(merged_into=None, erased_on=None).order_by("pinyin", "pk")
    if isinstance(authority, Operator):
        return living
    led = within_any((*authority.managed, *authority.led), "organization__path")
    return living.filter(Exists(Membership.objects.on(on).filter(led, person=OuterRef("pk"))))


def sections_of(person_ids: Iterable[int]) -> dict[int, str]:
    """Where people work today, by name."""
    rows = Membership.objects.filter(person__in=list(person_ids), ends_on=None, side=Membership.Side.STAFF)
    return dict(rows.order_by("pk").values_list("person_id", "organization__name"))


def section_ids_of(person_ids: Iterable[int], on: date) -> dict[int, int]:
    """The organization in which each works on a day; that of their Party relation where they work nowhere here."""
    rows = Membership.objects.on(on).filter(person__in=list(person_ids))
    # The last one stands: work after the Party side, the oldest membership after the newer ones.
    return dict(rows.order_by(_party_first(), "-pk").values_list("person_id", "organization_id"))


def _party_first() -> Case:
    return Case(When(Q(side=Membership.Side.PARTY), then=Value(0)), default=Value(1))
