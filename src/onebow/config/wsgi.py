"""The WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onebow.config.settings")
application = get_wsgi_application()

from onebow.apps.base.memory import settle  # noqa: E402
from onebow.config.databases import keep_connection, keep_statements, limit_statements  # noqa: E402
from onebow.options import OPTIONS_READ  # noqa: E402

limit_statements(OPTIONS_READ.statement_seconds)
keep_connection()
keep_statements()
settle()
