"""Plans that a user may read, and those that an officer may change."""

from django.db.models import Q, QuerySet

from onebow.apps.organizations.models import Restructuring
from onebow.apps.organizations.queries.reach import Reach, within_any

State = Restructuring.State


def restructurings_for(reach: Reach) -> QuerySet[Restructuring]:
    """Plans that the user may read: of units that an officer keeps; to leaders, what was ever handed in for approval.

    A leader leads the committee that decides, or the whole unit; who leads one branch of it reads none.
    """
    led = within_any(reach.led, "committee__path") | within_any(reach.led, "root__path")
    handed_in = Q(submitted_at__isnull=False) & ~Q(state=State.DRAFT)
    rows = Restructuring.objects.filter(_kept(reach) | (led & handed_in))
    return rows.select_related("root", "committee")


def drafts_for(reach: Reach) -> QuerySet[Restructuring]:
    """Drafts that the officer may change."""
    return Restructuring.objects.filter(_kept(reach), state=State.DRAFT).select_related("root", "committee")


def _kept(reach: Reach) -> Q:
    return within_any(reach.managed, "root__path")
