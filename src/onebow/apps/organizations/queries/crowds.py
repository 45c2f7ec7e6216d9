"""People of a subtree as figures need them: each once, with the places where they belong and the posts they hold."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from onebow.apps.base.prepared import Prepared
from onebow.apps.base.unions import no_day, number, word
from onebow.apps.organizations.models import Membership, Organization, Person, Post
from onebow.apps.organizations.models.organizations import within
from onebow.apps.organizations.queries.former import name_on
from onebow.apps.organizations.queries.subtrees import subtree_on

# Another record of one human being counts as the one into which it was merged.
WHO = Coalesce("person__merged_into", "person")
BELONGS, HOLDS, DOUBLE = "belongs", "holds", "double"


@dataclass(frozen=True, slots=True)
class Stay:
    """Where somebody belongs (`word`: the side) or what post they hold (the role): `[starts_on, ends_on)`."""

    path: str
    word: str
    place: str
    starts_on: date | None
    ends_on: date | None

    def holds_on(self, day: date) -> bool:
        """Whether it lasts on a day."""
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or day < self.ends_on)


@dataclass(slots=True)
class Mate:
    """One human being."""

    id: int
    name: str = ""
    pinyin: str = ""
    stays: list[Stay] = field(default_factory=list)
    posts: list[Stay] = field(default_factory=list)

    def span(self) -> tuple[date, date]:
        """From when until (not including) when they belong anywhere; days that nobody knows lie far off."""
        first = min((one.starts_on or date.min for one in self.stays), default=date.min)
        return first, max((one.ends_on or date.max for one in self.stays), default=date.max)

    def places_on(self, day: date) -> str:
        """The places to which they belong on a day, by name."""
        return "、".join(dict.fromkeys(one.place for one in self.stays if one.holds_on(day)))


@dataclass
class Crowd:
    """People by id, and as whom other records of theirs count."""

    mates: dict[int, Mate]
    doubles: dict[int, int]
    # Path and day, where they are all who belong below it: a query may ask for them by these two, not one by one.
    below: tuple[str, date] | None = None

    def first(self, most: int) -> "Crowd":
        """At most so many of them, by name."""
        if len(self.mates) <= most:
            return self
        names = sorted(self.mates.values(), key=lambda one: (one.pinyin, one.id))[:most]
        mates = {one.id: one for one in names}
        return Crowd(mates, {double: pk for double, pk in self.doubles.items() if pk in mates})

    @property
    def ids(self) -> tuple[int, ...]:
        """All records of these people."""
        return (*self.mates, *self.doubles)

    def who(self, person_id: int) -> int:
        """As whom a record counts."""
        return self.doubles.get(person_id, person_id)


def crowd_below(organization: Organization, on: date, today: date) -> Crowd:
    """Who belongs to an organization or what lies below it on a day, whatever side: one statement."""
    if on == today:
        crowd = _crowd(_below.rows(organization.path, on))
        crowd.below = (organization.path, on)
        return crowd
    held = Membership.objects.on(on).filter(organization__in=subtree_on(organization, on, today).values("pk"))
    return _crowd(_told(held.order_by().values(who=WHO), _named_on(on)))


def crowd_of(person_ids: Iterable[int], on: date | None = None) -> Crowd:
    """These people; their places by the names of a day gone by, if one is given."""
    ids = tuple(sorted(set(person_ids)))
    named = _named_on(on) if on else "organization__name"
    return _crowd(_told(Person.objects.filter(pk__in=ids).values("pk"), named)) if ids else Crowd({}, {})


def _named_on(on: date) -> Coalesce:
    return Coalesce(name_on(on, "organization"), "organization__name")


def records_below(path: str, day: date) -> QuerySet[Any, Any]:
    """All records, doubles too, of who belongs at or below a path on a day: a subquery."""
    people = _members(path, day)
    return people.union(Person.objects.filter(merged_into__in=people).order_by().values(who=F("pk")))


def _members(path: str, day: date) -> QuerySet[Any, Any]:
    began, lasts = Q(starts_on=None) | Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gt=day)
    held = Membership.objects.filter(began, lasts, within(path, "organization__path"))
    return held.order_by().values(who=WHO)


def _told(people: QuerySet[Any, Any], named: Any = "organization__name") -> QuerySet[Any, Any]:
    """What they belong to (by what it was named), the posts that they hold, and other records of theirs."""
    stays = Membership.objects.filter(person__in=people).order_by()
    posts = Post.objects.filter(person__in=people).order_by()
    doubles = Person.objects.filter(merged_into__in=people).order_by()
    place, names = ("organization__path", named), ("person__name", "person__pinyin")
    days = ("starts_on", "ends_on")
    return stays.values_list(word(BELONGS), "person", number(), "side", *place, *names, *days).union(
        posts.values_list(word(HOLDS), "person", number(), "role", *place, *names, *days),
        doubles.values_list(word(DOUBLE), "merged_into", "pk", *(word() for _ in range(5)), no_day(), no_day()),
        all=True,
    )


def _crowd(rows: Iterable[tuple[Any, ...]]) -> Crowd:
    mates: dict[int, Mate] = {}
    doubles: dict[int, int] = {}
    for sort, person, other, told, path, place, name, pinyin, starts_on, ends_on in rows:
        if sort == DOUBLE:
            doubles[other] = person
            continue
        mate = mates.get(person) or mates.setdefault(person, Mate(person, name, pinyin))
        stay = Stay(path, told, place, starts_on, ends_on)
        (mate.posts if sort == HOLDS else mate.stays).append(stay)
    return Crowd(mates, doubles)


_below = Prepared(lambda path, day: _told(_members(path, day)))
