"""Ledger events of signing in and out, told by allauth and axes."""

from datetime import datetime

from django.db import transaction

from onebow.apps.accounts.models import User
from onebow.apps.ledger.services import Event, record, record_all


@transaction.atomic
def record_deed(kind: str, user: User, *, at: datetime, address: str | None = None, why: str = "") -> None:
    """Record what a user did with the own account. Holds ids and the client's address, no names."""
    data = {key: value for key, value in {"address": address, "why": why}.items() if value}
    record(Event(kind, source=user, data=data), by_id=user.pk, at=at)


@transaction.atomic
def record_failure(name: str, *, address: str | None, locked: bool, at: datetime) -> None:
    """Record a failed sign-in, and the lock that it brought. An unknown name is not kept: it may be a password."""
    user = User.objects.filter(username=name).first()
    data = {"address": address, "known": user is not None}
    events = [Event("account.sign_in_failed", source=user, data=data)]
    if locked:
        events.append(Event("account.locked", source=user, data=data))
    record_all(events, by_id=None, at=at)
