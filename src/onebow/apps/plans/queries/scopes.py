"""For whom something that was said for an organization and all below it holds: across both trees."""

from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from onebow.apps.base.models import DatedQuerySet
from onebow.apps.organizations.models import Link, Organization
from onebow.apps.organizations.models.organizations import SEGMENT, within
from onebow.apps.organizations.queries.reach import within_any


def scope_ids(organization: Organization, on: date) -> list[int]:
    """Ids of the organizations whose word holds for this one, the nearest first.

    They are those above it, and above what it is set in or is host to.
    """
    own = paths_above(organization.path)
    links = Link.objects.on(on).filter(kind=Link.Kind.SET_IN)
    hosts = links.filter(source__path__in=own).values_list("target__path")
    # One statement, and each of its halves by its own index.
    tied = hosts.union(links.filter(target__path__in=own).values_list("source__path"))
    across = [path for (end,) in tied for path in paths_above(end)]
    found = dict(Organization.objects.filter(path__in=[*own, *across]).values_list("path", "pk"))
    return [found[path] for path in dict.fromkeys([*own, *sorted(across, key=len, reverse=True)]) if path in found]


def said_for(rows: QuerySet[Any], organization: Organization, on: date) -> list[Any]:
    """Rows with a `scope` whose word holds for this organization, those said nearest first: one statement."""
    found = rows.filter(holding_for(organization, on)).annotate(scope_path=F("scope__path"))
    return sorted(found, key=lambda one: (*nearness(one.scope_path, organization), one.pk))


def holding_for(organization: Organization, on: date, field: str = "scope__path") -> Q:
    """The same organizations as a condition on a path, for who may not ask first."""
    return holding(tuple(paths_above(organization.path)), on, field)


def holding(own: tuple[str, ...], on: date, field: str = "scope__path") -> Q:
    """The same for the organization with these paths, its own and those above."""
    links = Link.objects.on(on).filter(kind=Link.Kind.SET_IN)
    # At or below a path is a range, as in `within`.
    low, high = OuterRef(field), Concat(OuterRef(field), Value("~"))
    tied = links.filter(source__path__in=own, target__path__gte=low, target__path__lt=high)
    hosted = links.filter(target__path__in=own, source__path__gte=low, source__path__lt=high)
    return Q(**{f"{field}__in": own}) | Q(Exists(tied)) | Q(Exists(hosted))


def nearness(path: str, organization: Organization) -> tuple[bool, int]:
    """Sorts paths of organizations whose word holds for this one, the nearest first, as `scope_ids` does."""
    return not organization.path.startswith(path), -len(path)


def organizations_in(scope: Organization, on: date) -> DatedQuerySet[Organization]:
    """Organizations for which the word of `scope` holds on a day: at or below it, or what is set in these."""
    return Organization.objects.on(on).filter(inside(scope, on))


def inside(scope: Organization, on: date, field: str = "path") -> Q:
    """The same as a condition on a path."""
    return within_any(tops_of(scope, on), field)


def tops_of(scope: Organization, on: date) -> list[str]:
    """The paths at or below which its word holds: for who asks of many tables."""
    links = Link.objects.on(on).filter(kind=Link.Kind.SET_IN)
    tied = links.filter(within(scope.path, "target__path")).values_list("source__path", flat=True)
    hosts = links.filter(within(scope.path, "source__path")).values_list("target__path", flat=True)
    # A committee speaks for the unit in which it is set; a branch set in one section does not speak for others.
    return [scope.path, *sorted({*tied, *hosts} - {scope.path})]


def paths_above(path: str) -> list[str]:
    """The path itself and those of what lies above, the nearest first."""
    return [path[:end] for end in range(len(path), 0, -SEGMENT)]
