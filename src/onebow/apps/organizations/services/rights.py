"""Grants and offices: the security administrator's deeds."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.accounts.services import bump_rights
from onebow.apps.base.filters import day
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write, write_alone
from onebow.apps.ledger.services import Event, record
from onebow.apps.organizations import rules
from onebow.apps.organizations.models import Grant, Organization, Person


@dataclass(frozen=True)
class GrantDraft:
    """A role over an organization and all below it, for a time."""

    user_id: int
    role: str
    organization_id: int
    starts_on: date | None = None
    ends_on: date | None = None
    basis: str = ""


@write()
def make_grant(draft: GrantDraft, *, by: User | None, at: datetime) -> Grant:
    """Give a role; the holder's sessions end, so that the next page shows it.

    Raises:
        Refused: the holder is an administrator or disabled, the dates cross, or the grant stands already.
    """
    grant, event = granted(draft, by=by, at=at)
    record(event, by_id=by.pk if by else None, at=at)
    return grant


def granted(draft: GrantDraft, *, by: User | None, at: datetime) -> tuple[Grant, Event]:
    """The grant, and what is to be recorded of it once all else is written. Runs in a transaction."""
    # Before the user, as all services lock them. The user is locked so that no office is given at the same moment.
    organization = Organization.objects.select_for_update(no_key=True).get(pk=draft.organization_id)
    user = User.objects.select_for_update().get(pk=draft.user_id)
    _check_security(by)
    rules.check_not_administrator(user)
    rules.check_dates(draft.starts_on, draft.ends_on)
    if not user.is_active:
        raise Refused(f"账号“{user.username}”已停用,不能授权。")
    if draft.ends_on and draft.ends_on <= timezone.localdate(at):
        raise Refused("截止日期已过,这项授权不会生效。")
    standing = Grant.objects.filter(user=user, role=draft.role, organization=organization)
    if standing.not_ended(draft.starts_on or date.min).exists():
        raise Refused(f"“{user.username}”在“{organization.name}”已有同样的授权。")
    grant = Grant.objects.create(
        user=user,
        role=draft.role,
        organization=organization,
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
        basis=draft.basis,
        created_at=at,
        updated_at=at,
    )
    bump_rights([user.pk])
    return grant, _event("grant.made", grant)


@write()
def end_grant(grant_id: int, *, by: User, at: datetime) -> Grant:
    """Take a role away from today on; the holder's sessions end now.

    Raises:
        Refused: it ended already.
    """
    grant = Grant.objects.select_for_update().select_related("user").get(pk=grant_id)
    today = timezone.localdate(at)
    _check_security(by)
    if grant.ends_on and grant.ends_on <= today:
        raise Refused(f"这项授权已于{day(grant.ends_on)}结束。")
    if grant.starts_on and grant.starts_on >= today:
        # It would end before it began: as if it began the day before.
        grant.starts_on = None
    grant.ends_on, grant.updated_at = today, at
    grant.save(update_fields=["starts_on", "ends_on", "updated_at"])
    bump_rights([grant.user_id])
    record(_event("grant.ended", grant), by_id=by.pk, at=at)
    return grant


@write_alone()
def give_office(user_id: int, office: str, *, by: User, at: datetime) -> User:
    """Make an account an administrator, or with `none` an ordinary account again.

    Raises:
        Refused: the own account, the last holder of an office, a holder of a grant, or a person of the roster.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    _check_security(by)
    if user.pk == by.pk:
        raise Refused("不能改变自己的管理员职责。")
    if user.office == office:
        return user
    _check_not_last(user)
    if office != User.Office.NONE:
        _check_no_business(user, timezone.localdate(at))
    before, user.office = user.office, office
    user.save(update_fields=["office"])
    bump_rights([user.pk])
    event = Event("account.office_given", source=user, data={"office": office, "before": before})
    record(event, by_id=by.pk, at=at)
    return user


def _check_security(by: User | None) -> None:
    if by is not None and by.office != User.Office.SECURITY:
        raise Refused("只有安全管理员可以授权。")


def _check_not_last(user: User) -> None:
    if user.office == User.Office.NONE:
        return
    others = User.objects.filter(office=user.office, is_active=True).exclude(pk=user.pk)
    if not others.exists():
        raise Refused(f"“{user.username}”是唯一的{user.get_office_display()},请先任命另一位。")


def _check_no_business(user: User, today: date) -> None:
    if grant := Grant.objects.not_ended(today).filter(user=user).select_related("organization").first():
        raise Refused(f"“{user.username}”仍有“{grant.organization.name}”的授权,收回后才能任命为管理员。")
    if Person.objects.filter(user=user).exists():
        raise Refused(f"“{user.username}”是花名册人员的账号,管理员须另开账号。")


def _event(kind: str, grant: Grant) -> Event:
    return Event(kind, grant.organization_id, source=grant, data={"user": grant.user_id, "role": grant.role})
