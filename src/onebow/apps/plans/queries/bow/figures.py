"""How many items there are, tied, untied, and said to need no tie."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, F, QuerySet
from django.db.models.functions import Coalesce

from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.models.organizations import SEGMENT
from onebow.apps.organizations.queries.former import name_on, named_on
from onebow.apps.organizations.queries.reach import within_any
from onebow.apps.plans.models import Item, Side
from onebow.apps.plans.queries.bow.force import SAID, TIED, end_of, in_force, standing_at
from onebow.apps.plans.queries.bow.places import PARTY, SET_IN, Scope, holders

# More branches than these are no table to look over: the organizations directly below come instead.
MOST_BRANCHES = 60
MOST_BELOW = 300
BODIES = (*Organization.BRANCH_KINDS, Organization.Kind.GENERAL_BRANCH)


class Tally(NamedTuple):
    """Items of one side: all, and of these the tied ones and those said to need no tie."""

    all: int = 0
    tied: int = 0
    said: int = 0

    @property
    def needed(self) -> int:
        """How many need a tie."""
        return self.all - self.said

    @property
    def untied(self) -> int:
        """How many need a tie and have none."""
        return self.all - self.said - self.tied

    @property
    def words(self) -> str:
        """As a page tells it: never a share without its numbers, and unknown is not zero.

        >>> Tally(42, 36, 2).words, Tally(3, 0, 3).words, Tally().words
        ('36/40 项', '都无需挂钩', '没有事项')
        """
        if not self.all:
            return "没有事项"
        return f"{self.tied}/{self.needed} 项" if self.needed else "都无需挂钩"

    def plus(self, other: "Tally") -> "Tally":
        """Both together."""
        return Tally(self.all + other.all, self.tied + other.tied, self.said + other.said)


NOTHING = Tally()


@dataclass
class Figures:
    """Tallies of both sides."""

    business: Tally = NOTHING
    party: Tally = NOTHING

    @property
    def both(self) -> Tally:
        """Of both sides together."""
        return self.business.plus(self.party)

    def add(self, side: str, tally: Tally) -> None:
        """Count in some items of a side."""
        if side == Side.PARTY:
            self.party = self.party.plus(tally)
        else:
            self.business = self.business.plus(tally)


class Counted(NamedTuple):
    """The items of one organization and side."""

    organization_id: int
    path: str
    name: str
    side: str
    tally: Tally


@dataclass
class Row:
    """An organization below, with its figures."""

    organization: Organization
    figures: Figures = field(default_factory=Figures)


def of_year(scope: Scope, year: int) -> QuerySet[Item]:
    """Items of the scope that are in force on its day, of the plans of a year."""
    return Item.objects.filter(scope.condition(), in_force(end_of(scope.on)), plan__year=year)


def counted(scope: Scope, year: int, today: date) -> list[Counted]:
    """Items by the organization that answers for them, and side: one statement."""
    at, name = end_of(scope.on), called(scope, today)
    rows = of_year(scope, year).annotate(called=name, standing=standing_at(at)).order_by()
    whose = rows.values_list("organization", "organization__path", "called", "side", "standing")
    found: dict[tuple[int, str, str, str], Tally] = {}
    for *key, standing, count in whose.annotate(count=Count("pk")):
        tally = found.get(tuple(key), NOTHING)
        found[tuple(key)] = tally.plus(Tally(count, count * (standing == TIED), count * (standing == SAID)))
    return [Counted(*key, tally) for key, tally in found.items()]


def called(scope: Scope, today: date) -> Any:
    """The name that an item's organization bore on the scope's day, as an expression."""
    name = F("organization__name")
    return Coalesce(name_on(scope.on, "organization"), name) if scope.on < today else name


def whole(rows: Iterable[Counted]) -> Figures:
    """All of them together."""
    found = Figures()
    for row in rows:
        found.add(row.side, row.tally)
    return found


def below(scope: Scope, rows: Iterable[Counted], today: date) -> tuple[list[Row], Figures]:
    """The organizations below, those first that run most apart, and what is in none of them: one statement or two."""
    places, rest = {one.pk: Row(one) for one in _below(scope, today)}, Figures()
    known = holders({pk: scope.own_paths(row.organization.path) for pk, row in places.items()})
    for row in rows:
        found = {pk for start in _starts(row.path) for pk in known.get(start, ())}
        for figures in [places[pk].figures for pk in found] or [rest]:
            figures.add(row.side, row.tally)
    return sorted(places.values(), key=_apart_first), rest


def _apart_first(row: Row) -> tuple[bool, int, float, str]:
    tally = row.figures.both
    share = tally.tied / tally.needed if tally.needed else 1.0
    return not tally.all, -tally.untied, share, row.organization.path


def _below(scope: Scope, today: date) -> list[Organization]:
    """The branches of the Party side, if they are not too many; else what lies directly below."""
    top, rows = scope.organization, Organization.objects.on(scope.on)
    if not scope.is_whole or top.kind in Organization.BRANCH_KINDS:
        return []
    own = [top.path] if top.tree == PARTY else [link.source for link in scope.links if link.kind == SET_IN]
    bodies = rows.filter(within_any(own), kind__in=BODIES).exclude(pk=top.pk)
    found = named_on(bodies.order_by("path")[: MOST_BRANCHES + 1], scope.on, today) if own else []
    if 0 < len(found) <= MOST_BRANCHES:
        return [one for one in found if not _stands_over(one, found)]
    children = rows.filter(parent=top).exclude(kind=Organization.Kind.SERVICE_CHAIN)
    return named_on(children.order_by("rank", "pk")[:MOST_BELOW], scope.on, today)


def _stands_over(one: Organization, others: Iterable[Organization]) -> bool:
    """A general branch with branches is told by these; one whose members are directly in it, by itself."""
    return any(other.path.startswith(one.path) and other.pk != one.pk for other in others)


def _starts(path: str) -> Iterator[str]:
    """The beginnings of a path, segment by segment."""
    return (path[:end] for end in range(SEGMENT, len(path) + 1, SEGMENT))
