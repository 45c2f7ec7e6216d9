"""Subtrees on any day: by today's path, or by the placements of another day."""

from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from onebow.apps.organizations.models import FormerName, Organization, Placement
from onebow.apps.organizations.models.organizations import SEGMENT, within

# The placements of the day, walked downwards. Table name and column names are ours, values are parameters.
_DOWN = """
WITH RECURSIVE below(id) AS (
  SELECT CAST(%s AS BIGINT)
  UNION
  SELECT p.child_id FROM {placement} p JOIN below ON p.parent_id = below.id
  WHERE (p.starts_on IS NULL OR p.starts_on <= %s) AND (p.ends_on IS NULL OR p.ends_on > %s)
) SELECT id FROM below
"""
# What lies above, the higher the greater `height`, and (at 0) what lies directly under; each with the name that it
# bore and bears no more. No tree is deeper than its paths are long.
_AROUND = """
WITH RECURSIVE up(id, height) AS (
  SELECT p.parent_id, 1 FROM {placement} p
   WHERE p.child_id = %(id)s AND p.parent_id IS NOT NULL
     AND (p.starts_on IS NULL OR p.starts_on <= %(on)s) AND (p.ends_on IS NULL OR p.ends_on > %(on)s)
  UNION
  SELECT p.parent_id, up.height + 1 FROM {placement} p JOIN up ON p.child_id = up.id
   WHERE p.parent_id IS NOT NULL AND up.height < 24
     AND (p.starts_on IS NULL OR p.starts_on <= %(on)s) AND (p.ends_on IS NULL OR p.ends_on > %(on)s)
), near(id, height) AS (
  SELECT id, MIN(height) FROM up GROUP BY id
  UNION ALL
  SELECT p.child_id, 0 FROM {placement} p
   WHERE p.parent_id = %(id)s
     AND (p.starts_on IS NULL OR p.starts_on <= %(on)s) AND (p.ends_on IS NULL OR p.ends_on > %(on)s)
) SELECT o.*, near.height AS height,
         (SELECT f.name FROM {former} f WHERE f.organization_id = o.id AND f.ends_on > %(on)s
           ORDER BY f.ends_on LIMIT 1) AS was_named
    FROM near JOIN {organization} o ON o.id = near.id
   ORDER BY near.height DESC, o.rank, o.id
"""


def subtree_on(organization: Organization, on: date, today: date) -> QuerySet[Organization]:
    """The organization and all below it on a day, those valid on that day only."""
    rows = Organization.objects.on(on)
    if on == today:
        return rows.filter(within(organization.path))
    sql = _DOWN.format(placement=Placement._meta.db_table)
    return rows.filter(pk__in=RawSQL(sql, (organization.pk, on, on)))  # noqa: S611 (the values are parameters)


def around(organization: Organization, on: date, today: date) -> tuple[list[Organization], list[Organization]]:
    """What lies above on a day, topmost first, and what lies directly under it, with the names of that day."""
    if on < today:
        return _around_on(organization, on)
    path = organization.path
    tops = [path[:end] for end in range(SEGMENT, len(path), SEGMENT)]
    rows = Organization.objects.filter(Q(path__in=tops) | Q(parent=organization)).order_by("rank", "pk")
    above = sorted((row for row in rows if row.parent_id != organization.pk), key=lambda row: row.depth)
    return above, [row for row in rows if row.parent_id == organization.pk and row.holds_on(on)]


def _around_on(organization: Organization, on: date) -> tuple[list[Organization], list[Organization]]:
    tables = {"placement": Placement, "organization": Organization, "former": FormerName}
    sql = _AROUND.format(**{name: table._meta.db_table for name, table in tables.items()})
    day = connection.ops.adapt_datefield_value(on)
    above, children = [], []
    for row in Organization.objects.raw(sql, {"on": day, "id": organization.pk}):
        told = vars(row)
        row.name = told["was_named"] or row.name
        if told["height"]:
            above.append(row)
        elif row.holds_on(on):
            children.append(row)
    return above, children


def children_on(organization: Organization, on: date) -> QuerySet[Organization]:
    """What lies directly under an organization on a day."""
    placements = Placement.objects.on(on).filter(parent=organization)
    return Organization.objects.on(on).filter(pk__in=placements.values("child_id")).order_by("rank", "pk")


def former_names_on(ids: list[int], on: date) -> dict[int, str]:
    """Names of that day, for organizations renamed since; the others bear today's name."""
    renamed = FormerName.objects.filter(organization_id__in=ids, ends_on__gt=on).order_by("-ends_on")
    return {row.organization_id: row.name for row in renamed}


def with_names_on(organizations: list[Organization], on: date, today: date) -> list[Organization]:
    """The same rows bearing the names of that day (in memory; they must not be saved)."""
    if on < today:
        former = former_names_on([organization.pk for organization in organizations], on)
        for organization in organizations:
            organization.name = former.get(organization.pk, organization.name)
    return organizations
