"""Builders for meetings: kinds as a pack says them, branches with people, meetings planned and held."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from onebow.apps.ledger.tests.laying import laid_down
from onebow.apps.meetings.models import Meeting, MeetingKind
from onebow.apps.meetings.services.drafts import PlanDraft, RecordDraft
from onebow.apps.meetings.services.kinds import MeetingKindDraft, put_meeting_kind
from onebow.apps.meetings.services.planning import plan_meeting
from onebow.apps.meetings.services.recording import record_meeting
from onebow.apps.organizations.models import Membership, Organization, Person, Post
from onebow.apps.organizations.tests.make import (
    NOON,
    TODAY,
    Town,
    appoint,
    join,
    make_organization,
    make_person,
    make_town,
)
from onebow.apps.plans.services.kinds import PackMark

MARK = PackMark("test", "1")
MEMBERS = MeetingKindDraft(
    "members_meeting", "支部党员大会", quorum="voters", passes=True, usual_hours=Decimal(2), order=1
)
COMMITTEE = MeetingKindDraft(
    "committee", "支部委员会会议", due_to="committee", quorum="committee", passes=True, order=2
)
GROUP = MeetingKindDraft("group_meeting", "党小组会", due_to="group", order=3)
LECTURE = MeetingKindDraft("lecture", "党课", is_study=True, order=4)
THEME = MeetingKindDraft("theme_day", "主题党日", order=5)
STUDY = MeetingKindDraft("study", "集中学习", is_study=True, usual_hours=Decimal("1.5"), order=6)
LIFE = MeetingKindDraft("life_meeting", "组织生活会", is_restricted=True, order=7)
COURSE = MeetingKindDraft("course", "培训班", side="both", due_to="invited", is_study=True, order=8)
WEEKLY = MeetingKindDraft("weekly", "科务会", side="business", due_to="staff", order=9)
KINDS = (MEMBERS, COMMITTEE, GROUP, LECTURE, THEME, STUDY, LIFE, COURSE, WEEKLY)


@dataclass(frozen=True)
class Branch:
    """The town, its kinds, and its first branch with five full members and a probationary one."""

    town: Town
    kinds: dict[str, MeetingKind]
    secretary: Person
    members: list[Person]
    candidate: Person

    @property
    def here(self) -> Organization:
        return self.town.first


def make_kinds(town: Town) -> dict[str, MeetingKind]:
    january = TODAY.replace(month=1, day=1)
    with transaction.atomic():
        for draft in KINDS:
            scope = town.bureau if draft.side != "party" else town.committee
            put_meeting_kind(scope, draft, MARK, on=january)
    return {kind.key: kind for kind in MeetingKind.objects.all()}


@laid_down
def make_branch(town: Town | None = None) -> Branch:
    town = town or make_town()
    members = [make_person(town.bureau, name) for name in ("陈东", "褚南", "卫西", "蒋北")]
    candidate = make_person(town.bureau, "沈中", standing=Person.Standing.PROBATIONARY_MEMBER)
    for person in (*members, candidate):
        join(person, town.first)
    secretary = Person.objects.get(user=town.secretary)
    return Branch(town, make_kinds(town), secretary, members, candidate)


def make_group(branch: Branch, *people: Person) -> Organization:
    """A group of the first branch, led by the first of these."""
    group = make_organization(Organization.Kind.GROUP, "第1党小组", branch.here)
    Membership.objects.filter(person__in=people, organization=branch.here).update(organization=group)
    appoint(people[0], group, Post.Role.GROUP_LEADER)
    return group


def told(on: date = TODAY, **facts: Any) -> RecordDraft:
    return replace(RecordDraft(on, Decimal(2), "学习贯彻会议精神"), **facts)


def hold(branch: Branch, key: str = "members_meeting", on: date = TODAY, **facts: Any) -> Meeting:
    """A meeting recorded at noon of its day by the secretary, unless told otherwise."""
    organization = facts.pop("organization", branch.here)
    by, at, anchors = facts.pop("by", branch.town.secretary), facts.pop("at", noon(on)), facts.pop("anchors", None)
    more = {"anchors": anchors} if anchors else {}
    more |= {"uploads": facts.pop("uploads")} if "uploads" in facts else {}
    draft = told(on, **facts)
    return record_meeting(organization.pk, branch.kinds[key].pk, draft, by=by, at=at, **more)


def plan(branch: Branch, key: str = "members_meeting", on: date = TODAY, **facts: Any) -> Meeting:
    organization, by = facts.pop("organization", branch.here), facts.pop("by", branch.town.secretary)
    draft = PlanDraft(organization.pk, branch.kinds[key].pk, "学习贯彻会议精神", noon(on) + timedelta(hours=3))
    return plan_meeting(replace(draft, **facts), by=by, at=NOON)


def noon(on: date) -> datetime:
    return NOON + (on - timezone.localdate(NOON))


def absent(*people: Person) -> tuple[tuple[int, str], ...]:
    return tuple((person.pk, "absent") for person in people)
