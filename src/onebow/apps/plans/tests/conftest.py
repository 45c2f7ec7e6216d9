from collections.abc import Iterator

import pytest

from onebow.apps.ledger.tests.order import records_last
from onebow.apps.organizations.tests.make import Town, make_town
from onebow.apps.plans.tests.make_checks import Apart, make_apart_in_town
from onebow.apps.plans.tests.make_items import Trip, make_trip_in_town
from onebow.apps.plans.tests.make_plans import Year, make_year_in_town


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
def trip(db) -> Trip:
    """A trip in a town of its own, which is the test's `town` too."""
    return make_trip_in_town()


@pytest.fixture
def year(db) -> Year:
    """A plan in a town of its own, which is the test's `town` too."""
    return make_year_in_town()


@pytest.fixture
def town(request: pytest.FixtureRequest, db) -> Town:
    for name in {"apart", "trip", "year"} & set(request.fixturenames):
        made = request.getfixturevalue(name)
        if isinstance(made, Apart | Trip | Year):
            return made.town
    return make_town()


@pytest.fixture
def apart(db) -> Apart:
    """Something that runs apart in a town of its own, which is the test's `town` too."""
    return make_apart_in_town()
