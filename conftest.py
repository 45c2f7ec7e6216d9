"""What every test stands on."""

import os
from collections.abc import Iterator

import pytest
from django.test import override_settings

from onebow import home


@pytest.fixture(scope="session", autouse=True)
def _fast_hashing() -> Iterator[None]:
    """Hash passwords fast; tests of the real hasher ask for it by name."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True)
def _own_witness() -> None:
    """A test's database is taken back afterwards; what witnessed it would accuse the next one."""
    (home.HOME / "witness" / "heads.jsonl").unlink(missing_ok=True)


def pytest_configure() -> None:
    """Give each worker of a parallel run a data folder of its own: progress and files bear the same numbers."""
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        home.HOME = home.HOME / worker
