"""Whose dues one may see, and whose one keeps."""

from datetime import date

from django.db.models import QuerySet

from onebow.apps.affairs.models import DuesRelief
from onebow.apps.base.models import DatedQuerySet
from onebow.apps.organizations.models import Organization, Post
from onebow.apps.organizations.queries.reach import Operator, Reach, lying_under, within_any

Kind = Organization.Kind
KEEPERS = (Post.Role.SECRETARY, Post.Role.DEPUTY_SECRETARY)


def branches_for(reach: Reach) -> DatedQuerySet[Organization]:
    """Branches whose dues the user keeps or reads in sum."""
    kinds = (Kind.BRANCH, Kind.JOINT_BRANCH, Kind.TEMPORARY_BRANCH)
    return Organization.objects.filter(within_any((*reach.managed, *reach.led)), kind__in=kinds)


def keeps(branch: Organization, authority: Reach | Operator, today: date) -> bool:
    """Whether the bases of a branch are the user's to keep and to see: those above read sums alone."""
    if authority.manages(branch.path):
        return True
    if not isinstance(authority, Reach) or not authority.leads(branch.path):
        return False
    posts = Post.objects.on(today).filter(person=authority.person_id or 0, organization=branch)
    return posts.filter(role__in=KEEPERS).exists()


def reliefs_for(reach: Reach) -> QuerySet[DuesRelief]:
    """Reliefs of branches that the user keeps or leads; whoever decides on them leads the branch too."""
    return DuesRelief.objects.filter(lying_under((*reach.managed, *reach.led)))
