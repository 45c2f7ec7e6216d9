"""Writing the register of what came from above."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.files import keep_file
from onebow.apps.base.models import File
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.ledger.services import Event, record
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.organizations.services.versions import bump_version
from onebow.apps.plans.models import Directive
from onebow.apps.plans.rules.access import check_can_write, check_stands
from onebow.apps.plans.rules.secrecy import check_not_secret

FILE_BYTES = 20_000_000
# What may bear a marking of 密级, in the words of the form.
TEXTS = {"title": "标题", "number": "文号", "source": "来源", "gist": "要求摘要"}


@dataclass(frozen=True)
class DirectiveDraft:
    """What is registered; `kind` is a word of `Directive.Kind`."""

    organization_id: int
    kind: str
    source: str
    title: str
    received_on: date
    number: str = ""
    gist: str = ""
    issued_on: date | None = None
    reply_due_on: date | None = None


@write()
def register_directive(
    draft: DirectiveDraft, *, upload: UploadedFile | None = None, by: User | None, at: datetime
) -> Directive:
    """Register what came from above.

    Raises:
        Refused: `by` does not keep or lead the organization, it stands no more, the days do not fit, the number is
            registered already, or something bears a marking of 密级.
    """
    _check(draft, upload, by, at)
    file = keep_file(upload, at=at, limit_bytes=FILE_BYTES) if upload else None
    directive = Directive.objects.create(**asdict(draft), file=file, created_at=at, updated_at=at)
    _tell("directive.registered", directive, {"kind": directive.kind}, file, by, at)
    return directive


@write()
def change_directive(
    directive_id: int, draft: DirectiveDraft, *, version: int, upload: UploadedFile | None = None, by: User | None,
    at: datetime,
) -> Directive:  # fmt: skip
    """Correct what is registered; a new file takes the place of the former one.

    Raises:
        Refused: as for registering, nothing changed, or somebody changed it since.
    """
    directive = Directive.objects.select_for_update().get(pk=directive_id)
    check_can_write(directive.organization, authority_of(by, timezone.localdate(at)))
    _check(draft, upload, by, at, but=directive.pk)
    if directive.replied_on and directive.replied_on < draft.received_on:
        raise Refused("收到日期晚于已登记的反馈日期,请核对。")
    fields = [name for name, value in asdict(draft).items() if getattr(directive, name) != value]
    if not fields and upload is None:
        raise Refused("没有改动,不必保存。")
    bump_version(directive, version)
    file = keep_file(upload, at=at, limit_bytes=FILE_BYTES) if upload else None
    values = {name: getattr(draft, name) for name in fields} | ({"file": file} if file else {})
    _store(directive, values, at)
    _tell("directive.changed", directive, {"fields": list(values)}, file, by, at)
    return directive


@write()
def reply_directive(directive_id: int, *, on: date, number: str = "", by: User | None, at: datetime) -> Directive:
    """Say that it was replied to, on which day and under which number; again to correct these.

    Raises:
        Refused: `by` does not keep or lead the organization, the day lies ahead or before it was received, or the
            number bears a marking of 密级.
    """
    directive = Directive.objects.select_for_update().select_related("organization").get(pk=directive_id)
    check_can_write(directive.organization, authority_of(by, timezone.localdate(at)))
    if on > timezone.localdate(at):
        raise Refused("反馈日期不能晚于今天。")
    if on < directive.received_on:
        raise Refused("反馈日期不能早于收到日期。")
    check_not_secret("反馈文号", number)
    values = {"replied_on": on, "reply_number": number}
    changed = [name for name, value in values.items() if getattr(directive, name) != value]
    if not changed:
        raise Refused("没有改动,不必保存。")
    again = directive.replied_on is not None
    bump_version(directive, directive.version)
    _store(directive, values, at)
    kind, data = ("directive.changed", {"fields": changed}) if again else ("directive.replied", {})
    _tell(kind, directive, data, None, by, at, None if again else on)
    return directive


def _check(
    draft: DirectiveDraft, upload: UploadedFile | None, by: User | None, at: datetime, but: int | None = None
) -> None:
    today = timezone.localdate(at)
    organization = Organization.objects.get(pk=draft.organization_id)
    check_can_write(organization, authority_of(by, today))
    check_stands(organization, today)
    if draft.received_on > today:
        raise Refused("收到日期不能晚于今天。")
    if draft.issued_on and draft.issued_on > draft.received_on:
        raise Refused("成文日期不能晚于收到日期。")
    if draft.reply_due_on and draft.reply_due_on < draft.received_on:
        raise Refused("要求反馈日期不能早于收到日期。")
    for name, label in TEXTS.items():
        check_not_secret(label, getattr(draft, name))
    if upload is not None:
        check_not_secret("文件名", upload.name or "")
    same = Directive.objects.filter(organization=organization, source=draft.source, number=draft.number)
    if draft.number and same.exclude(pk=but or 0).exists():
        raise Refused(f"“{draft.source}”的“{draft.number}”已经登记过,请在列表中查找。")


def _store(directive: Directive, values: Mapping[str, Any], at: datetime) -> None:
    for name, value in values.items():
        setattr(directive, name, value)
    directive.updated_at = at
    directive.save(update_fields=[*values, "updated_at"])


def _tell(
    kind: str, directive: Directive, data: dict[str, Any], file: File | None, by: User | None, at: datetime,
    on: date | None = None,
) -> None:  # fmt: skip
    files = (file.sha256,) if file else ()
    event = Event(kind, directive.organization_id, source=directive, data=data, happened_on=on, files=files)
    record(event, by_id=by.pk if by else None, at=at)
