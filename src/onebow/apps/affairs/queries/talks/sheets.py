"""Which talks the rule asks of a branch in a year, which were held, and what is missing. Pure but for the reading."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import combinations

from onebow.apps.affairs.queries.branches import Span
from onebow.apps.affairs.queries.talks.reading import Member, Talk, Told, told_of
from onebow.apps.organizations.models import Organization
from onebow.cores.timekeeping import Period, asked_of, part_of

# The three sorts of pairs of the article.
IN_COMMITTEE, WITH_COMMITTEE, AMONG_MEMBERS = "committee", "between", "members"
SORTS = {IN_COMMITTEE: "委员之间", WITH_COMMITTEE: "委员与党员", AMONG_MEMBERS: "党员之间"}


@dataclass(frozen=True)
class Last:
    """The last talk of somebody with one of a sort."""

    name: str
    on: date
    talk_id: int


@dataclass(frozen=True)
class Row:
    """A member: the last talk with the committee and with a member, and what is missing."""

    member: Member
    committee: Last | None
    members: Last | None
    talks: int
    # Sort and with whom; nobody named: any will do.
    missing: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """For searching and sorting."""
        return self.member.name


@dataclass(frozen=True)
class Pair:
    """Two who talked: how often, the last time when."""

    names: tuple[str, str]
    sort: str
    times: int
    on: date


@dataclass(frozen=True)
class Figures:
    """Of a sort: how many talks are asked and how many of them were held."""

    sort: str
    asked: int
    done: int

    @property
    def title(self) -> str:
        """The sort in words."""
        return SORTS[self.sort]


@dataclass(frozen=True)
class Sheet:
    """The talks of a branch in a year."""

    branch: Organization
    span: Span
    rows: list[Row] = field(default_factory=list)
    talks: list[Talk] = field(default_factory=list)
    figures: tuple[Figures, ...] = ()

    @property
    def asked(self) -> int:
        """How many are asked."""
        return sum(one.asked for one in self.figures)

    @property
    def done(self) -> int:
        """How many of them were held."""
        return sum(one.done for one in self.figures)

    @property
    def missing(self) -> int:
        """How many are missing."""
        return self.asked - self.done

    @property
    def reached(self) -> int:
        """How many members had a talk at all: what the duty counts."""
        return sum(row.talks > 0 for row in self.rows)

    @property
    def name(self) -> str:
        """For searching and sorting."""
        return self.branch.name

    def pairs(self) -> list[Pair]:
        """Who talked with whom, the latest first."""
        return _pairs(self.rows, self.talks)


def sheets_of(branches: Sequence[tuple[Organization, Span]]) -> list[Sheet]:
    """The sheets of branches: five statements, however many."""
    told = told_of(branches)
    return [sheet(branch, span, told[branch.pk]) for branch, span in branches]


def sheet(branch: Organization, span: Span, told: Told) -> Sheet:
    """What is asked of a branch, and what was held."""
    met = _met(told.talks)
    seats = {one.id for one in told.members if one.in_committee}
    rows = [_row(one, told.members, seats, met, span) for one in told.members]
    figures = tuple(_figures(sort, told.members, rows, span) for sort in SORTS)
    return Sheet(branch, span, rows, told.talks, figures)


def _met(talks: Iterable[Talk]) -> dict[int, dict[int, list[Talk]]]:
    """By person, by the other one: their talks, in order."""
    met: dict[int, dict[int, list[Talk]]] = defaultdict(lambda: defaultdict(list))
    for talk in talks:
        for one, other in combinations(talk.people, 2):
            met[one][other].append(talk)
            met[other][one].append(talk)
    return met


def _row(
    one: Member, members: Sequence[Member], seats: set[int], met: dict[int, dict[int, list[Talk]]], span: Span
) -> Row:
    others = met.get(one.id, {})
    names = {member.id: member.name for member in members}
    talks = len({talk.id for held in others.values() for talk in held})
    committee = _last({pk: held for pk, held in others.items() if pk in seats}, names)
    plain = _last({pk: held for pk, held in others.items() if pk in names and pk not in seats}, names)
    missing = _missing(one, members, others, span) if is_asked(one, span) else ()
    return Row(one, committee, plain, talks, tuple(missing))


def _last(met: dict[int, list[Talk]], names: dict[int, str]) -> Last | None:
    found = max(((held[-1].held_on, held[-1].id, pk) for pk, held in met.items()), default=None)
    return Last(names.get(found[2], ""), found[0], found[1]) if found else None


def _missing(
    one: Member, members: Sequence[Member], others: dict[int, list[Talk]], span: Span
) -> Iterable[tuple[str, str]]:
    seats = [other for other in members if other.in_committee and other.id != one.id]
    if one.in_committee:
        asked = (other for other in seats if is_asked(other, span))
        return [(IN_COMMITTEE, other.name) for other in asked if other.id not in others]
    plain = [other for other in members if not other.in_committee and other.id != one.id]
    missing = []
    if seats and not any(other.id in others for other in seats):
        missing.append((WITH_COMMITTEE, ""))
    if plain and not any(other.id in others for other in plain):
        missing.append((AMONG_MEMBERS, ""))
    return missing


def is_asked(one: Member, span: Span) -> bool:
    """Nothing is asked of who was there less than half of the branch's year, as of organizations themselves."""
    window = Period(span.first, span.end)
    return bool(asked_of(Decimal(1), window, part_of(window, one.since, None)))


def _figures(sort: str, members: Sequence[Member], rows: Sequence[Row], span: Span) -> Figures:
    asked = [one for one in members if is_asked(one, span)]
    seats = sum(one.in_committee for one in asked)
    plain = sum(not one.in_committee for one in members)
    lacking = sum(found == sort for row in rows for found, _ in row.missing)
    if sort == IN_COMMITTEE:
        # Both of a pair lack it.
        total, lacking = seats * (seats - 1) // 2, lacking // 2
    elif sort == WITH_COMMITTEE:
        total = len(asked) - seats if any(one.in_committee for one in members) else 0
    else:
        total = len(asked) - seats if plain > 1 else 0
    return Figures(sort, total, total - lacking)


def _pairs(rows: Sequence[Row], talks: Sequence[Talk]) -> list[Pair]:
    members = {row.member.id: row.member for row in rows}
    found: dict[tuple[int, int], list[date]] = defaultdict(list)
    for talk in talks:
        known = sorted((pk for pk in talk.people if pk in members), key=lambda pk: not members[pk].in_committee)
        for one, other in combinations(known, 2):
            key = (one, other) if members[one].in_committee or one < other else (other, one)
            found[key].append(talk.held_on)
    pairs = [
        Pair((members[one].name, members[other].name), _sort(members[one], members[other]), len(days), max(days))
        for (one, other), days in found.items()
    ]
    return sorted(pairs, key=lambda pair: (-pair.on.toordinal(), pair.names))


def _sort(one: Member, other: Member) -> str:
    if one.in_committee and other.in_committee:
        return IN_COMMITTEE
    return WITH_COMMITTEE if one.in_committee or other.in_committee else AMONG_MEMBERS
