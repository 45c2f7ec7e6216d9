"""Where sessions are kept."""

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore


class SessionStore(DatabaseStore):
    """The database; a session that is there already is written by one statement, without a transaction around it."""

    def save(self, must_create: bool = False) -> None:
        """Write the session.

        Raises:
            UpdateError: it was deleted meanwhile.
        """
        if must_create or self.session_key is None:
            super().save(must_create=must_create)
            return
        row = self.create_model_instance(dict(self.items()))
        rows = self.model.objects.filter(pk=row.pk)
        if not rows.update(session_data=row.session_data, expire_date=row.expire_date):
            raise UpdateError
