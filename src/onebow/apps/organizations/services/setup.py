"""The first set-up of an empty installation."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from onebow.apps.accounts.codes import digest_of, new_code
from onebow.apps.accounts.models import User
from onebow.apps.accounts.services import NewAccount, Slip, made_accounts
from onebow.apps.base.models import Installation
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write_alone
from onebow.apps.ledger.services import Event, record_all
from onebow.apps.organizations.models import Grant, Organization
from onebow.apps.organizations.services.rights import GrantDraft, granted
from onebow.apps.organizations.services.tree_deeds import OrganizationDraft, founded


@dataclass(frozen=True)
class SetupDraft:
    """What the first page asks: the unit, its Party organization, three administrators, the first officer."""

    unit: str
    committee: str
    committee_kind: str
    system: str
    security: str
    audit: str
    officer: str
    officer_name: str


@write_alone()
def make_setup_code() -> str:
    """A fresh code for the set-up page; only its digest is kept, so each call makes the one before void.

    Raises:
        Refused: somebody set the installation up already.
    """
    if User.objects.exists():
        raise Refused("系统已完成初始设置,不再需要设置码。")
    code = new_code()
    Installation.objects.update_or_create(
        pk=1,
        defaults={"setup_digest": digest_of(code)},
        create_defaults={"setup_digest": digest_of(code), "use": Installation.Use.OWN},
    )
    return code


@write_alone()
def set_up(draft: SetupDraft, code: str, *, at: datetime) -> list[Slip]:
    """Found the root unit and its Party organization, open the first four accounts, use the code up.

    A unit that a roster was imported into before is taken as it is.

    Raises:
        Refused: the code was used in the meantime, two sign-in names are the same, or there is another unit.
    """
    installation = Installation.objects.select_for_update().filter(pk=1, setup_digest=digest_of(code)).first()
    if installation is None or User.objects.exists():
        raise Refused("初始设置已经完成,不能重复。请直接登录。")
    unit, events = _unit(draft, at)
    slips, accounts = made_accounts(_accounts(draft), at=at)
    officer = GrantDraft(slips[-1].user_id, Grant.Role.OFFICER, unit.pk, timezone.localdate(at), basis="初始设置")
    _, grant = granted(officer, by=None, at=at)
    installation.setup_digest = ""
    installation.save(update_fields=["setup_digest"])
    # The ledger comes last: whatever waits for its one row holds nothing that this still needs.
    events += [*accounts, grant, Event("installation.set_up", unit.pk, source=installation)]
    record_all(events, by_id=None, at=at)
    return slips


def _unit(draft: SetupDraft, at: datetime) -> tuple[Organization, list[Event]]:
    present = Organization.objects.filter(kind=Organization.Kind.UNIT, parent=None, ends_on=None)
    if unit := present.filter(name=draft.unit).first():
        return unit, []
    if other := present.first():
        raise Refused(f"已导入过单位“{other.name}”的名册,请把单位名称填成“{other.name}”;以后可以在单位页面更名。")
    unit, first = founded(OrganizationDraft(Organization.Kind.UNIT, draft.unit), by=None, at=at)
    committee = OrganizationDraft(draft.committee_kind, draft.committee, set_in_id=unit.pk)
    _, second = founded(committee, by=None, at=at)
    return unit, [first, second]


def _accounts(draft: SetupDraft) -> list[NewAccount]:
    office = User.Office
    return [
        NewAccount(draft.system, office.SYSTEM.label, office.SYSTEM),
        NewAccount(draft.security, office.SECURITY.label, office.SECURITY),
        NewAccount(draft.audit, office.AUDIT.label, office.AUDIT),
        NewAccount(draft.officer, draft.officer_name),
    ]
