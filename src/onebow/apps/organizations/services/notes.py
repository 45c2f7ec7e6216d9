"""Telling of work by hand, correcting it, deciding on what was told late."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.files import keep_file
from onebow.apps.base.models import File
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.ledger.kinds import VOID
from onebow.apps.ledger.models import Entry
from onebow.apps.ledger.queries import people_of
from onebow.apps.ledger.services import Event, decide_late, record
from onebow.apps.ledger.services.appending import counts_by_itself
from onebow.apps.organizations import rules
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.ledger import late_for, organization_of
from onebow.apps.organizations.queries.reach import Reach, reach_of
from onebow.apps.organizations.queries.succession import successor_of

ATTACHMENT_BYTES = 20_000_000
SHORTEST_REASON = 2


@dataclass(frozen=True)
class NoteDraft:
    """What was done: side (kind), where, when, what, by whom, and for how many hours."""

    kind: str
    organization_id: int
    happened_on: date
    text: str
    people: tuple[int, ...] = ()
    hours: Decimal | None = None


@write()
def note_work(draft: NoteDraft, *, upload: UploadedFile | None = None, by: User, at: datetime) -> Entry:
    """Tell of work; more than three working days late it counts once it is accepted.

    Raises:
        Refused: `by` does not belong there, the day lies ahead, or the attachment is too large.
    """
    organization, _ = _checked(draft, by, at)
    file = keep_file(upload, at=at, limit_bytes=ATTACHMENT_BYTES) if upload else None
    return record(_event(draft, organization, file), by_id=by.pk, at=at)


@write()
def correct_note(
    entry_id: int, draft: NoteDraft, *, upload: UploadedFile | None = None, by: User, at: datetime
) -> Entry:
    """Tell of it anew; both are shown, the new one counts. Without a new attachment the old one stays.

    Raises:
        Refused: it may not be corrected (any more) by `by`, it says the same, or as for telling.
    """
    entry = Entry.objects.select_related("body", "correction", "late_decision").get(pk=entry_id)
    organization, reach = _checked(draft, by, at)
    former = organization_of(entry)
    rules.check_can_correct(entry, former, reach, timezone.localdate(at))
    if upload is None and _says_the_same(entry, draft):
        raise Refused("与原条目没有不同,不必更正。")
    file = keep_file(upload, at=at, limit_bytes=ATTACHMENT_BYTES) if upload else _file_of(entry)
    # Who may decide on late work decides by correcting it, but not on the own.
    settled = counts_by_itself(entry) or entry.by_id != by.pk
    accepted = settled and rules.leads(reach, organization)
    event = _event(draft, organization, file, correction_of=entry.pk, accepted=accepted)
    return record(event, by_id=by.pk, at=at)


@write()
def void_note(entry_id: int, *, reason: str, by: User, at: datetime) -> Entry:
    """Take an entry back; it stays visible and counts no more.

    Raises:
        Refused: no reason, or it may not be corrected (any more) by `by`.
    """
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused("请写明作废原因。")
    entry = Entry.objects.select_related("correction").get(pk=entry_id)
    former = organization_of(entry)
    today = timezone.localdate(at)
    rules.check_can_correct(entry, former, reach_of(by, today), today)
    people = tuple(people_of([entry.pk]).get(entry.pk, ()))
    event = Event(
        VOID, entry.organization_id, people, data={"reason": reason.strip()}, happened_on=entry.happened_on,
        correction_of=entry.pk,
    )  # fmt: skip
    return record(event, by_id=by.pk, at=at)


@write()
def decide_late_for(ids: Collection[int], *, accepted: bool, reason: str, by: User, at: datetime) -> Entry:
    """Accept or return late entries of organizations that `by` leads or keeps.

    Raises:
        Refused: one of them is none of these, is decided already or is the own one; a return without reason.
    """
    reach = reach_of(by, timezone.localdate(at))
    rules.check_can_decide_late(reach)
    if late_for(reach, timezone.localdate(at)).filter(pk__in=ids).count() < len(set(ids)):
        raise Refused("所选条目中有的已经处理过或不归您审批,请刷新后重新选择。")
    return decide_late(ids, accepted=accepted, reason=reason, by_id=by.pk, at=at)


def _checked(draft: NoteDraft, by: User, at: datetime) -> tuple[Organization, Reach]:
    today = timezone.localdate(at)
    organization = Organization.objects.get(pk=draft.organization_id)
    reach = reach_of(by, today)
    if organization.ends_on is not None and organization.ends_on <= today:
        rules.check_not_succeeded(organization, reach, draft.happened_on, successor_of(organization.pk, today))
    rules.check_can_note(organization, reach, draft.happened_on, today)
    return organization, reach


def _event(
    draft: NoteDraft,
    organization: Organization,
    file: File | None,
    *,
    correction_of: int | None = None,
    accepted: bool = False,
) -> Event:
    return Event(
        draft.kind,
        organization.pk,
        tuple((person_id, "subject") for person_id in draft.people),
        source=file,
        data={"text": draft.text},
        happened_on=draft.happened_on,
        quantity=draft.hours,
        files=(file.sha256,) if file else (),
        correction_of=correction_of,
        accepted=accepted,
    )


def _says_the_same(entry: Entry, draft: NoteDraft) -> bool:
    people = tuple(person_id for person_id, _ in people_of([entry.pk]).get(entry.pk, ()))
    told = (entry.kind, entry.organization_id, entry.happened_on, entry.data.get("text"), people, entry.amount)
    wanted = (
        draft.kind,
        draft.organization_id,
        draft.happened_on,
        draft.text,
        tuple(sorted(draft.people)),
        draft.hours,
    )
    return told == wanted


def _file_of(entry: Entry) -> File | None:
    return File.objects.filter(pk=entry.source_id or 0).first() if entry.source == File._meta.label_lower else None
