"""一岗双责: who holds posts, and whether each has a duty on both sides. Derived from posts and items, never typed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from onebow.apps.organizations.models import Person, Post
from onebow.apps.organizations.queries.reach import Reach, within_any
from onebow.apps.organizations.queries.standings import were_members
from onebow.apps.plans.models import Item, ItemPerson, Side

R = Post.Role
HEADS = (R.UNIT_HEAD, R.DEPUTY_HEAD)
SECRETARIES = (R.SECRETARY, R.DEPUTY_SECRETARY)
HELD = (*Post.PARTY_ROLES, *HEADS)
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


def holders_on(reach: Reach, on: date, today: date) -> QuerySet[Any]:
    """People who hold a post on a day in what the user keeps or leads, and the user; with `duty`, a word of STATES."""
    held = Post.objects.on(on).filter(person=OuterRef("pk"), role__in=HELD)
    near = Exists(held.filter(within_any((*reach.managed, *reach.led), "organization__path")))
    rows = Person.objects.filter(Q(near) | Q(Exists(held), pk=reach.person_id or 0), merged_into=None)
    return with_duty(rows, on, today)


def with_duty(people: QuerySet[Person], on: date, today: date) -> QuerySet[Any]:
    """Each with `duty`: whether what they hold on a day has its counterpart on the other side."""
    posts = Post.objects.on(on).filter(person=OuterRef("pk"))
    party = Exists(posts.filter(role__in=Post.PARTY_ROLES)) | _works(Side.PARTY, on)
    business = Exists(posts.filter(role__in=HEADS)) | _works(Side.BUSINESS, on)
    head, secretary = Exists(posts.filter(role__in=HEADS)), Exists(posts.filter(role__in=SECRETARIES))
    word = Case(
        When(Q(head) & ~Q(party) & were_members(on, today), then=Value("no_party")),
        When(Q(head) & ~Q(party), then=Value("outside")),
        When(Q(secretary) & ~Q(business), then=Value("no_business")),
        When(Q(party) & Q(business), then=Value("both")),
        default=Value("single"),
    )
    return people.annotate(duty=word)


def in_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    """Narrows people with `duty`."""
    return rows.filter(duty=state)


def counted(rows: QuerySet[Any]) -> dict[str, int]:
    """How many there are of each state that is a finding."""
    told = rows.order_by().values("duty").annotate(count=Count("pk"))
    counts = {row["duty"]: row["count"] for row in told}
    return {state: counts.get(state, 0) for state in STATES}


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


def midnight_after(on: date) -> datetime:
    """The moment at which a day is over."""
    return timezone.make_aware(datetime.combine(on + timedelta(days=1), datetime.min.time()))
