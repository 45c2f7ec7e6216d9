"""Whether the installation waits for its first set-up."""

from onebow.apps.accounts.codes import digest_of
from onebow.apps.base.models import Installation
from onebow.apps.organizations.models import Organization


def setup_awaits(code: str) -> bool:
    """Whether this code opens the set-up page."""
    return bool(code) and Installation.objects.filter(pk=1, setup_digest=digest_of(code)).exists()


def imported_unit() -> str:
    """The name of the unit that a roster was imported into before the set-up; empty if there is none."""
    roots = Organization.objects.filter(kind=Organization.Kind.UNIT, parent=None, ends_on=None)
    return roots.values_list("name", flat=True).first() or ""
