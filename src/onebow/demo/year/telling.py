"""The year of the bureau, deed by deed: what has come so far of the plan year."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial

from onebow.apps.accounts.models import User
from onebow.apps.meetings.models import MeetingKind
from onebow.apps.methods.queries.shelf import shipped_pack
from onebow.apps.methods.services.applying import apply_pack
from onebow.apps.organizations.models import Post
from onebow.apps.plans.models import Item, ItemKind, Plan
from onebow.apps.plans.services.duties import generate
from onebow.demo import cast
from onebow.demo.days import Days
from onebow.demo.story import Deed, Story

# After all that the story of the structure tells of a day.
LATER = 9
PACKS = ("m5-branch-section", "m2-three-grasps")
# In the first weeks of a year there is nothing to show of it: the year before is told.
SHORTEST = timedelta(days=75)


@dataclass
class Year:
    """What the deeds share: the story, the accounts, and what they made. Days are those of the office."""

    story: Story
    today: date
    plans: dict[str, Plan] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    _users: dict[str, User] = field(default_factory=dict)

    @property
    def number(self) -> int:
        """The year that is told."""
        year = self.today.year
        return year if self.today - date(year, 1, 1) >= SHORTEST else year - 1

    @property
    def first(self) -> date:
        """Its first working days."""
        return date(self.number, 1, 4)

    @property
    def last(self) -> date:
        """The last day that is told of."""
        return min(date(self.number, 12, 31), self.today - timedelta(days=1))

    def user(self, name: str) -> User:
        """A sign-in of the demonstration."""
        if name not in self._users:
            self._users[name] = User.objects.get(username=name)
        return self._users[name]

    def leader(self, on: date) -> User:
        """Who writes for the branch of the sign-ins: its secretary, once that is who signs in as such."""
        return self.user("secretary" if on >= Days(self.today).second_change else "officer")

    def organization(self, key: str) -> int:
        """The id of an organization, by the builder's word."""
        return self.story.nodes[key]

    def person(self, word: str) -> int:
        """The id of a person of the cast."""
        return self.story.people[self.story.bureau.cast[word]]

    def head(self, organization_id: int, on: date) -> int | None:
        """Who heads a section on a day."""
        posts = Post.objects.on(on).filter(organization=organization_id, role=Post.Role.UNIT_HEAD)
        return posts.values_list("person_id", flat=True).first()

    def meeting_kind(self, key: str) -> int:
        """The id of a kind of meetings."""
        return MeetingKind.objects.get(key=key, ends_on=None).pk

    def item_kind(self, key: str) -> int:
        """The id of a kind of items."""
        return ItemKind.objects.get(key=key, ends_on=None).pk

    def day(self, month: int, day: int) -> date:
        """A day of the year, or the last one that is told of."""
        return min(date(self.number, month, day), self.last)

    def share(self, part: float) -> date:
        """The day on which so much of what is told has gone by; no Sunday."""
        on = self.first + timedelta(days=round((self.last - self.first).days * part))
        return min(on + timedelta(days=1), self.last) if on.isoweekday() == 7 else on

    def spread(self, count: int) -> list[date]:
        """So many days, evenly over what is told."""
        return [self.share((place + 0.5) / count) for place in range(count)]


def noon(on: date) -> datetime:
    """When a deed of a day is done."""
    return datetime(on.year, on.month, on.day, 4, tzinfo=UTC)


def opening(year: Year) -> Iterator[Deed]:
    """Sign-ins and packs; with a pack come the year's occurrences."""
    yield year.first, LATER, partial(_open_accounts, year)
    for key in PACKS:
        yield year.first, LATER, partial(_apply, year, key)


def ending(year: Year) -> Iterator[Deed]:
    """Organizations came and went in the year: what is asked follows, as the worker does it every day."""
    yield year.last, LATER, lambda: _generate(year)


def _open_accounts(year: Year) -> None:
    people = {word: year.person(word) for word in year.story.bureau.cast}
    cast.open_accounts(year.organization(year.story.bureau.root), people, at=noon(year.first))


def _apply(year: Year, key: str) -> None:
    root, when = year.organization(year.story.bureau.root), year.first
    apply_pack(shipped_pack(key), root, on=date(year.number, 1, 1), by=year.user("officer"), at=noon(when))


def _generate(year: Year) -> None:
    generate(None, year.number, at=noon(year.last))


def chosen(people: Sequence[int], number: int, step: int = 7) -> tuple[int, ...]:
    """A few of them, other ones each time."""
    return tuple(people[number % step :: step][:2])
