import pytest

from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.services.imports_root import make_root
from onebow.apps.organizations.tests.make import Town, make_town
from onebow.apps.organizations.tests.make_rosters import AT


@pytest.fixture
def town(db) -> Town:
    return make_town()


@pytest.fixture
def root(db) -> Organization:
    """The root unit of an otherwise empty database, with its Party organization."""
    return make_root("某局", at=AT)
