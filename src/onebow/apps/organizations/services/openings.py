"""Opening somebody's record is told in the access log."""

from datetime import datetime, time

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.ledger.access import Look, log_access_once
from onebow.apps.organizations.models import Person


def note_opening(person: Person, what: str, *, by: User, at: datetime, fields: tuple[str, ...] = ()) -> None:
    """Record that somebody opened a person's page: once a reader, person and day. Looking at oneself tells nothing.

    `fields` say of what the page spoke, where it was not the whole record.
    """
    if person.user_id == by.pk:
        return
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(at), time.min))
    look = Look(what, person.pk, person.root_id, fields)
    log_access_once(look, since=midnight, by_id=by.pk, at=at)
