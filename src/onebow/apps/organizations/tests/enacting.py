"""What the tests of enactment share."""

from onebow.apps.organizations.models import Link, Membership, Organization, Post
from onebow.apps.organizations.services.restructuring.enact import enact_restructuring
from onebow.apps.organizations.tests.make_plans import AT


def enact(plan, bureau, at=AT):
    return enact_restructuring(plan.pk, by=bureau.officer, at=at)


def section_branch(section):
    return Organization.objects.get(name=f"{section}党支部", ends_on=None)


def check_nothing_hangs():
    """No open row names what has ended."""
    ended = Organization.objects.exclude(ends_on=None)
    assert not Membership.objects.filter(organization__in=ended, ends_on=None).exists()
    assert not Post.objects.filter(organization__in=ended, ends_on=None).exists()
    assert not Link.objects.filter(source__in=ended, ends_on=None).exists()
    assert not Link.objects.filter(target__in=ended, ends_on=None).exists()
    assert not Organization.objects.filter(parent__in=ended, ends_on=None).exists()
    for one in Organization.objects.all():
        parent = one.parent.path if one.parent else ""
        assert (one.path[:-5], one.depth) == (parent, len(parent) // 5)
