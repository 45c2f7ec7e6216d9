"""What people were on a day: 政治面貌 with its days, by the record and by what it said before."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet

from onebow.apps.organizations.models import FormerStanding, Membership, Person
from onebow.apps.organizations.models.people import standing_of

DAYS = ("joined_on", "joined_precision", "full_on", "full_precision")
COLUMNS = ("standing", *DAYS)
People = TypeVar("People", bound=Sequence[Person])


def with_standings_on(people: People, on: date, today: date) -> People:
    """The same rows with the standing of that day; a day that had not come is left out (in memory; never saved)."""
    rows = FormerStanding.objects.on(on).filter(person__in=[person.pk for person in people]) if on < today else ()
    former = {row.person_id: row for row in rows}
    for person in people:
        if row := former.get(person.pk):
            for name in COLUMNS:
                setattr(person, name, getattr(row, name))
        _settle(person, on, today)
    return people


def told_standings(rows: QuerySet[Membership], on: date, today: date) -> QuerySet[Membership]:
    """Memberships with what their people were registered as on a day gone by, in the same statement."""
    if on >= today:
        return rows
    path = "person__former_standings"
    began = Q(**{f"{path}__starts_on": None}) | Q(**{f"{path}__starts_on__lte": on})
    was = FilteredRelation(path, condition=began & Q(**{f"{path}__ends_on__gt": on}))
    return rows.alias(was=was).annotate(was_id=F("was"), **{f"was_{name}": F(f"was__{name}") for name in COLUMNS})


def stand_as_told(rows: Iterable[Membership], on: date, today: date) -> None:
    """Give the people of rows of `told_standings` the standing of that day (in memory; they must not be saved)."""
    for row in rows:
        told = vars(row)
        if told.get("was_id"):
            for name in COLUMNS:
                setattr(row.person, name, told[f"was_{name}"])
        _settle(row.person, on, today)


def _settle(person: Person, on: date, today: date) -> None:
    person.standing = standing_of(person.standing, person.full_on, on, person.joined_on)
    for name in ("joined_on", "full_on"):
        day = getattr(person, name)
        if on < today and day and day > on:
            setattr(person, name, None)


def stood_as(people: QuerySet[Person], standing: str, on: date, today: date) -> QuerySet[Person]:
    """Those of the people who had this standing on the day."""
    now = _is(standing, on)
    if on >= today:
        return people.filter(now)
    former = FormerStanding.objects.on(on).filter(person=OuterRef("pk"))
    return people.filter((now & Q(~Exists(former))) | Q(Exists(former.filter(_is(standing, on)))))


def were_members(on: date, today: date) -> Q:
    """The condition that a person was a Party member, full or probationary, on the day."""
    now = Q(standing__in=Person.MEMBERS) & _joined(on)
    if on >= today:
        return now
    former = FormerStanding.objects.on(on).filter(person=OuterRef("pk"))
    return (now & Q(~Exists(former))) | Q(Exists(former.filter(now)))


def known_on(people: QuerySet[Person], on: date, today: date) -> QuerySet[Person]:
    """Today every record; on a day gone by those who belonged somewhere, as the roster of that day would name them."""
    if on >= today:
        return people
    return people.filter(Exists(Membership.objects.on(on).filter(person=OuterRef("pk"))))


def _is(standing: str, on: date) -> Q:
    """By the registered columns alone; of a person or of a former standing."""
    if standing == Person.Standing.FULL_MEMBER:
        dated = Q(standing__in=Person.MEMBERS, full_on__lte=on)
        return (dated | Q(standing=standing, full_on=None)) & _joined(on)
    if standing == Person.Standing.PROBATIONARY_MEMBER:
        dated = Q(standing__in=Person.MEMBERS, full_on__gt=on)
        return (dated | Q(standing=standing, full_on=None)) & _joined(on)
    return Q(standing=standing)


def _joined(on: date) -> Q:
    return Q(joined_on=None) | Q(joined_on__lte=on)
