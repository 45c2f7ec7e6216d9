"""Who belonged to branches, who of them was on the committee, and who talked with whom: for many branches at once."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models.functions import Coalesce

from onebow.apps.affairs.queries.branches import Span
from onebow.apps.meetings.models import Attendance, Meeting
from onebow.apps.meetings.queries.due import COMMITTEE
from onebow.apps.meetings.queries.states import counted
from onebow.apps.organizations.models import Membership, Organization, Post
from onebow.apps.organizations.queries.reach import within_any

# The kind of meetings that a talk is, in every pack.
TALK = "talk"


@dataclass(frozen=True)
class Member:
    """Somebody who belongs to a branch, since which day of it."""

    id: int
    name: str
    since: date | None = None
    in_committee: bool = False


@dataclass(frozen=True)
class Talk:
    """A talk that was held: who was there."""

    id: int
    held_on: date
    people: tuple[int, ...]


@dataclass(frozen=True)
class Told:
    """What is known of a branch in a span."""

    members: list[Member] = field(default_factory=list)
    talks: list[Talk] = field(default_factory=list)


def told_of(branches: Sequence[tuple[Organization, Span]]) -> dict[int, Told]:
    """By branch: members and committee of the last day of its span, talks of the span. Five statements."""
    told = {branch.pk: Told() for branch, _ in branches}
    for day in {span.last for _, span in branches}:
        here = [branch for branch, span in branches if span.last == day]
        for branch, members in _members(here, day).items():
            told[branch].members.extend(members)
    for branch, talks in _talks(branches).items():
        told[branch].talks.extend(talks)
    return told


def _members(branches: Sequence[Organization], on: date) -> dict[int, list[Member]]:
    seats = _committees(branches, on)
    paths = {branch.path: branch.pk for branch in branches}
    rows = Membership.objects.on(on).filter(within_any(paths, "organization__path"), side=Membership.Side.PARTY)
    columns = ("organization__path", "person", "person__name", "starts_on")
    found: dict[int, dict[int, Member]] = defaultdict(dict)
    for path, person, name, since in rows.order_by("person__pinyin", "person").values_list(*columns):
        branch = _branch_of(path, paths)
        found[branch][person] = Member(person, name, since, person in seats[branch])
    return {branch: list(members.values()) for branch, members in found.items()}


def _committees(branches: Sequence[Organization], on: date) -> dict[int, set[int]]:
    seats: dict[int, set[int]] = defaultdict(set)
    rows = Post.objects.on(on).filter(organization__in=[one.pk for one in branches], role__in=COMMITTEE)
    for branch, person in rows.values_list("organization", "person"):
        seats[branch].add(person)
    return seats


def _talks(branches: Sequence[tuple[Organization, Span]]) -> dict[int, list[Talk]]:
    """Talks that count, held by a branch or a group of it."""
    if not branches:
        return {}
    spans = {branch.pk: span for branch, span in branches}
    paths = {branch.path: branch.pk for branch, _ in branches}
    first, last = min(one.first for one in spans.values()), max(one.last for one in spans.values())
    rows = counted(Meeting.objects.filter(within_any(paths, "organization__path"), kind__key=TALK))
    rows = rows.filter(held_on__gte=first, held_on__lte=last).order_by("held_on", "pk")
    held = list(rows.values_list("pk", "held_on", "organization__path"))
    there = _there([pk for pk, *_ in held])
    found: dict[int, list[Talk]] = defaultdict(list)
    for pk, held_on, path in held:
        branch = _branch_of(path, paths)
        if held_on and spans[branch].first <= held_on <= spans[branch].last:
            found[branch].append(Talk(pk, held_on, tuple(there[pk])))
    return found


def _there(ids: Sequence[int]) -> dict[int, list[int]]:
    rows = Attendance.objects.filter(meeting__in=ids, state=Attendance.State.PRESENT)
    there: dict[int, list[int]] = defaultdict(list)
    for meeting, person in rows.values_list("meeting", Coalesce("person__merged_into", "person")):
        there[meeting].append(person)
    return there


def _branch_of(path: str, paths: dict[str, int]) -> int:
    """The branch that lies at a path, or above it."""
    while path not in paths:
        path = path[:-1]
    return paths[path]
