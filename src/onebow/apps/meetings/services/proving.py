"""Which duties a meeting proves: those of all that it was at once, of its organization, its groups and who joined."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from onebow.apps.meetings.models import Meeting, MeetingKind
from onebow.apps.organizations.models import Organization
from onebow.apps.plans.models import Occurrence
from onebow.apps.plans.services.proofs import make_up, prove, withdraw_proofs


def prove_duties(meeting: Meeting, on: date, kinds: Sequence[MeetingKind], units: Sequence[int]) -> None:
    """Write what the record of a day proves, in place of what it proved before; without quorum nothing that needs one."""
    withdraw_proofs(meeting)
    keys = [kind.key for kind in kinds if meeting.is_quorate or not kind.quorum]
    if not keys:
        return
    hours, entry_id = meeting.hours or Decimal(0), meeting.entry_id or 0
    organizations = [meeting.organization_id, *_groups(meeting, on), *units]
    prove(organizations, keys, source=meeting, entry_id=entry_id, happened_on=on, quantity=hours)
    occurrence = Occurrence.objects.filter(pk=meeting.occurrence_id or 0).select_related("duty").first()
    if occurrence is None or not set(keys) & set(occurrence.duty.proof):
        return
    if not occurrence.starts_on <= on < occurrence.ends_on:
        make_up(occurrence, source=meeting, entry_id=entry_id, happened_on=on, quantity=hours)


def _groups(meeting: Meeting, on: date) -> list[int]:
    """The groups whose members were all due: what their branch held, they held."""
    if meeting.kind.due_to != MeetingKind.DueTo.MEMBERS:
        return []
    groups = Organization.objects.on(on).filter(kind=Organization.Kind.GROUP, parent=meeting.organization_id)
    return list(groups.values_list("pk", flat=True))
