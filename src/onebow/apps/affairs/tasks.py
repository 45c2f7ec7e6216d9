"""Long work of the background worker. A task may be delivered twice; the second time finds nothing to do."""

from django.utils import timezone

from onebow.apps.affairs.services import workbooks
from onebow.apps.base.logs import discreet


@discreet
def make_workbooks(batch_id: int) -> None:
    """Make the work manuals of several branches."""
    workbooks.make_workbooks(batch_id, at=timezone.now(), now=timezone.now)


@discreet
def forget_workbooks() -> int:
    """Drop work manuals that were made some days ago. Returns how many batches."""
    return workbooks.forget_workbooks(at=timezone.now())
