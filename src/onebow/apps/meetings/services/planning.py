"""Meetings planned, changed and cancelled."""

from datetime import datetime

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.ledger.services import Event, record
from onebow.apps.meetings import rules
from onebow.apps.meetings.models import Meeting
from onebow.apps.meetings.queries.kinds import kinds_for
from onebow.apps.meetings.services.drafts import (
    PlanDraft,
    anchored,
    bump,
    checked_reason,
    id_of,
    kind_of,
    local_day,
    set_agenda,
    set_units,
    within,
)
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.reach import authority_of

FIELDS = ("title", "planned_at", "place", "chair_id", "recorder_id")


@write()
def plan_meeting(draft: PlanDraft, *, by: User | None, at: datetime) -> Meeting:
    """Plan a meeting.

    Raises:
        Refused: `by` may not, no such kind there, or the organization does not stand on that day.
    """
    today = local_day(at)
    organization = Organization.objects.get(pk=draft.organization_id)
    rules.check_can_write(organization, authority_of(by, today), today)
    rules.check_stood(organization, local_day(draft.planned_at))
    kind = kind_of(draft.kind_id, organization, kinds_for(organization, today))
    rules.check_keeps([kind], draft.agenda)
    draft = within(kind, draft)
    meeting = Meeting.objects.create(
        organization=organization, kind=kind, made_by=by, created_at=at, updated_at=at,
        **{name: getattr(draft, name) for name in FIELDS}, **anchored(draft.anchors, organization),
    )  # fmt: skip
    set_units(meeting, draft.units, local_day(draft.planned_at))
    set_agenda(meeting, draft.agenda)
    event = Event("meeting.planned", organization.pk, source=meeting, data={"kind": kind.name})
    record(event, by_id=id_of(by), at=at)
    return meeting


@write()
def change_meeting(meeting_id: int, draft: PlanDraft, *, version: int | None, by: User | None, at: datetime) -> Meeting:
    """Change what was planned; organization, kind and what it hangs on stay.

    Raises:
        Refused: `by` may not, it was held or cancelled, or somebody changed it since.
    """
    meeting = _planned(meeting_id, by, at)
    rules.check_stood(meeting.organization, local_day(draft.planned_at))
    rules.check_keeps([meeting.kind], draft.agenda)
    draft = within(meeting.kind, draft)
    bump(meeting, version)
    changed = [name for name in FIELDS if getattr(meeting, name) != getattr(draft, name)]
    for name in changed:
        setattr(meeting, name, getattr(draft, name))
    if list(draft.agenda) != list(meeting.agenda.values_list("text", flat=True)):
        changed.append("agenda")
    if set(draft.units) != set(meeting.units.values_list("organization_id", flat=True)):
        changed.append("units")
    if not changed:
        raise Refused("没有改动。")
    meeting.updated_at = at
    meeting.save()
    set_units(meeting, draft.units, local_day(draft.planned_at))
    set_agenda(meeting, draft.agenda)
    event = Event("meeting.changed", meeting.organization_id, source=meeting, data={"fields": changed})
    record(event, by_id=id_of(by), at=at)
    return meeting


@write()
def cancel_meeting(meeting_id: int, *, reason: str, by: User | None, at: datetime) -> Meeting:
    """Cancel a meeting that was planned.

    Raises:
        Refused: no reason, `by` may not, or it was held or cancelled.
    """
    meeting = _planned(meeting_id, by, at)
    meeting.state, meeting.cancel_reason = Meeting.State.CANCELLED, checked_reason(reason, "取消")
    meeting.version, meeting.updated_at = meeting.version + 1, at
    meeting.save(update_fields=["state", "cancel_reason", "version", "updated_at"])
    event = Event("meeting.cancelled", meeting.organization_id, source=meeting, data={"reason": meeting.cancel_reason})
    record(event, by_id=id_of(by), at=at)
    return meeting


def _planned(meeting_id: int, by: User | None, at: datetime) -> Meeting:
    today = local_day(at)
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("organization", "kind").get(pk=meeting_id)
    rules.check_can_write(meeting.organization, authority_of(by, today), today, meeting.recorder_id)
    rules.check_state(meeting, Meeting.State.PLANNED)
    return meeting
