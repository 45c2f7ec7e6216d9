"""Talks as lists: of all branches of a year, one's own, and those planned."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from onebow.apps.affairs.queries.branches import branches_for, span_of, standing_in
from onebow.apps.affairs.queries.talks.reading import TALK, Member, told_of
from onebow.apps.affairs.queries.talks.sheets import Sheet, sheets_of
from onebow.apps.meetings.models import Attendance, Meeting
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.models.organizations import within
from onebow.apps.organizations.queries.reach import Reach

MOST_OWN = 100


def sheets_for(reach: Reach, year: int, on: date) -> list[Sheet]:
    """The sheets of all branches that the user keeps or leads and that stood in a year."""
    if date(year, 1, 1) > on:
        return []
    rows = standing_in(branches_for(reach), year, on).order_by("path")
    return sheets_of([(branch, span_of(branch, year, on)) for branch in rows])


def planned_talks(branch: Organization, on: date) -> QuerySet[Meeting]:
    """Talks of a branch that stand in the plan."""
    rows = Meeting.objects.filter(within(branch.path, "organization__path"), kind__key=TALK)
    return rows.filter(state=Meeting.State.PLANNED, created_at__date__lte=on).order_by("planned_at", "pk")


def own_talks(person_id: int | None, on: date) -> list[tuple[Meeting, list[str]]]:
    """One's own talks, the latest first, with the names of the others."""
    part = Attendance.objects.filter(person=person_id or 0, state=Attendance.State.PRESENT)
    rows = Meeting.objects.filter(pk__in=part.values("meeting"), kind__key=TALK, state=Meeting.State.HELD)
    talks = list(rows.filter(held_on__lte=on).select_related("organization").order_by("-held_on", "-pk")[:MOST_OWN])
    others: dict[int, list[str]] = {}
    there: Any = Attendance.objects.filter(meeting__in=talks).exclude(person=person_id or 0)
    for meeting, name in there.order_by("person__pinyin").values_list("meeting", "person__name"):
        others.setdefault(meeting, []).append(name)
    return [(talk, others.get(talk.pk, [])) for talk in talks]


def members_of(branch: Organization, on: date) -> list[Member]:
    """Who may be picked: the members of a branch on a day, its committee first."""
    told = told_of([(branch, span_of(branch, on.year, on))])[branch.pk]
    return sorted(told.members, key=lambda one: not one.in_committee)
