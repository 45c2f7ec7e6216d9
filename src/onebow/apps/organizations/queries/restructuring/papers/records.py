"""How many ledger entries the facts of a paper rest on."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from onebow.apps.ledger.models import Entry, EntryPerson
from onebow.apps.organizations.models import Approval, Person, Restructuring, Seat

# What tells who somebody is, where they belong and what post they hold; a conversion is a change of the person.
OF_PEOPLE = (
    "person.registered", "person.changed", "person.merged", "membership.started", "membership.changed",
    "membership.ended", "post.started", "post.ended",
)  # fmt: skip


def records_of_plan(plan: Restructuring, *, read_at: datetime, until: datetime) -> int:
    """Entries about a plan and its decisions, and about its members up to the day of its facts. Two statements.

    Args:
        read_at: when its members were read for the last time; what was recorded of them later it does not rest on.
        until: the same for the plan itself.
    """
    about = Q(source=Restructuring._meta.label_lower, source_id=plan.pk)
    decisions = Approval.objects.filter(subject=Restructuring._meta.label_lower, subject_id=plan.pk)
    about |= Q(source=Approval._meta.label_lower, source_id__in=decisions.values("pk"))
    seated = Seat.objects.filter(restructuring=plan).values("person")
    return Entry.objects.filter(about, recorded_at__lte=until).count() + _of_people(seated, plan.facts_on, read_at)


def records_of_people(people: Iterable[int], on: date, *, until: datetime) -> int:
    """Entries about the registration, memberships and posts of people up to a day. One statement."""
    return _of_people(list(people), on, until)


def records_of_lists(plan: Restructuring, *, until: datetime) -> dict[int, int]:
    """The same for the members of each planned organization. Two statements, whatever the size."""
    seats = dict(Seat.objects.filter(restructuring=plan, planned__isnull=False).values_list("person", "planned"))
    told = EntryPerson.objects.filter(
        person_id__in=Seat.objects.filter(restructuring=plan).values("person"),
        entry__in=_entries(plan.facts_on, until),
    )
    found: dict[int, set[int]] = {planned: set() for planned in seats.values()}
    for person_id, entry_id in told.values_list("person_id", "entry_id"):
        if person_id in seats:
            found[seats[person_id]].add(entry_id)
    return {planned: len(entries) for planned, entries in found.items()}


def _of_people(people: Any, on: date, until: datetime) -> int:
    merged = Person.objects.filter(merged_into__in=people).values("pk")
    told = EntryPerson.objects.filter(Q(person_id__in=people) | Q(person_id__in=merged))
    return _entries(on, until).filter(pk__in=told.values("entry")).count()


def _entries(on: date, until: datetime) -> Any:
    return Entry.objects.filter(kind__in=OF_PEOPLE, happened_on__lte=on, recorded_at__lte=until)
