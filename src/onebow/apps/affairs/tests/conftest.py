from collections.abc import Iterator

import pytest

from onebow.apps.affairs.tests.make_talks import make_talking_branch
from onebow.apps.ledger.tests.order import records_last
from onebow.apps.meetings.tests.make import Branch
from onebow.apps.organizations.tests.make import Town, make_town


@pytest.fixture(autouse=True)
def _records_last(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every service that a test of this app calls records last."""
    mark = request.node.get_closest_marker("django_db")
    if "db" not in request.fixturenames or (mark and mark.kwargs.get("transaction")):
        yield
        return
    request.getfixturevalue("db")
    with records_last():
        yield


@pytest.fixture
def town(db) -> Town:
    return make_town()


@pytest.fixture
def branch(db) -> Branch:
    return make_talking_branch()
