"""Key points, directives and drives on which items and requests of a year may hang."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from onebow.apps.base.unions import no_day, number, word
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.models import Directive, Drive, Plan
from onebow.apps.plans.queries.visible import directives_for, drives_for


def directives_of(reach: Reach, year: int) -> QuerySet[Directive]:
    """Directives of a year and of the one before, the last first."""
    since = Q(received_on__gte=date(year - 1, 1, 1))
    return directives_for(reach).filter(since).order_by("-received_on", "-pk")


def drives_of(reach: Reach, year: int) -> QuerySet[Drive]:
    """Drives that go on in a year."""
    lasts = Q(ends_on=None) | Q(ends_on__gte=date(year, 1, 1))
    return drives_for(reach).filter(lasts).order_by("-pk")


@dataclass(frozen=True)
class Hanging:
    """Ids and titles of what items of a plan may hang on, each in the order in which it is listed."""

    points: dict[int, str]
    directives: dict[int, str]
    drives: dict[int, str]


def hanging_of(reach: Reach, plan: Plan) -> Hanging:
    """What items of a plan may hang on: one statement."""
    points = plan.key_points.filter(removed_at=None).order_by()
    told = points.values_list(word("point"), F("order"), no_day(), "pk", "title")
    directives = directives_of(reach, plan.year).order_by()
    drives = drives_of(reach, plan.year).order_by()
    found: dict[str, list[tuple[int, date | None, int, str]]] = {"point": [], "directive": [], "drive": []}
    rows = told.union(
        directives.values_list(word("directive"), number(), "received_on", "pk", "title"),
        drives.values_list(word("drive"), number(), no_day(), "pk", "name"),
        all=True,
    )
    for part, *row in rows:
        found[part].append(tuple(row))
    return Hanging(
        {pk: title for *_, pk, title in sorted(found["point"], key=lambda row: (row[0], row[2]))},
        {pk: title for *_, pk, title in sorted(found["directive"], key=lambda row: row[1:3], reverse=True)},
        {pk: name for *_, pk, name in sorted(found["drive"], key=lambda row: row[2], reverse=True)},
    )
