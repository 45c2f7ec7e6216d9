"""Directives and drives on which items and requests of a year may hang."""

from datetime import date

from django.db.models import Q, QuerySet

from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.models import Directive, Drive
from onebow.apps.plans.queries.visible import directives_for, drives_for


def directives_of(reach: Reach, year: int) -> QuerySet[Directive]:
    """Directives of a year and of the one before, the last first."""
    since = Q(received_on__gte=date(year - 1, 1, 1))
    return directives_for(reach).filter(since).order_by("-received_on", "-pk")


def drives_of(reach: Reach, year: int) -> QuerySet[Drive]:
    """Drives that go on in a year."""
    lasts = Q(ends_on=None) | Q(ends_on__gte=date(year, 1, 1))
    return drives_for(reach).filter(lasts).order_by("-pk")
