"""Builders for talks: a branch of five with its secretary, and the kind and the duty of talks."""

from datetime import date

from django.db import transaction

from onebow.apps.accounts.models import User
from onebow.apps.affairs.services.talks import record_talks
from onebow.apps.meetings.models import Meeting, MeetingKind
from onebow.apps.meetings.services.kinds import MeetingKindDraft, put_meeting_kind
from onebow.apps.meetings.tests.make import MARK, Branch, make_branch, noon
from onebow.apps.organizations.models import Person
from onebow.apps.organizations.tests.make import NOON, TODAY
from onebow.apps.plans.models import Duty
from onebow.apps.plans.services.duties import DutyDraft, generate
from onebow.apps.plans.tests.make_duties import make_duty

TALK = MeetingKindDraft(
    "talk", "谈心谈话", due_to="invited", is_restricted=True, keeps_minutes=False, order=20
)  # fmt: skip
DUTY = DutyDraft("talk", "谈心谈话", ("branch",), "FREQ=YEARLY", measure="each", proof=("talk",), order=9)


def make_talking_branch() -> Branch:
    branch = make_branch()
    with transaction.atomic():
        put_meeting_kind(branch.town.committee, TALK, MARK, on=TODAY.replace(month=1, day=1))
    branch.kinds["talk"] = MeetingKind.objects.get(key="talk")
    return branch


def ask_for_talks(branch: Branch) -> Duty:
    duty = make_duty(branch.town.committee, DUTY)
    generate(branch.town.committee, TODAY.year, at=noon(TODAY))
    return duty


def pair(one: Person, other: Person) -> tuple[int, int]:
    return one.pk, other.pk


def talk(branch: Branch, *pairs: tuple[Person, Person], on: date = TODAY, by: User | None = None) -> list[Meeting]:
    """Talks of a day between these, recorded by the secretary."""
    by = by or branch.town.secretary
    return record_talks(branch.here.pk, on, [pair(*both) for both in pairs], by=by, at=max(noon(on), NOON))
