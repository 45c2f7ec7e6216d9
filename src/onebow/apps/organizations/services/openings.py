"""Opening somebody's record is told in the access log."""

from collections.abc import Iterable
from datetime import datetime, time

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.ledger.access import Look, log_access_once, log_accesses_once
from onebow.apps.organizations.models import Person


def note_opening(person: Person, what: str, *, by: User, at: datetime, fields: tuple[str, ...] = ()) -> None:
    """Record that somebody opened a person's page: once a reader, person and day. Looking at oneself tells nothing.

    `fields` say of what the page spoke, where it was not the whole record.
    """
    if person.user_id == by.pk:
        return
    look = Look(what, person.pk, person.root_id, fields)
    log_access_once(look, since=_midnight(at), by_id=by.pk, at=at)


def note_list(people: Iterable[Person], what: str, *, by: User, at: datetime) -> None:
    """Record that somebody was shown a list that tells more of these people than their names, as for a page of each."""
    looks = [Look(what, one.pk, one.root_id) for one in people if one.user_id != by.pk]
    log_accesses_once(looks, since=_midnight(at), by_id=by.pk, at=at)


def _midnight(at: datetime) -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localdate(at), time.min))
