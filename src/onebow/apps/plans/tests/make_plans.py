"""A plan of the town's bureau with a key point and an item on each side; its three requirements stand at the point."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.ledger.tests.laying import laid_down
from onebow.apps.organizations.models import Person
from onebow.apps.organizations.tests.make import NOON, TODAY, Town, appoint, make_person, make_town, make_user
from onebow.apps.plans.models import Change, Item, ItemKind, KeyPoint, Plan
from onebow.apps.plans.services import changes, deciding
from onebow.apps.plans.tests.make import LECTURE, ROUTINE, THREE, make_item, make_key_point, make_kind, make_plan

TEXTS = {key: f"{key} 写明" for key in THREE}
# Later than any day on which the tests run, so that nothing is late.
DUE = date(timezone.localdate().year, 12, 31)


@dataclass(frozen=True)
class Year:
    """The plan, its point, items of both sides, who writes, and who decides at each of its two steps."""

    town: Town
    plan: Plan
    point: KeyPoint
    routine: ItemKind
    lecture: ItemKind
    work: Item
    talk: Item
    writer: User
    decider: User

    def again(self, item: Item) -> Item:
        return Item.objects.get(pk=item.pk)


def make_year(town: Town, **facts) -> Year:
    head = make_person(town.bureau, "郑局")
    appoint(head, town.bureau, "unit_head")
    secretary = make_person(town.bureau, "冯书记")
    appoint(secretary, town.committee, "secretary")
    routine, lecture = make_kind(town.bureau, ROUTINE), make_kind(town.bureau, LECTURE)
    plan = make_plan(town.bureau, timezone.localdate().year)
    point = make_key_point(plan, **TEXTS)
    zhao = Person.objects.get(name="赵立")
    told = {"key_point": point, "person": zhao, "due_on": DUE, "starts_on": TODAY} | facts
    return Year(
        town, plan, point, routine, lecture, make_item(plan, routine, town.office, "稳岗补贴", **told),
        make_item(plan, lecture, town.first, "稳就业专题党课", **told),
        make_user("zhengju", person=head), make_user("fengshuji", person=secretary),
    )  # fmt: skip


@laid_down
def make_year_in_town() -> Year:
    """The same in a town of its own."""
    return make_year(make_town())


def in_force(year: Year) -> Change:
    """The plan handed in by the officer and approved by the committee: version 1."""
    change = changes.submit_plan(year.plan.pk, [year.town.committee.pk], by=year.town.officer, at=NOON)
    deciding.decide(change.pk, approved=True, reason="", by=year.decider, at=NOON)
    year.plan.refresh_from_db()
    return change
