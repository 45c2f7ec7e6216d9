"""一岗双责: who holds posts, and whether each has a duty on both sides. Derived from posts and items, never typed."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.utils import timezone

from onebow.apps.organizations.models import Person, Post
from onebow.apps.organizations.queries.reach import Reach, within_any
from onebow.apps.organizations.queries.standings import were_members
from onebow.apps.plans.models import Item, ItemPerson, Side

R = Post.Role
HEADS = (R.UNIT_HEAD, R.DEPUTY_HEAD)
SECRETARIES = (R.SECRETARY, R.DEPUTY_SECRETARY)
HELD = (*Post.PARTY_ROLES, *HEADS)
# What `with_sides` adds, in the order in which `state_of` takes it.
SIDES = ("heads", "directs", "does_party", "does_business", "was_member")
STATES = {
    "both": "两责都有",
    "no_party": "缺党建责任",
    "no_business": "缺业务责任",
    "outside": "非党员负责人",
    "single": "一方任职",
}
COLOURS = {"both": "ok", "no_party": "bad", "no_business": "bad", "outside": "neutral", "single": "neutral"}
REMARKS = {
    "no_party": "担任行政职务,没有党内职务,本年度也没有牵头或参加党建事项",
    "no_business": "担任党组织书记或副书记,没有行政职务,本年度也没有牵头或参加业务事项",
    "outside": "担任行政职务,不是党员,没有党内职务,本年度也没有牵头或参加党建事项",
}


@dataclass
class Duties:
    """What a person holds and leads, by side; counts are (done, whole) of the items of the year."""

    posts: dict[str, list[Post]] = field(default_factory=lambda: {side: [] for side in Side.values})
    items: dict[str, tuple[int, int]] = field(default_factory=lambda: dict.fromkeys(Side.values, (0, 0)))


def holders_on(reach: Reach, on: date) -> QuerySet[Person]:
    """People who hold a post on a day in what the user keeps or leads, and the user."""
    held = Post.objects.on(on).filter(person=OuterRef("pk"), role__in=HELD)
    near = Exists(held.filter(within_any((*reach.managed, *reach.led), "organization__path")))
    return Person.objects.filter(Q(near) | Q(Exists(held), pk=reach.person_id or 0), merged_into=None)


def with_sides(people: QuerySet[Person], on: date, today: date) -> QuerySet[Any]:
    """Each with what `state_of` reads: the posts held, and the sides on which there is something to do on a day."""
    posts = Post.objects.on(on).filter(person=OuterRef("pk"))
    heads = Exists(posts.filter(role__in=HEADS))
    party = Exists(posts.filter(role__in=Post.PARTY_ROLES)) | _works(Side.PARTY, on)
    return people.annotate(
        heads=heads,
        directs=Exists(posts.filter(role__in=SECRETARIES)),
        does_party=_column(party),
        does_business=_column(heads | _works(Side.BUSINESS, on)),
        was_member=_column(were_members(on, today)),
    )


def state_of(heads: bool, directs: bool, does_party: bool, does_business: bool, was_member: bool) -> str:
    """Whether what somebody holds has its counterpart on the other side: a word of STATES."""
    if heads and not does_party:
        return "no_party" if was_member else "outside"
    if directs and not does_business:
        return "no_business"
    return "both" if does_party and does_business else "single"


def states_of(people: QuerySet[Person], on: date, today: date) -> dict[int, str]:
    """The states of people on a day, by id: one statement, in which each is looked at once."""
    rows = with_sides(people, on, today).order_by().values_list("pk", *SIDES)
    return {pk: state_of(*told) for pk, *told in rows}


def in_state(states: Mapping[int, str]) -> Callable[[QuerySet[Person], str], QuerySet[Person]]:
    """Narrows people whose states are known."""
    return lambda rows, state: rows.filter(pk__in=[pk for pk, word in states.items() if word == state])


def counted(states: Mapping[int, str]) -> dict[str, int]:
    """How many there are of each state."""
    counts = Counter(states.values())
    return {state: counts[state] for state in STATES}


def duties_of(people: Iterable[int], on: date) -> dict[int, Duties]:
    """What these people hold and lead: two statements."""
    found = {person_id: Duties() for person_id in people}
    posts = Post.objects.on(on).filter(person__in=found, role__in=HELD).select_related("organization")
    for post in posts.order_by("organization__depth", "pk"):
        found[post.person_id].posts[side_of(post)].append(post)
    done = Count("pk", filter=Q(done_at__lt=midnight_after(on)))
    led = items_of_year(on).filter(person__in=found).order_by().values("person", "side")
    for row in led.annotate(done=done, whole=Count("pk")):
        found[row["person"]].items[row["side"]] = (row["done"], row["whole"])
    return found


def items_of_year(on: date) -> QuerySet[Item]:
    """Items of the year of a day that were there on it and were not cancelled."""
    rows = Item.objects.filter(plan__year=on.year, created_at__lt=midnight_after(on))
    return rows.exclude(state=Item.State.CANCELLED)


def side_of(post: Post) -> str:
    """On which of the two sides a post is held."""
    return Side.PARTY if post.role in Post.PARTY_ROLES else Side.BUSINESS


def title_of(post: Post) -> str:
    """A post with its organization."""
    return f"{post.organization.name}{post.title or post.get_role_display()}"


def _works(side: Side, on: date) -> Q:
    """The condition that a person leads an item of a side, or takes part in one."""
    items = items_of_year(on).filter(side=side)
    took_part = ItemPerson.objects.filter(person=OuterRef("pk"), item__plan__year=on.year, item__side=side)
    parts = took_part.filter(item__created_at__lt=midnight_after(on)).exclude(item__state=Item.State.CANCELLED)
    return Q(Exists(items.filter(person=OuterRef("pk")))) | Q(Exists(parts))


def _column(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())


def midnight_after(on: date) -> datetime:
    """The moment at which a day is over."""
    return timezone.make_aware(datetime.combine(on + timedelta(days=1), datetime.min.time()))
