"""A bow as its page tells it: whose, of which year and day, in figures, item by item or by organization."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When

from onebow.apps.base.dates import AsOf
from onebow.apps.base.rows import PreparedRows
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.former import named_on
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.organizations.queries.visible import organizations_for
from onebow.apps.plans.queries.bow.figures import Counted, Figures, Row, below, counted, whole
from onebow.apps.plans.queries.bow.force import SAID, TIED, UNTIED, end_of, narrowed
from onebow.apps.plans.queries.bow.items import BowTie, bow_items, ties_of_items, with_standing
from onebow.apps.plans.queries.bow.places import Scope, scope_of

# Up to so many items each has its own place in the picture.
MOST_ITEMS = 60
# More are neither sorted nor drawn.
MOST_SORTED = 5_000
MOST_OWN = 40
# What wants a look comes first.
ORDER = {UNTIED: 0, TIED: 1, SAID: 2}
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

    @property
    def is_readable(self) -> bool:
        """Whether a picture of it could be read; of thousands of items the bows below can."""
        return self.figures.both.all <= MOST_SORTED


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
        items = bow_items(scope, asked.year, today).slice(0, MOST_ITEMS) if rows else []
        ties = ties_of_items([item.pk for item in items], scope, reach)
        with_standing(items, ties, scope)
        items.sort(key=lambda item: ORDER[item.standing])
    return Bow(scope, asked.year, rows, figures, *below(scope, rows, today), items, ties)


def listed(bow: Bow, today: date) -> PreparedRows:
    """The items behind every number, where they are many."""
    return bow_items(bow.scope, bow.year, today, sort=bow.figures.both.all <= MOST_SORTED)


def of_standing(bow: Bow, rows: QuerySet[Any], standing: str) -> QuerySet[Any]:
    """Those of them that stand so."""
    return narrowed(rows, standing, end_of(bow.scope.on))


def tied_to(bow: Bow, items: Sequence[Any], reach: Reach) -> dict[int, list[Any]]:
    """What these items are tied to; nothing is asked again that the picture knows."""
    ties = bow.ties if bow.is_few else ties_of_items([item.pk for item in items], bow.scope, reach)
    return with_standing(items, ties, bow.scope)
