"""What tests of pages do: open one and count what it asks."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

HTMX = {"HX-Request": "true"}
MOST = 12


def text(client, address, status=200, **data):
    answer = client.get(address, data)
    assert answer.status_code == status, answer.content.decode()[-2000:]
    return answer.content.decode()


def statements(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
