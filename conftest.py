"""What every test stands on."""

from collections.abc import Iterator

import pytest
from django.test import override_settings

from onebow import home


@pytest.fixture(scope="session", autouse=True)
def _fast_hashing() -> Iterator[None]:
    """Hash passwords fast; tests of the real hasher ask for it by name."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


def pytest_configure() -> None:
    """Make the folder of collected files, which the server warns about where nothing was built yet."""
    home.folder("static")
