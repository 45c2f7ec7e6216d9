"""Sessions as Django keeps them in the database, read by a statement that is built once: every page reads one."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from onebow.apps.base.prepared import Prepared

_open = Prepared(lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now))


class SessionStore(DatabaseStore):
    """The store named in the settings."""

    def _get_session_from_db(self) -> Any:
        found = next(iter(_open.objects(self.session_key or "", timezone.now())), None)
        if found is None:
            self._session_key = None
        return found
