"""Opening, activating and closing accounts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.db.models import F

from onebow.apps.accounts import rules
from onebow.apps.accounts.codes import digest_of, new_code
from onebow.apps.accounts.models import User
from onebow.apps.accounts.names import sign_in_name
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write_alone
from onebow.apps.ledger.services import Event, record, record_all

CODE_DAYS = 14


@dataclass(frozen=True)
class NewAccount:
    """What makes an account. An office is given at set-up only; later the security administrator gives it."""

    username: str
    display_name: str
    office: str = User.Office.NONE


@dataclass(frozen=True)
class Slip:
    """激活单: what a person is handed to sign in for the first time. Never stored."""

    user_id: int
    username: str
    display_name: str
    expires_at: datetime
    code: str = field(repr=False)


def create_account(new: NewAccount, *, by: User | None, at: datetime) -> Slip:
    """Open one account.

    Raises:
        Refused: the sign-in name is taken or malformed.
    """
    return create_accounts([new], by=by, at=at)[0]


@write_alone()
def create_accounts(news: Sequence[NewAccount], *, by: User | None, at: datetime) -> list[Slip]:
    """Open accounts without password, each with a slip.

    Raises:
        Refused: a sign-in name is taken, malformed or named twice.
    """
    slips, events = made_accounts(news, at=at)
    record_all(events, by_id=by.pk if by else None, at=at)
    return slips


def made_accounts(news: Sequence[NewAccount], *, at: datetime) -> tuple[list[Slip], list[Event]]:
    """The slips, and what is to be recorded once all else is written. Runs in a lone transaction."""
    names = [sign_in_name(new.username) for new in news]
    rules.check_names(names)
    codes, expires_at = [new_code() for _ in news], at + timedelta(days=CODE_DAYS)
    users = User.objects.bulk_create(
        [
            User(
                username=name,
                display_name=new.display_name,
                office=new.office,
                password=UNUSABLE_PASSWORD_PREFIX,
                activation_digest=digest_of(code),
                activation_expires_at=expires_at,
                made_at=at,
            )
            for new, name, code in zip(news, names, codes, strict=True)
        ],
        batch_size=1000,
    )
    slips = [
        Slip(user.pk, user.username, user.display_name, expires_at, code)
        for user, code in zip(users, codes, strict=True)
    ]
    return slips, [Event("account.created", source=user, data={"office": user.office}) for user in users]


@transaction.atomic
def issue_slip(user_id: int, *, by: User | None, at: datetime) -> Slip:
    """Make a new activation code; an older one is void from now on.

    Raises:
        Refused: the account is disabled.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    rules.check_can_issue_slip(user)
    code, expires_at = new_code(), at + timedelta(days=CODE_DAYS)
    user.activation_digest, user.activation_expires_at = digest_of(code), expires_at
    user.save(update_fields=["activation_digest", "activation_expires_at"])
    record(Event("account.slip_printed", source=user), by_id=by.pk if by else None, at=at)
    return Slip(user.pk, user.username, user.display_name, expires_at, code)


@transaction.atomic
def activate_account(user_id: int, code: str, password_hash: str, *, at: datetime) -> User:
    """Use up the code and set the password (hashed before, so that no transaction waits for the hashing).

    Raises:
        Refused: somebody used the code in the meantime, or it was replaced.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    if not user.activation_digest or user.activation_digest != digest_of(code):
        raise Refused("激活码已经使用过或已作废,请向管理员重新领取激活单。")
    user.password = password_hash
    user.activation_digest, user.activation_expires_at = "", None
    user.save(update_fields=["password", "activation_digest", "activation_expires_at"])
    record(Event("account.activated", source=user), by_id=user.pk, at=at)
    return user


@write_alone()
def disable_account(user_id: int, *, by: User, at: datetime) -> None:
    """Close an account; all its sessions end now, and its slip is void.

    Raises:
        Refused: it is the own account, or the last one of an office.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    rules.check_can_disable(user, by)
    if not user.is_active:
        return
    user.is_active, user.activation_digest, user.activation_expires_at = False, "", None
    user.save(update_fields=["is_active", "activation_digest", "activation_expires_at"])
    bump_rights([user.pk])
    record(Event("account.disabled", source=user), by_id=by.pk, at=at)


@transaction.atomic
def enable_account(user_id: int, *, by: User, at: datetime) -> None:
    """Open a closed account again."""
    user = User.objects.select_for_update().get(pk=user_id)
    if user.is_active:
        return
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(Event("account.enabled", source=user), by_id=by.pk, at=at)


@transaction.atomic
def unlock_account(user_id: int, *, by: User, at: datetime) -> None:
    """Forget the failed sign-ins of an account, so that its lock opens."""
    user = User.objects.get(pk=user_id)
    AccessAttempt.objects.filter(username=user.username).delete()
    record(Event("account.unlocked", source=user), by_id=by.pk, at=at)


@transaction.atomic
def remove_factors(user_id: int, *, by: User | None, at: datetime) -> None:
    """Remove the second factors of an account whose holder lost them; its sessions end."""
    user = User.objects.select_for_update().get(pk=user_id)
    Authenticator.objects.filter(user=user).delete()
    bump_rights([user.pk])
    record(Event("account.factor_removed", source=user), by_id=by.pk if by else None, at=at)


def bump_rights(user_ids: Collection[int]) -> None:
    """End every session of these accounts: their rights are others from now on."""
    User.objects.filter(pk__in=user_ids).update(rights_version=F("rights_version") + 1)


@transaction.atomic
def forget_account(user_id: int) -> Event:
    """Close an account for good: nothing in it names anybody any more, and nobody can open it again.

    Returns what the caller records once all else is written.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    Authenticator.objects.filter(user=user).delete()
    AccessAttempt.objects.filter(username=user.username).delete()
    user.username, user.display_name, user.password = f"erased-{user.pk}", "已删除", UNUSABLE_PASSWORD_PREFIX
    user.is_active, user.activation_digest, user.activation_expires_at = False, "", None
    user.save()
    bump_rights([user.pk])
    return Event("account.disabled", source=user)
