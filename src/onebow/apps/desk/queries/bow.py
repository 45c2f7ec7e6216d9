"""A bow as its page tells it: whose, of which year and day, in figures, item by item or by organization."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When

from onebow.apps.base.dates import AsOf
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.former import named_on
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.organizations.queries.visible import organizations_for
from onebow.apps.plans.queries.bow.figures import Counted, Figures, Row, below, counted, whole
from onebow.apps.plans.queries.bow.items import BowTie, bow_items, by_item, ties_of_items
from onebow.apps.plans.queries.bow.places import Scope, scope_of

# Up to so many items each has its own place in the picture.
MOST_ITEMS = 60
MOST_OWN = 40
ADMINISTRATIVE, UNION = Organization.Tree.ADMINISTRATIVE, Organization.Tree.UNION


@dataclass(frozen=True)
class Asked:
    """Whose bow, with what one might ask for instead; of which year, on which day."""

    organization: Organization
    choices: tuple[Organization, ...]
    year: int
    when: AsOf


@dataclass
class Bow:
    """The bow of an organization; `items` if they are few enough to be drawn each."""

    scope: Scope
    year: int
    counted: list[Counted]
    figures: Figures
    below: list[Row]
    # What is in none of these.
    rest: Figures
    items: list[Any] | None
    ties: list[BowTie]

    @property
    def is_few(self) -> bool:
        """Whether each item has its place."""
        return self.items is not None


def own_organizations(reach: Reach, on: date, today: date, asked: int | None) -> list[Organization]:
    """What the user keeps, leads and belongs to, the widest and the business side first; and what was asked for."""
    tops = Q(path__in=[*reach.managed, *reach.led]) | Q(pk__in=reach.own)
    is_other = Case(When(pk=asked or 0, then=Value(0)), default=Value(1))
    rows = organizations_for(reach).on(on).exclude(tree=UNION).filter(tops | Q(pk=asked or 0))
    mine = named_on(rows.order_by(is_other, "path")[:MOST_OWN], on, today)
    return sorted(mine, key=lambda one: _rank(one, reach))


def _rank(one: Organization, reach: Reach) -> tuple[int, bool, str]:
    # Whoever leads a branch and a section alike thinks of the bow as the branch's.
    place = 0 if one.path in reach.managed else 1 if one.path in reach.led else 2
    return place, (one.tree == ADMINISTRATIVE) != (place == 0), one.path


def bow_of(asked: Asked, reach: Reach) -> Bow:
    """All of it but the list: four to six statements."""
    scope = scope_of(asked.organization, reach, asked.when.on)
    rows, today = counted(scope, asked.year, asked.when.today), asked.when.today
    figures = whole(rows)
    items, ties = None, []
    if figures.both.all <= MOST_ITEMS:
        items = list(listed(scope, asked.year, today)) if rows else []
        ties = ties_of_items([item.pk for item in items], scope, reach)
    return Bow(scope, asked.year, rows, figures, *below(scope, rows, today), items, ties)


def listed(scope: Scope, year: int, today: date) -> QuerySet[Any]:
    """The items behind every number."""
    return bow_items(scope, year, today)


def tied_to(bow: Bow, items: Sequence[Any], reach: Reach) -> dict[int, list[Any]]:
    """What these items are tied to; nothing is asked again that the picture knows."""
    ties = bow.ties if bow.is_few else ties_of_items([item.pk for item in items], bow.scope, reach)
    return by_item(ties)
