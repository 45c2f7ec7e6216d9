"""Whether somebody can decide for an organization in the product."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from onebow.apps.accounts.models import User
from onebow.apps.organizations.models import Grant, Link, Organization, Post
from onebow.apps.organizations.models.organizations import SEGMENT
from onebow.apps.organizations.queries.reach import ROLE_OF_POST


def has_decider(organization: Organization, today: date, *, but: int | None) -> bool:
    """Whether anybody but the user `but`, who asked, has an account that leads or keeps it: one statement."""
    path = organization.path
    above = [path[:end] for end in range(SEGMENT, len(path) + 1, SEGMENT)]
    hosts = Link.objects.on(today).filter(kind=Link.Kind.SET_IN, source__path__in=above)
    hosted = Exists(hosts.filter(target__path__startswith=OuterRef("organization__path")))
    posts = Post.objects.on(today).filter(role__in=ROLE_OF_POST, organization__path__in=above)
    grants = Grant.objects.on(today).filter(Q(organization__path__in=above) | hosted, role=Grant.Role.OFFICER)
    users = User.objects.filter(~Q(pk=but or 0), is_active=True, office=User.Office.NONE)
    return users.filter(Q(person__posts__in=posts) | Q(grants__in=grants)).exists()
