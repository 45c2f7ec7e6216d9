"""Who may see what of checks: every page starts from one of these."""

from django.db.models import Q, QuerySet

from onebow.apps.base.conditions import any_of
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.models import LIVING, CheckRun, Drive, Gap
from onebow.apps.plans.queries.visible import drives_for, items_for, of_organizations, written_by

# So many drives are offered.
DRIVES = 100
# With these a gap tells its title.
RELATED = ("occurrence__duty", "item", "checkpoint__item", "directive", "organization", "person")
# And with these who answers for it can be found.
ANSWERED = (
    *RELATED, "item__organization", "item__person", "checkpoint__item__organization", "checkpoint__item__person",
)  # fmt: skip


def runs_for(reach: Reach) -> QuerySet[CheckRun]:
    """Checks of what the user keeps or leads."""
    return CheckRun.objects.filter(written_by(reach))


def gaps_for(reach: Reach) -> QuerySet[Gap]:
    """Gaps whose subject the user may read."""
    mine = Q(person=reach.person_id) if reach.person_id else Q(pk__in=[])
    items = items_for(reach).order_by().values("pk")
    conditions = (of_organizations(reach), mine, Q(item__in=items), Q(checkpoint__item__in=items))
    return Gap.objects.filter(any_of(Gap, *conditions, wide=reach.is_wide))


def asked_of(reach: Reach) -> Q:
    """Gaps that the user answers for."""
    return Q(person=reach.person_id, state__in=LIVING) if reach.person_id else Q(pk__in=[])


def closable(reach: Reach) -> Q:
    """Gaps that were made good, as far as columns tell, and that are not the user's own: the rule looks closer."""
    made_good = Q(state__in=LIVING, mended_on__isnull=False)
    # `exclude` would leave out those of nobody as well.
    strange = (Q(person=None) | ~Q(person=reach.person_id or 0)) & (
        Q(answered_by=None) | ~Q(answered_by=reach.user_id or 0)
    )
    return written_by(reach) & made_good & strange


def drives_offered(reach: Reach) -> QuerySet[Drive]:
    """Drives over whose items a campaign may look."""
    return drives_for(reach).order_by("-starts_on", "pk")[:DRIVES]
