"""Plans that a user may read, and those that an officer may change."""

from django.db.models import Q, QuerySet

from onebow.apps.organizations.models import Organization, Restructuring
from onebow.apps.organizations.queries.reach import Reach, within_any

State = Restructuring.State
K = Organization.Kind
# What neither decides on a plan nor has one made for it.
INNER = frozenset(
    {*Organization.BRANCH_KINDS, K.GROUP, K.SECTION, K.DEPARTMENT, K.SERVICE_CHAIN, K.LEADING_GROUP, K.UNION}
)


def restructurings_for(reach: Reach) -> QuerySet[Restructuring]:
    """Plans that the user may read: of units that an officer keeps; to leaders, what was ever handed in for approval.

    A leader leads the committee that decides, or the whole unit; who leads one branch of it reads none.
    """
    led = within_any(reach.led, "committee__path") | within_any(reach.led, "root__path")
    handed_in = Q(submitted_at__isnull=False) & ~Q(state=State.DRAFT)
    rows = Restructuring.objects.filter(_kept(reach) | (led & handed_in))
    return rows.select_related("root", "committee")


def may_meet_plans(reach: Reach) -> bool:
    """Whether any plan could ever be theirs to read: who leads a branch or a section meets none, whatever happens."""
    if reach.managed:
        return True
    return any(one.organization.kind not in INNER and reach.leads(one.organization.path) for one in reach.standing)


def drafts_for(reach: Reach) -> QuerySet[Restructuring]:
    """Drafts that the officer may change."""
    return Restructuring.objects.filter(_kept(reach), state=State.DRAFT).select_related("root", "committee")


def _kept(reach: Reach) -> Q:
    return within_any(reach.managed, "root__path")
