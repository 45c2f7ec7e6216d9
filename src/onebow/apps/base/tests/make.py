"""Small things that the tests of the base stand on."""

from datetime import UTC, datetime

from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest
from django.test import RequestFactory

from onebow.apps.base.models import File

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def make_request(address: str = "/list/") -> HttpRequest:
    """A GET as a view receives it, nobody signed in."""
    request = RequestFactory().get(address)
    request.session = {}
    request._messages = FallbackStorage(request)
    return request


def make_files(count: int) -> None:
    """So many files, `name` in three kinds and `bytes` with doubles."""
    File.objects.bulk_create(
        File(sha256=f"{i:064x}", name=f"{('信', '表', 'Letter')[i % 3]}{i:04d}", bytes=i // 2, made_at=NOON)
        for i in range(count)
    )
