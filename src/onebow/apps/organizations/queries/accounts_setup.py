"""Whether the installation waits for its first set-up."""

from onebow.apps.accounts.codes import digest_of
from onebow.apps.base.models import Installation


def setup_awaits(code: str) -> bool:
    """Whether this code opens the set-up page."""
    return bool(code) and Installation.objects.filter(pk=1, setup_digest=digest_of(code)).exists()
