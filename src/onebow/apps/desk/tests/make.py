"""Things that wait, for tests of the desk."""

from datetime import date, datetime, timedelta

from onebow.apps.accounts.models import User
from onebow.apps.base.waiting import Line, read
from onebow.apps.desk.queries.waiting import all_statement
from onebow.apps.meetings.models import Meeting, MeetingKind
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.tests.make import NOON, TODAY, Town
from onebow.apps.plans.models import Item, ItemKind
from onebow.apps.plans.tests.make import ROUTINE, make_item, make_kind, make_plan

DAY = timedelta(days=1)


def all_lines(user: User, on: date = TODAY) -> list[Line]:
    return read(all_statement(reach_of(user, on), on, NOON + (on - TODAY)))


def make_meeting(organization: Organization, at: datetime, title: str = "支部学习", **facts: object) -> Meeting:
    kind, _ = MeetingKind.objects.get_or_create(
        scope=organization, key=f"study{organization.pk}", defaults={"name": "学习", "due_to": "members"}
    )
    return Meeting.objects.create(
        organization=organization, kind=kind, title=title, planned_at=at, created_at=NOON, updated_at=NOON, **facts
    )


def make_work(town: Town, organization: Organization, title: str = "企业用工调研", **facts: object) -> Item:
    plan = town.bureau.plans.first() or make_plan(town.bureau)
    kind = ItemKind.objects.filter(key=ROUTINE.key).first() or make_kind(town.bureau, ROUTINE)
    return make_item(plan, kind, organization, title, **({"state": Item.State.PLANNED} | facts))
