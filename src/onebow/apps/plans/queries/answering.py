"""Who answers for an item: whoever is named, else by post whoever leads its organization or the nearest one above."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from onebow.apps.organizations.models import Membership, Organization, Person, Post
from onebow.apps.organizations.models.organizations import SEGMENT
from onebow.apps.plans.models import Item

R = Post.Role
# First the one who leads, then the deputy; by whether the organization is one of the Party.
LEADERS = {True: (R.SECRETARY, R.DEPUTY_SECRETARY), False: (R.UNIT_HEAD, R.DEPUTY_HEAD)}
STATES = {"named": "已明确", "unnamed": "未明确责任人", "gone": "责任人已离开"}
COLOURS = {"named": "ok", "unnamed": "warn", "gone": "bad"}


@dataclass(frozen=True)
class Answer:
    """To whom the responsibility for an item comes; `post` says by which post, if nobody who is here is named."""

    state: str
    person: Person | None
    post: str = ""


def is_gone(on: date) -> Q:
    """The condition that whoever is named for an item belongs nowhere on a day."""
    held = [rows.objects.on(on).filter(person=OuterRef("person")) for rows in (Membership, Post)]
    return Q(person__isnull=False) & ~Q(Exists(held[0])) & ~Q(Exists(held[1]))


def answers_of(items: Iterable[Item], on: date) -> dict[int, Answer]:
    """By item; the items come with organization and person: two statements, whatever their number."""
    rows = list(items)
    here = _here([row.person_id for row in rows if row.person_id], on)
    astray = [row for row in rows if row.person_id not in here]
    posts = _posts({path for row in astray for path in _above(row.organization.path)}, on)
    found = {row.pk: Answer("named", row.person) for row in rows if row.person_id in here}
    return found | {row.pk: _by_post(row, posts) for row in astray}


def leader_of(organization: Organization, posts: dict[tuple[str, str], Post]) -> Post | None:
    """Of the posts by path and role, the one that leads the organization; else the nearest one above it."""
    for path in _above(organization.path):
        for role in LEADERS[organization.is_party]:
            if post := posts.get((path, role)):
                return post
    return None


def leaders_of(organizations: Iterable[Organization], on: date) -> dict[int, Post | None]:
    """By id, who leads each organization, else the nearest one above it: one statement, whatever their number."""
    rows = list(organizations)
    posts = _posts({path for row in rows for path in _above(row.path)}, on)
    return {row.pk: leader_of(row, posts) for row in rows}


def answered_for(items: QuerySet[Item], state: str, on: date) -> QuerySet[Item]:
    """Narrows items to one of the states."""
    if state == "unnamed":
        return items.filter(person=None)
    return items.filter(is_gone(on)) if state == "gone" else items.filter(person__isnull=False).exclude(is_gone(on))


def _by_post(item: Item, posts: dict[tuple[str, str], Post]) -> Answer:
    state = "gone" if item.person_id else "unnamed"
    post = leader_of(item.organization, posts)
    if post is None:
        return Answer(state, None)
    return Answer(state, post.person, f"{post.organization.name}{post.title or post.get_role_display()}")


def _here(people: list[int], on: date) -> set[int]:
    """Those of the people who belong somewhere or hold a post on a day."""
    rows = Membership.objects.on(on).filter(person__in=people).order_by().values_list("person", flat=True)
    held = Post.objects.on(on).filter(person__in=people).order_by().values_list("person", flat=True)
    return set(rows.union(held)) if people else set()


def _posts(paths: set[str], on: date) -> dict[tuple[str, str], Post]:
    roles = [role for words in LEADERS.values() for role in words]
    rows = Post.objects.on(on).filter(organization__path__in=paths, role__in=roles)
    found = rows.select_related("person", "organization").order_by("-pk") if paths else ()
    return {(post.organization.path, post.role): post for post in found}


def _above(path: str) -> list[str]:
    """The path itself and those of what lies above, the nearest first."""
    return [path[:end] for end in range(len(path), 0, -SEGMENT)]
