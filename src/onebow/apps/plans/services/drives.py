"""Writing the register of drives."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.ledger.services import Event, record
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.organizations.services.versions import bump_version
from onebow.apps.plans.models import Directive, Drive
from onebow.apps.plans.queries.scopes import scope_ids
from onebow.apps.plans.rules.access import check_can_write, check_stands
from onebow.apps.plans.rules.secrecy import check_not_secret


@dataclass(frozen=True)
class DriveDraft:
    """What a drive is; `kind` is a word of `Drive.Kind`, `ends_on` the first day after it."""

    organization_id: int
    kind: str
    name: str
    starts_on: date
    ends_on: date | None = None
    goal: str = ""
    directive_id: int | None = None
    named_list: str = ""


@write()
def open_drive(draft: DriveDraft, *, by: User | None, at: datetime) -> Drive:
    """Begin a drive.

    Raises:
        Refused: `by` does not keep or lead the organization, it stands no more, the days do not fit, it has a drive of
            that name already, or the directive is no affair of it.
    """
    _check(draft, by, at)
    drive = Drive.objects.create(**asdict(draft), created_at=at, updated_at=at)
    event = Event("drive.opened", drive.organization_id, source=drive, data={"kind": drive.kind})
    record(event, by_id=by.pk if by else None, at=at)
    return drive


@write()
def change_drive(drive_id: int, draft: DriveDraft, *, version: int, by: User | None, at: datetime) -> Drive:
    """Correct a drive, or set its end.

    Raises:
        Refused: as for opening, nothing changed, or somebody changed it since.
    """
    drive = Drive.objects.select_for_update().get(pk=drive_id)
    _check(draft, by, at, but=drive.pk)
    fields = [name for name, value in asdict(draft).items() if getattr(drive, name) != value]
    if not fields:
        raise Refused("没有改动,不必保存。")
    bump_version(drive, version)
    for name in fields:
        setattr(drive, name, getattr(draft, name))
    drive.updated_at = at
    drive.save(update_fields=[*fields, "updated_at"])
    event = Event("drive.changed", drive.organization_id, source=drive, data={"fields": fields})
    record(event, by_id=by.pk if by else None, at=at)
    return drive


def _check(draft: DriveDraft, by: User | None, at: datetime, but: int = 0) -> None:
    today = timezone.localdate(at)
    organization = Organization.objects.get(pk=draft.organization_id)
    check_can_write(organization, authority_of(by, today))
    check_stands(organization, today)
    if draft.ends_on and draft.ends_on <= draft.starts_on:
        raise Refused("结束日期不能早于开始日期。")
    check_not_secret("名称", draft.name)
    check_not_secret("目标要求", draft.goal)
    same = Drive.objects.filter(organization=organization, name=draft.name, starts_on=draft.starts_on)
    if same.exclude(pk=but).exists():
        raise Refused(f"“{organization.name}”的“{draft.name}”已经登记过。")
    # What came to an organization above is carried out below it.
    above = Directive.objects.filter(organization__in=scope_ids(organization, today))
    if draft.directive_id and not above.filter(pk=draft.directive_id).exists():
        raise Refused("所选的上级部署不由这个组织或它的上级承办,请重新选择。")
