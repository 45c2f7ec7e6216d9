"""What every test stands on."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.test import override_settings
from tests.clock import put_clock
from tests.shifts import Shifts, place_of

from onebow import home
from onebow.apps.base.memory import settle
from onebow.apps.base.tests.installation import end_sessions, migrated_kept, own_environment, without_vacuum

# How long a draw takes says nothing on a machine that does other things too.
_PATIENT = hypothesis.settings(deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.register_profile("patient", parent=_PATIENT)
hypothesis.settings.load_profile("patient")

# Here, as builders reckon days while they are imported.
if moment := os.environ.get("CLOCK"):
    put_clock(moment)


@pytest.fixture(scope="session", autouse=True)
def _fast_hashing() -> Iterator[None]:
    """Hash passwords fast; tests of the real hasher ask for it by name."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Make the tests' database, and a copy of it for those that want one of their own."""
    with django_db_blocker.unblock(), migrated_kept():
        without_vacuum()
        with django_db_blocker.block():
            yield
        end_sessions()


@pytest.fixture(autouse=True)
def _own_witness() -> None:
    """A test's database is taken back afterwards; what witnessed it would accuse the next one."""
    Path(settings.WITNESS).unlink(missing_ok=True)
    # And so would what was found in it.
    (home.HOME / "run" / "ledger-checked.json").unlink(missing_ok=True)


@pytest.fixture
def own(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of another process with a data folder (`tmp_path / "home"`) and a database of its own."""
    with own_environment(tmp_path / "home") as environment:
        yield environment


@pytest.fixture
def installed(tmp_path: Path, django_db_setup: None) -> Iterator[dict[str, str]]:
    """The same with the database migrated."""
    with own_environment(tmp_path / "home", migrated=True) as environment:
        yield environment


def pytest_configure() -> None:
    """Give each worker of a parallel run a data folder of its own: progress and files bear the same numbers."""
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        home.HOME = home.HOME / worker
    settings.WITNESS = home.HOME / "witness" / "heads.jsonl"
    settings.BACKUPS = home.HOME / "backups"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Shifts:
    """Hand the tests out in the order in which they are collected."""
    config.option.loadscopereorder = False
    return Shifts(config, log)


# Who asks for none of these looks at no database.
DATABASES = frozenset({"db", "transactional_db", "live_server", "own", "installed"})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip by name what one of the databases cannot do; put first what takes long."""
    # Browsers last: once one runs in a worker, everything else there takes three times as long.
    items.sort(key=lambda item: (item.get_closest_marker("browser") is not None, place_of(item.nodeid)))
    ours = "postgresql" if settings.DATABASES["default"]["ENGINE"].endswith("postgresql") else "sqlite"
    for item in items:
        # Without a mark on any test, none of the tests' databases is made.
        if "django_db_setup" in item.fixturenames and not item.get_closest_marker("django_db"):
            item.add_marker("django_db")
        if not item.get_closest_marker("django_db") and not DATABASES.intersection(item.fixturenames):
            item.add_marker("no_database")
        for vendor in ("sqlite", "postgresql"):
            if item.get_closest_marker(f"only_{vendor}") and vendor != ours:
                item.add_marker(pytest.mark.skip(reason=f"about {vendor} alone"))


def pytest_collection_finish() -> None:
    """What was collected stays until the end: no collection of a test's garbage need walk over it."""
    settle()
