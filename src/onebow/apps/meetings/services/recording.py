"""Meetings recorded, corrected and taken back: one entry of the ledger tells of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

from onebow.apps.accounts.models import User
from onebow.apps.base.files import keep_file
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write_alone
from onebow.apps.ledger.kinds import VOID
from onebow.apps.ledger.models import Entry
from onebow.apps.ledger.queries import people_of
from onebow.apps.ledger.services import Event, next_number, record, record_all
from onebow.apps.ledger.services.appending import counts_by_itself
from onebow.apps.meetings import rules
from onebow.apps.meetings.models import Attachment, Attendance, Meeting, MeetingAlso, MeetingKind
from onebow.apps.meetings.queries.kinds import kinds_for
from onebow.apps.meetings.services.attendance import set_attendance
from onebow.apps.meetings.services.counting import recount
from onebow.apps.meetings.services.drafts import (
    NOTHING,
    Anchors,
    RecordDraft,
    anchored,
    bump,
    checked_reason,
    id_of,
    kind_of,
    local_day,
    set_units,
    within,
)
from onebow.apps.meetings.services.proving import Done, prove_duties
from onebow.apps.meetings.services.resolutions import set_resolutions
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.plans.services.duties import withdraw_proofs

ATTACHMENT_BYTES = 20_000_000
MOST_FILES = 10
State = Meeting.State
FIELDS = ("held_on", "hours", "title", "minutes", "began", "place", "chair_id", "recorder_id")


@dataclass(frozen=True)
class _Deed:
    """A record to be written: what was told, by whom, when, and the entry that it replaces."""

    draft: RecordDraft
    uploads: Sequence[UploadedFile]
    by: User | None
    at: datetime
    former: Entry | None = None
    accepted: bool = False


@write_alone()
def record_meeting(
    organization_id: int,
    kind_id: int,
    draft: RecordDraft,
    *,
    anchors: Anchors = NOTHING,
    uploads: Sequence[UploadedFile] = (),
    by: User | None,
    at: datetime,
) -> Meeting:
    """Record a meeting that nobody had planned here.

    Raises:
        Refused: see `_recorded`.
    """
    today = local_day(at)
    organization = Organization.objects.get(pk=organization_id)
    rules.check_can_write(organization, authority_of(by, today), today)
    kind = kind_of(kind_id, organization, kinds_for(organization, today))
    meeting = Meeting(
        organization=organization, kind=kind, made_by=by, created_at=at, **anchored(anchors, organization)
    )
    return _recorded(meeting, _Deed(draft, uploads, by, at))


@write_alone()
def record_meetings(
    organization_id: int, kind_id: int, drafts: Sequence[RecordDraft], *, by: User | None, at: datetime
) -> list[Meeting]:
    """Record several meetings of a kind at once, each with an entry of its own: all of them or none.

    Raises:
        Refused: see `_written`.
    """
    today = local_day(at)
    organization = Organization.objects.get(pk=organization_id)
    rules.check_can_write(organization, authority_of(by, today), today)
    kind = kind_of(kind_id, organization, kinds_for(organization, today))
    meetings, events = [], []
    for place, draft in enumerate(drafts):
        meeting = Meeting(organization=organization, kind=kind, made_by=by, created_at=at)
        events.append(_written(meeting, _Deed(draft, (), by, at), place))
        meetings.append(meeting)
    entries = record_all(events, by_id=id_of(by), at=at)
    for meeting, entry in zip(meetings, entries, strict=True):
        _check_entry(meeting, entry)
    recount(meetings)
    return meetings


@write_alone()
def hold_meeting(
    meeting_id: int,
    draft: RecordDraft,
    *,
    version: int | None,
    uploads: Sequence[UploadedFile] = (),
    by: User | None,
    at: datetime,
) -> Meeting:
    """Record a meeting that was planned.

    Raises:
        Refused: it was held or cancelled, somebody changed it since, or see `_recorded`.
    """
    meeting = _locked(meeting_id, by, at, State.PLANNED)
    bump(meeting, version)
    return _recorded(meeting, _Deed(draft, uploads, by, at))


@write_alone()
def correct_meeting(
    meeting_id: int,
    draft: RecordDraft,
    *,
    version: int | None,
    uploads: Sequence[UploadedFile] = (),
    by: User | None,
    at: datetime,
) -> Meeting:
    """Record it anew: both entries stay, the new one counts, and what it proves follows.

    Raises:
        Refused: it was not held, somebody changed it since, or see `_recorded`.
    """
    meeting = _locked(meeting_id, by, at, State.HELD)
    bump(meeting, version)
    former = _entry(meeting)
    # Who may decide on late work settles it by correcting it, but not the own.
    accepted = counts_by_itself(former) or (former.by_id != id_of(by) and _leads(meeting, by, at))
    return _recorded(meeting, _Deed(draft, uploads, by, at, former, accepted))


@write_alone()
def void_meeting(meeting_id: int, *, reason: str, by: User | None, at: datetime) -> Meeting:
    """Take a record back: it stays readable, counts as nothing and proves nothing.

    Raises:
        Refused: no reason, `by` may not, it was not held, or a resolution of it is in a plan.
    """
    meeting = _locked(meeting_id, by, at, State.HELD)
    if taken := meeting.resolutions.filter(item__isnull=False).first():
        raise Refused(f"决议“{taken.text[:20]}”已列入计划,请先在计划中取消该事项,再作废会议记录。")
    former = _entry(meeting)
    meeting.state, meeting.cancel_reason = State.VOID, checked_reason(reason, "作废")
    meeting.version, meeting.updated_at = meeting.version + 1, at
    meeting.save(update_fields=["state", "cancel_reason", "version", "updated_at"])
    withdraw_proofs(meeting)
    recount([meeting])
    people = tuple(people_of([former.pk]).get(former.pk, ()))
    event = Event(
        VOID, former.organization_id, people, source=meeting, data={"reason": meeting.cancel_reason},
        happened_on=former.happened_on, correction_of=former.pk,
    )  # fmt: skip
    record(event, by_id=id_of(by), at=at)
    return meeting


def _recorded(meeting: Meeting, deed: _Deed) -> Meeting:
    """Write the record with all that hangs on it, then its entry.

    Raises:
        Refused: see `_written`.
    """
    event = _written(meeting, deed)
    _check_entry(meeting, record(event, by_id=id_of(deed.by), at=deed.at))
    days = [deed.former.happened_on] if deed.former else []
    recount([meeting], days)
    return meeting


def _written(meeting: Meeting, deed: _Deed, place: int = 0) -> Event:
    """Write the record but its entry, which is the next one after `place` others.

    Raises:
        Refused: a day ahead or before the organization stood, hours of no meeting, nobody due or nobody there, an
            exception who was not due, votes that cannot be, a resolution without quorum, too large a file, or content
            where the kind keeps none.
    """
    draft, today = within(meeting.kind, deed.draft), local_day(deed.at)
    rules.check_day(meeting.organization, draft.held_on, today)
    rules.check_hours(draft.hours)
    known = {kind.pk: kind for kind in kinds_for(meeting.organization, today)}
    kinds = [meeting.kind, *(known[pk] for pk in draft.also if pk in known and pk != meeting.kind_id)]
    rules.check_keeps(kinds, draft.minutes, draft.resolutions, deed.uploads)
    for name in FIELDS:
        setattr(meeting, name, getattr(draft, name))
    meeting.state, meeting.entry_id = State.HELD, next_number() + place
    meeting.recorded_by, meeting.recorded_at, meeting.updated_at = deed.by, deed.at, deed.at
    meeting.save()
    units = set_units(meeting, draft.units, draft.held_on)
    _set_also(meeting, kinds[1:])
    count = set_attendance(meeting, draft, kinds, units, today)
    passed = set_resolutions(meeting, draft.resolutions, kinds, count)
    files = _attach(meeting, deed)
    meeting.due, meeting.present, meeting.needed = count.due, count.present, count.needed
    meeting.save(update_fields=["due", "present", "needed"])
    here = meeting.attendance.filter(state=Attendance.State.PRESENT).count()
    prove_duties(meeting, Done(draft.held_on, kinds, [unit.pk for unit in units], here))
    return _event(meeting, deed, passed, files)


def _check_entry(meeting: Meeting, entry: Entry) -> None:
    if entry.pk != meeting.entry_id:
        raise RuntimeError(f"meeting {meeting.pk} names entry {meeting.entry_id}, its own is {entry.pk}")


def _event(meeting: Meeting, deed: _Deed, passed: int, files: Sequence[str]) -> Event:
    people = tuple(meeting.attendance.order_by("person_id").values_list("person_id", "state"))
    data = {"kind": meeting.kind.name, "due": meeting.due, "present": meeting.present, "resolutions": passed}
    return Event(
        "meeting.held", meeting.organization_id, people, source=meeting, data=data, happened_on=meeting.held_on,
        quantity=meeting.hours, files=tuple(files), correction_of=deed.former.pk if deed.former else None,
        accepted=deed.accepted,
    )  # fmt: skip


def _set_also(meeting: Meeting, kinds: Sequence[MeetingKind]) -> None:
    meeting.also.exclude(kind__in=kinds).delete()
    known = set(meeting.also.values_list("kind_id", flat=True))
    MeetingAlso.objects.bulk_create([MeetingAlso(meeting=meeting, kind=kind) for kind in kinds if kind.pk not in known])


def _attach(meeting: Meeting, deed: _Deed) -> list[str]:
    """Keep what was handed in; the digests of all that hangs on the record."""
    if meeting.attachments.count() + len(deed.uploads) > MOST_FILES:
        raise Refused(f"一次会议最多 {MOST_FILES} 个附件,请合并后再上传。")
    for upload in deed.uploads:
        file = keep_file(upload, at=deed.at, limit_bytes=ATTACHMENT_BYTES)
        Attachment.objects.create(meeting=meeting, file=file, added_at=deed.at)
    hashes = meeting.attachments.exclude(file__sha256="").order_by("pk").values_list("file__sha256", flat=True)
    return list(dict.fromkeys(hashes))


def _locked(meeting_id: int, by: User | None, at: datetime, *states: str) -> Meeting:
    today = local_day(at)
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("organization", "kind")
    meeting = rows.get(pk=meeting_id)
    rules.check_can_write(meeting.organization, authority_of(by, today), today, meeting.recorder_id)
    rules.check_state(meeting, *states)
    return meeting


def _entry(meeting: Meeting) -> Entry:
    return Entry.objects.select_related("late_decision").get(pk=meeting.entry_id or 0)


def _leads(meeting: Meeting, by: User | None, at: datetime) -> bool:
    return authority_of(by, local_day(at)).leads(meeting.organization.path)
