"""How many items there are, tied, untied, and said to need no tie."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, QuerySet, Value, When
from django.db.models.functions import Coalesce

from onebow.apps.base.prepared import Prepared
from onebow.apps.base.unions import number, word
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.models.organizations import SEGMENT
from onebow.apps.organizations.queries.former import name_on, named_on
from onebow.apps.organizations.queries.reach import within_any
from onebow.apps.plans.models import Item, Side, Tie
from onebow.apps.plans.queries.bow.force import end_of, in_force, is_said
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


def of_year(scope: Scope, year: int, at: datetime) -> QuerySet[Item]:
    """Items of the scope that are in force at a moment, of the plans of a year."""
    return Item.objects.filter(scope.condition(), in_force(at), plan__year=year)


def counted(scope: Scope, year: int, today: date) -> list[Counted]:
    """Items by the organization that answers for them, and side: one statement."""
    found: dict[tuple[int, str], Tally] = {}
    places: dict[int, tuple[str, str]] = {}
    rows = _counted.rows(scope, year, end_of(scope.on), past(scope, today))
    for owner, path, name, side, is_tied, said, count in rows:
        told = Tally(0, count, -count if said else 0) if is_tied else Tally(count, 0, count if said else 0)
        found[owner, side] = found.get((owner, side), NOTHING).plus(told)
        if not is_tied:
            places[owner] = path, name
    return [Counted(owner, *places[owner], side, tally) for (owner, side), tally in found.items()]


def past(scope: Scope, today: date) -> date | None:
    """The scope's day, if it is gone by: things may have borne other names then."""
    return scope.on if scope.on < today else None


def called(on: date | None) -> Any:
    """The name that an item's organization bore on a day, or bears, as an expression."""
    name = F("organization__name")
    return Coalesce(name_on(on, "organization"), name) if on else name


def _build(scope: Scope, year: Any, at: Any, on: Any) -> QuerySet[Any, Any]:
    """All items, then the tied ones of each side: said to need no tie are those of the first that are not tied."""
    items = of_year(scope, year, at)
    told = items.annotate(called=called(on), tied=number(0), said=_one_if_said(at)).order_by()
    every = told.values_list("organization", "organization__path", "called", "side", "tied", "said")
    ends = ((Side.PARTY, "source", "target"), (Side.BUSINESS, "target", "source"))
    parts = (_tied(items, at, *one) for one in ends)
    return every.annotate(count=Count("pk")).union(*parts, all=True)


def _tied(items: QuerySet[Item], at: Any, side: str, near: str, far: str) -> QuerySet[Any, Any]:
    # From the items to their ties, not from all ties of the country.
    rows = Tie.objects.at(at).filter(in_force(at, f"{far}__"), kind=Tie.Kind.SUPPORTS).order_by()
    rows = rows.filter(**{f"{near}__in": items.filter(side=side).order_by().values("pk")})
    told = rows.annotate(path=word(), called=word(), tied=number(1), said=_one_if_said(at, f"{near}__"))
    columns = told.values_list(f"{near}__organization", "path", "called", f"{near}__side", "tied", "said")
    return columns.annotate(count=Count(near, distinct=True))


def _one_if_said(at: Any, prefix: str = "") -> Case:
    return Case(When(is_said(at, prefix), then=Value(1)), default=Value(0))


_counted = Prepared(_build)


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
