"""Decisions: in the product, or on paper (线下已批), since leading groups and higher levels may never sign in."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.files import keep_file
from onebow.apps.base.models import File
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
    organization_id: int,
    draft: PaperDraft,
    *,
    subject: Model | None = None,
    scan: UploadedFile | File | None = None,
    by: User,
    at: datetime,
) -> tuple[Approval, Event]:
    """The decision on paper, and what is to be recorded of it once all else is written. Runs in a transaction.

    It is about the organization itself, or about `subject`, which was decided on by the organization. A paper about
    many has one scan, kept before (`kept_scan`).
    """
    organization = Organization.objects.select_for_update().get(pk=organization_id)
    today = timezone.localdate(at)
    rules.check_can_manage(organization, authority_of(by, today))
    about = subject or organization
    _check_paper(about, draft, today)
    approval = Approval.objects.create(
        subject=about._meta.label_lower,
        subject_id=about.pk,
        step=draft.step,
        organization=organization,
        decision=Approval.Decision.OFFLINE,
        reason=draft.reason,
        decided_by=by,
        decided_at=at,
        document_number=draft.number,
        document_on=draft.on,
        scan=kept_scan(scan, at=at) if isinstance(scan, UploadedFile) else scan,
    )
    return approval, _event(approval, draft.on)


def kept_scan(scan: UploadedFile, *, at: datetime) -> File:
    """The scan of a paper, kept. Runs in a transaction.

    Raises:
        Refused: it is no scan, or too large.
    """
    if kind_of(scan.read(16)) is None:
        raise Refused("扫描件只能是 PDF、PNG 或 JPG 文件。")
    return keep_file(scan, at=at, limit_bytes=SCAN_BYTES)


def _check_paper(about: Model, draft: PaperDraft, today: date) -> None:
    """Not of a day ahead, and not recorded already."""
    if draft.on > today:
        raise Refused("成文日期不能晚于今天。")
    same = Approval.objects.filter(subject=about._meta.label_lower, subject_id=about.pk, step=draft.step)
    if same.filter(document_number=draft.number, document_on=draft.on).exists():
        raise Refused(f"这份批复({draft.number})已经登记过。")


@dataclass(frozen=True)
class DecisionDraft:
    """A decision in the product; a reply may bear a number."""

    step: str
    approved: bool
    reason: str = ""
    number: str = ""


def decided_here(
    organization: Organization,
    draft: DecisionDraft,
    *,
    subject: Model,
    asked_by_id: int | None,
    by: User,
    at: datetime,
) -> tuple[Approval, Event]:
    """The decision of an organization on `subject`, and what is to be recorded of it. Runs in a transaction.

    Raises:
        Refused: `by` neither leads nor keeps the organization, or asked for the decision; returned without a reason.
    """
    today = timezone.localdate(at)
    rules.check_can_decide(organization, authority_of(by, today), asked_by_id=asked_by_id, by_id=by.pk)
    if not draft.approved and not draft.reason.strip():
        raise Refused("退回时请写明原因,提交的人要据此修改。")
    approval = Approval.objects.create(
        subject=subject._meta.label_lower,
        subject_id=subject.pk,
        step=draft.step,
        organization=organization,
        decision=Approval.Decision.APPROVED if draft.approved else Approval.Decision.RETURNED,
        reason=draft.reason.strip(),
        decided_by=by,
        decided_at=at,
        document_number=draft.number,
        document_on=today if draft.number else None,
    )
    return approval, _event(approval, today)


def _event(approval: Approval, on: date) -> Event:
    data = {"step": approval.step}
    return Event("approval.decided", approval.organization_id, source=approval, data=data, happened_on=on)


def kind_of(head: bytes) -> str | None:
    """The content type of a scan by its first bytes; None if it is none."""
    return next((kind for mark, kind in SCANS.items() if head.startswith(mark)), None)
