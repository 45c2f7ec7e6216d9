"""Whose elections one may see: all of it, or only how they ended."""

from django.db.models import Prefetch, Q, QuerySet

from onebow.apps.base.models import DatedQuerySet
from onebow.apps.organizations.models import Absence, Approval, Election, Organization
from onebow.apps.organizations.queries.reach import Reach, within_any
from onebow.apps.organizations.queries.visible import led_organizations


def elections_for(reach: Reach) -> QuerySet[Election]:
    """Elections that the user runs, or decides on for the superior: all of each."""
    paths = (*reach.managed, *reach.led)
    rows = Election.objects.filter(within_any(paths, "organization__path") | within_any(paths, "superior__path"))
    return rows.select_related("organization", "superior")


def readable_elections(reach: Reach) -> QuerySet[Election]:
    """These, and of the user's own organizations those that are finished."""
    paths = (*reach.managed, *reach.led)
    mine = within_any(paths, "organization__path") | within_any(paths, "superior__path")
    return Election.objects.filter(mine | _own_results(reach)).select_related("organization", "superior")


def with_meeting(elections: QuerySet[Election]) -> QuerySet[Election]:
    """With who chairs and who is not counted, for a page that shows all of it."""
    absences = Prefetch("absences", Absence.objects.select_related("person").order_by("pk"))
    return elections.select_related("chair").prefetch_related(absences)


def electing_organizations(reach: Reach) -> DatedQuerySet[Organization]:
    """Organizations whose elections the user may begin."""
    return led_organizations(reach)


def approvals_of(election: Election) -> QuerySet[Approval]:
    """What was decided on the candidates and the result, in order."""
    rows = Approval.objects.filter(subject=election._meta.label_lower, subject_id=election.pk)
    return rows.select_related("organization", "decided_by", "scan").order_by("pk")


def _own_results(reach: Reach) -> Q:
    """Who sits in a group belongs to its branch."""
    groups = Organization.objects.filter(pk__in=reach.own, kind=Organization.Kind.GROUP).values("parent_id")
    own = Q(organization__in=reach.own) | Q(organization__in=groups)
    return own & Q(state=Election.State.FINISHED)
