import pytest

from onebow.apps.organizations.tests.make import Town, make_town


@pytest.fixture
def town(db) -> Town:
    return make_town()
