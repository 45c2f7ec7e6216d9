"""Whether somebody can decide for an organization in the product."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from onebow.apps.accounts.models import User
from onebow.apps.organizations.models import Grant, Link, Organization, Post
from onebow.apps.organizations.models.organizations import SEGMENT
from onebow.apps.organizations.queries.reach import ROLE_OF_POST


def has_decider(organization: Organization, today: date, *, but: int | None) -> bool:
    """Whether anybody but the user `but`, who asked, has an account that leads or keeps the organization."""
    above = _prefixes([organization.path])
    hosts = Link.objects.on(today).filter(kind=Link.Kind.SET_IN, source__path__in=above)
    kept = [*above, *_prefixes(hosts.values_list("target__path", flat=True))]
    posts = Post.objects.on(today).filter(role__in=ROLE_OF_POST, organization__path__in=above)
    grants = Grant.objects.on(today).filter(role=Grant.Role.OFFICER, organization__path__in=kept)
    users = User.objects.filter(~Q(pk=but or 0), is_active=True, office=User.Office.NONE)
    return users.filter(Q(person__posts__in=posts) | Q(grants__in=grants)).exists()


def _prefixes(paths: Iterable[str]) -> list[str]:
    """The paths and those of all that lies above them."""
    return [path[:end] for path in paths for end in range(SEGMENT, len(path) + 1, SEGMENT)]
