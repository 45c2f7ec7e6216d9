"""Writing the register of bylaws: a version follows the other, none is changed."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.files import keep_file
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.ledger.services import Event, record
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.plans.models import Bylaw, BylawVersion
from onebow.apps.plans.rules.access import check_can_write, check_stands
from onebow.apps.plans.rules.secrecy import check_not_secret

FILE_BYTES = 20_000_000


@dataclass(frozen=True)
class VersionDraft:
    """A version: from when it holds, what it says, and what adopted it."""

    starts_on: date
    text: str = ""
    basis: str = ""


@write()
def make_bylaw(
    organization_id: int, name: str, category: str, draft: VersionDraft, *, upload: UploadedFile | None = None,
    by: User | None, at: datetime,
) -> Bylaw:  # fmt: skip
    """Register a bylaw with its first version.

    Raises:
        Refused: `by` does not keep or lead the organization, it stands no more, it has a bylaw of that name, or the
            version says nothing.
    """
    organization, today = Organization.objects.get(pk=organization_id), timezone.localdate(at)
    check_can_write(organization, authority_of(by, today))
    check_stands(organization, today)
    check_not_secret("制度名称", name)
    if Bylaw.objects.filter(organization=organization, name=name).exists():
        raise Refused(f"“{organization.name}”已有制度“{name}”,请打开它登记新版本。")
    bylaw = Bylaw.objects.create(organization=organization, name=name, category=category, created_at=at, updated_at=at)
    _adopted(bylaw, 1, draft, upload, by, at)
    return bylaw


@write()
def adopt_version(
    bylaw_id: int, draft: VersionDraft, *, upload: UploadedFile | None = None, by: User | None, at: datetime
) -> BylawVersion:
    """Adopt a new version; the former one ends the day it begins.

    Raises:
        Refused: `by` does not keep or lead the organization, the former began on that day or later, it says the same,
            or it says nothing.
    """
    bylaw = Bylaw.objects.select_for_update().select_related("organization").get(pk=bylaw_id)
    check_can_write(bylaw.organization, authority_of(by, timezone.localdate(at)))
    former = bylaw.versions.order_by("-number").first()
    if former is not None:
        _check_follows(former, draft, upload)
        if former.ends_on is None or former.ends_on > draft.starts_on:
            former.ends_on = draft.starts_on
            former.save(update_fields=["ends_on"])
    return _adopted(bylaw, former.number + 1 if former else 1, draft, upload, by, at)


@write()
def end_bylaw(bylaw_id: int, *, on: date, by: User | None, at: datetime) -> BylawVersion:
    """End the version in force: from that day on none holds.

    Raises:
        Refused: `by` does not keep or lead the organization, it has ended already, or it began on that day or later.
    """
    bylaw = Bylaw.objects.select_for_update().select_related("organization").get(pk=bylaw_id)
    check_can_write(bylaw.organization, authority_of(by, timezone.localdate(at)))
    last = bylaw.versions.order_by("-number").first()
    if last is None or last.ends_on is not None:
        raise Refused(f"“{bylaw.name}”已经废止。")
    if last.starts_on and on <= last.starts_on:
        raise Refused("废止日期必须晚于现行版本的施行日期。")
    last.ends_on = on
    last.save(update_fields=["ends_on"])
    event = Event("bylaw.ended", bylaw.organization_id, source=bylaw, happened_on=on)
    record(event, by_id=by.pk if by else None, at=at)
    return last


def _check_follows(former: BylawVersion, draft: VersionDraft, upload: UploadedFile | None) -> None:
    if former.starts_on and draft.starts_on <= former.starts_on:
        raise Refused("新版本的施行日期必须晚于上一版本的施行日期。")
    if upload is None and draft.text and draft.text == former.text and former.ends_on is None:
        raise Refused("新版本的正文与现行版本相同,不必登记。")


def _adopted(
    bylaw: Bylaw, number: int, draft: VersionDraft, upload: UploadedFile | None, by: User | None, at: datetime
) -> BylawVersion:
    if not draft.text.strip() and upload is None:
        raise Refused("请填写正文,或上传文件。")
    if upload is not None:
        check_not_secret("文件名", upload.name or "")
    file = keep_file(upload, at=at, limit_bytes=FILE_BYTES) if upload else None
    version = BylawVersion.objects.create(
        bylaw=bylaw, number=number, text=draft.text.strip(), file=file, basis=draft.basis, starts_on=draft.starts_on,
        made_at=at,
    )  # fmt: skip
    event = Event(
        "bylaw.adopted", bylaw.organization_id, source=bylaw, data={"number": number}, happened_on=draft.starts_on,
        files=(file.sha256,) if file else (),
    )  # fmt: skip
    record(event, by_id=by.pk if by else None, at=at)
    return version
