"""Decisions on paper (线下已批): leading groups and higher levels may never sign in."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.files import keep_file
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.ledger.services import Event, record
from onebow.apps.organizations import rules
from onebow.apps.organizations.models import Approval, Organization
from onebow.apps.organizations.queries.reach import authority_of

SCAN_BYTES = 20_000_000
# What a scan may be, by its first bytes: the name says nothing.
SCANS = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


@dataclass(frozen=True)
class PaperDraft:
    """A decision on paper: what it decided, its number and date."""

    step: str
    number: str
    on: date
    reason: str = ""


@write()
def record_paper(
    organization_id: int, draft: PaperDraft, *, scan: UploadedFile | None = None, by: User, at: datetime
) -> Approval:
    """Record a decision on paper about an organization.

    Raises:
        Refused: `by` does not manage it, the date lies ahead, the paper is recorded already, or the scan is no scan.
    """
    approval, event = decided(organization_id, draft, scan=scan, by=by, at=at)
    record(event, by_id=by.pk, at=at)
    return approval


def decided(
    organization_id: int, draft: PaperDraft, *, scan: UploadedFile | None = None, by: User, at: datetime
) -> tuple[Approval, Event]:
    """The decision, and what is to be recorded of it once all else is written. Runs in a transaction."""
    organization = Organization.objects.select_for_update().get(pk=organization_id)
    today = timezone.localdate(at)
    rules.check_can_manage(organization, authority_of(by, today))
    if draft.on > today:
        raise Refused("成文日期不能晚于今天。")
    same = Approval.objects.filter(
        organization=organization, step=draft.step, document_number=draft.number, document_on=draft.on
    )
    if same.exists():
        raise Refused(f"这份批复({draft.number})已经登记过。")
    if scan is not None and kind_of(scan.read(16)) is None:
        raise Refused("扫描件只能是 PDF、PNG 或 JPG 文件。")
    approval = Approval.objects.create(
        subject=organization._meta.label_lower,
        subject_id=organization.pk,
        step=draft.step,
        organization=organization,
        decision=Approval.Decision.OFFLINE,
        reason=draft.reason,
        decided_by=by,
        decided_at=at,
        document_number=draft.number,
        document_on=draft.on,
        scan=keep_file(scan, at=at, limit_bytes=SCAN_BYTES) if scan else None,
    )
    event = Event("approval.decided", organization.pk, source=approval, data={"step": draft.step}, happened_on=draft.on)
    return approval, event


def kind_of(head: bytes) -> str | None:
    """The content type of a scan by its first bytes; None if it is none."""
    return next((kind for mark, kind in SCANS.items() if head.startswith(mark)), None)
