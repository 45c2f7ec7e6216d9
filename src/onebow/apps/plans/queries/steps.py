"""Who decides on a plan: the chain that is proposed, and the steps of a request."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from onebow.apps.base.models import DatedQuerySet
from onebow.apps.organizations.models import Approval, Link, Organization
from onebow.apps.organizations.models.organizations import SEGMENT
from onebow.apps.organizations.queries.reach import Reach, within_any
from onebow.apps.plans.models import Change, ChangeStep
from onebow.apps.plans.queries.visible import written_by

K = Organization.Kind
MOST_STEPS = 5


def chain_for(organization: Organization, on: date) -> list[Organization]:
    """The Party superior, the leading group of the unit, and the level above; what does not exist is left out.

    Where nothing lies above, the organization decides itself, by another person than who asks.
    """
    party = organization if organization.tree == Organization.Tree.PARTY else _party_of(organization, on)
    first = party.parent if party and party.parent_id and _is_low(party) else party
    higher = first.parent if first and first.parent_id else None
    groups = _leading_groups(organization, party, on)
    wanted = [first, *groups[:1], higher or (groups[1] if len(groups) > 1 else None)]
    chain = [one for one in wanted if one and one.pk != organization.pk and one.holds_on(on)]
    return list({one.pk: one for one in chain}.values())[:MOST_STEPS] or [organization]


def _is_low(party: Organization) -> bool:
    """Branches and groups do not decide on their own plans; their committee does."""
    return party.kind in (*Organization.BRANCH_KINDS, K.GENERAL_BRANCH, K.GROUP)


def _party_of(organization: Organization, on: date) -> Organization | None:
    """The Party organization that covers a section or is set in a unit, or in what lies above; the nearest."""
    links = Link.objects.on(on).filter(
        kind__in=(Link.Kind.COVERS, Link.Kind.SET_IN), target__path__in=_up(organization)
    )
    found = links.select_related("source__parent").order_by("-target__depth", "source__depth", "pk").first()
    return found.source if found else None


def _leading_groups(organization: Organization, party: Organization | None, on: date) -> list[Organization]:
    """The leading Party groups of the unit and of the units above it, the nearest first."""
    paths = _up(organization)
    if organization.tree != Organization.Tree.ADMINISTRATIVE:
        links = Link.objects.on(on).filter(kind__in=(Link.Kind.COVERS, Link.Kind.SET_IN))
        own = links.filter(source__path__in=_up(party or organization)).order_by("-source__depth", "pk")
        target = own.select_related("target").first()
        paths = _up(target.target) if target else []
    rows = Organization.objects.on(on).filter(kind=K.LEADING_GROUP, parent__path__in=paths)
    return list(rows.select_related("parent").order_by("-depth", "pk"))


def _up(organization: Organization) -> list[str]:
    path = organization.path
    return [path[:end] for end in range(len(path), 0, -SEGMENT)]


def steps_of(change: Change) -> list[ChangeStep]:
    """The steps of a request, in order, with their decisions."""
    rows = change.steps.select_related("organization", "approval__decided_by", "approval__scan")
    return list(rows.order_by("order"))


def step_waiting(steps: list[ChangeStep]) -> ChangeStep | None:
    """The first step on which nobody decided yet."""
    return next((step for step in steps if step.approval_id is None), None)


def approvals_of(change: Change) -> QuerySet[Approval]:
    """All that was ever decided on a request, returns included, the last first."""
    rows = Approval.objects.filter(subject=change._meta.label_lower, subject_id=change.pk)
    return rows.select_related("organization", "decided_by", "scan").order_by("-decided_at", "-pk")


def waiting_for(reach: Reach) -> QuerySet[Change]:
    """Requests whose turn it is with what the user leads or keeps.

    Nobody decides on what they asked for themselves; an officer may record what was decided on paper all the same.
    """
    before = ChangeStep.objects.filter(change=OuterRef("change"), approval=None, order__lt=OuterRef("order"))
    waiting = ChangeStep.objects.filter(written_by(reach), approval=None).exclude(Exists(before)).values("change")
    rows = Change.objects.filter(state=Change.State.SUBMITTED, pk__in=waiting)
    return rows if reach.managed else rows.exclude(asked_by=reach.user_id)


def step_choices(organization: Organization, reach: Reach, on: date) -> DatedQuerySet[Organization]:
    """Organizations that may be named as steps: the chain proposed, what lies above, and what the user may open."""
    known = [one.pk for one in chain_for(organization, on)]
    condition = Q(pk__in=known) | Q(path__in=_up(organization)) | within_any((*reach.managed, *reach.led))
    rows = Organization.objects.on(on).filter(condition).exclude(tree=Organization.Tree.UNION)
    return rows.exclude(kind__in=(K.SERVICE_CHAIN, K.GROUP)).order_by("depth", "rank", "pk")
