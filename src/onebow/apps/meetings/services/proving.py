"""Which duties a meeting proves: those of all that it was at once, of its organization, its groups and who joined."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from onebow.apps.meetings.models import Meeting, MeetingKind
from onebow.apps.organizations.models import Organization
from onebow.apps.plans.models import Occurrence
from onebow.apps.plans.services.duties import prove, prove_for, withdraw_proofs


@dataclass(frozen=True)
class Done:
    """What was done on a day: everything that it was, who joined in, how many were there."""

    on: date
    kinds: Sequence[MeetingKind]
    units: Sequence[int]
    people: int


def prove_duties(meeting: Meeting, done: Done) -> None:
    """Write what the record proves, in place of what it proved before; without quorum nothing that needs one.

    The entry is not written yet, its number is known: the deed writes alone, so nobody takes that number before it.
    """
    withdraw_proofs(meeting)
    keys = {kind.key for kind in done.kinds if meeting.is_quorate or not kind.quorum}
    if not keys:
        return
    organizations = [meeting.organization_id, *_groups(meeting, done.on), *done.units]
    prove(organizations, keys, **_told(meeting, done))
    if (missed := _made_up(meeting, keys, done.on)) is not None:
        prove_for([missed.pk], **_told(meeting, done))


def _told(meeting: Meeting, done: Done) -> dict[str, Any]:
    return {
        "source": meeting, "entry_id": meeting.entry_id or 0, "happened_on": done.on,
        "quantity": meeting.hours or Decimal(0), "people": done.people,
    }  # fmt: skip


def _made_up(meeting: Meeting, keys: set[str], on: date) -> Occurrence | None:
    """The duty for which it was held after its period (补课)."""
    rows = Occurrence.objects.filter(pk=meeting.occurrence_id or 0, ends_on__lte=on).select_related("duty")
    return next((row for row in rows if not keys.isdisjoint(row.duty.proof)), None)


def _groups(meeting: Meeting, on: date) -> list[int]:
    """The groups whose members were all due: what their branch held, they held."""
    if meeting.kind.due_to != MeetingKind.DueTo.MEMBERS:
        return []
    groups = Organization.objects.on(on).filter(kind=Organization.Kind.GROUP, parent=meeting.organization_id)
    return list(groups.values_list("pk", flat=True))
