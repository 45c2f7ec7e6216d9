"""Duties that each does once: of those who were at several meetings only the first one counts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from onebow.apps.ledger.models import Entry
from onebow.apps.meetings.models import Attendance, Meeting
from onebow.apps.organizations.models import Membership
from onebow.apps.organizations.models.organizations import within
from onebow.apps.plans.models import Duty, Occurrence, Proof

SOURCE = Meeting._meta.label_lower


class _Told(NamedTuple):
    """A proof: by which meeting, and how much it counts now."""

    pk: int
    meeting_id: int
    entry_id: int
    happened_on: date
    quantity: Decimal


def recount(meetings: Sequence[Meeting], days: Iterable[date] = ()) -> None:
    """Count anew what these prove and what they proved on former days.

    Told late counts after all that was told in time, so that nobody waits for an approval who was counted without it.
    """
    told = [*days, *(meeting.held_on for meeting in meetings if meeting.held_on)]
    periods = Q(pk__in=[])
    for on in set(told):
        periods |= Q(starts_on__lte=on, ends_on__gt=on)
    here = Q(organization__in={meeting.organization_id for meeting in meetings}) & periods
    proved = Proof.objects.filter(source=SOURCE, source_id__in=[meeting.pk for meeting in meetings])
    rows = Occurrence.objects.filter(here | Q(pk__in=proved.values("occurrence")), duty__measure=Duty.Measure.EACH)
    keys = {meeting.kind.key for meeting in meetings}
    for row in rows.select_related("organization", "duty"):
        # What is something besides is rare, and never what each does once.
        if not keys.isdisjoint(row.duty.proof):
            _count(row)


def _count(row: Occurrence) -> None:
    told = Proof.objects.filter(source=SOURCE, occurrence=row)
    found = [_Told(*one) for one in told.values_list("pk", "source_id", "entry_id", "happened_on", "quantity")]
    late = _late(found)
    found.sort(key=lambda one: (one.entry_id in late, one.happened_on, one.meeting_id))
    there, members, seen = _there(found), _members(row), set[int]()
    for one in found:
        new = (there[one.meeting_id] & members) - seen
        seen |= new
        if one.quantity != len(new):
            Proof.objects.filter(pk=one.pk).update(quantity=len(new))


def _late(found: Sequence[_Told]) -> set[int]:
    rows = Entry.objects.filter(pk__in=[one.entry_id for one in found], late=True)
    return set(rows.exclude(late_decision__accepted=True).values_list("pk", flat=True))


def _there(found: Sequence[_Told]) -> dict[int, set[int]]:
    rows = Attendance.objects.filter(
        meeting__in=[one.meeting_id for one in found], state=Attendance.State.PRESENT
    )  # fmt: skip
    there: dict[int, set[int]] = defaultdict(set)
    for meeting, person in rows.values_list("meeting", Coalesce("person__merged_into", "person")):
        there[meeting].add(person)
    return there


def _members(row: Occurrence) -> set[int]:
    """Who belonged to the organization at some time of the period."""
    rows: QuerySet[Membership] = Membership.objects.filter(within(row.organization.path, "organization__path"))
    rows = rows.filter(Q(starts_on=None) | Q(starts_on__lt=row.ends_on), Q(ends_on=None) | Q(ends_on__gt=row.starts_on))
    return set(rows.values_list(Coalesce("person__merged_into", "person"), flat=True))
