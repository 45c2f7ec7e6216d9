"""Who succeeds what was dissolved: the lines of enacted plans, followed up to a day."""

from collections.abc import Iterable
from datetime import date

from django.db import connection

from onebow.apps.organizations.models import Organization, RestructuringLine

# From each organization over the lines of what has ended; UNION drops what is reached twice and ends a circle.
_WAYS = """
WITH RECURSIVE way(start, id) AS (
  SELECT o.id, o.id FROM {organization} o WHERE o.id IN ({marks})
  UNION
  SELECT way.start, l.successor_id FROM way
    JOIN {organization} o ON o.id = way.id AND o.ends_on <= %s
    JOIN {line} l ON l.organization_id = way.id AND l.kind = 'dissolve' AND l."on" <= %s
) SELECT way.start, way.id FROM way JOIN {organization} o ON o.id = way.id
   WHERE o.ends_on IS NULL OR o.ends_on > %s
   ORDER BY 1, 2
"""


def successor_of(organization_id: int, on: date) -> Organization | None:
    """What stands in an organization's place on a day: itself while it stands; None where no plan names one."""
    number = successors_of([organization_id], on).get(organization_id)
    return Organization.objects.filter(pk=number).first() if number else None


def successors_of(ids: Iterable[int], on: date) -> dict[int, int]:
    """The same for many at once, by id, in one statement; those without a successor are left out."""
    asked = list(dict.fromkeys(ids))
    if not asked:
        return {}
    names = {"organization": Organization._meta.db_table, "line": RestructuringLine._meta.db_table}
    sql = _WAYS.format(**names, marks=", ".join(["%s"] * len(asked)))
    day = connection.ops.adapt_datefield_value(on)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*asked, day, day, day])
        return dict(cursor.fetchall())
