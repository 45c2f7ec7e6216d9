"""Builders for checks: a town in which something runs apart on each side."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from onebow.apps.accounts.models import User
from onebow.apps.ledger.tests.laying import laid_down
from onebow.apps.organizations.tests.make import NOON, Town, appoint, make_person, make_town, make_user
from onebow.apps.plans.models import Change, Gap, Item, Occurrence, PlanVersion
from onebow.apps.plans.services.checks import CheckDraft, Made, run_check
from onebow.apps.plans.tests.make import ROUTINE, THREE, make_item, make_key_point, make_kind, make_plan
from onebow.apps.plans.tests.make_duties import MEETING, THEME, make_duty, make_occurrences

# After the first quarter of the town's year.
APRIL = datetime(2026, 4, 23, 4, 0, tzinfo=UTC)
TODAY = date(2026, 4, 23)
QUARTER = (date(2026, 1, 1), date(2026, 4, 1))


@dataclass(frozen=True)
class Apart:
    """The town, an item of wages with nothing wrong but what a test makes wrong, and the year's duties of the first."""

    town: Town
    item: Item
    meetings: list[Occurrence]
    themes: list[Occurrence]
    chief: User
    # The committee's secretary: stands above the branches and answers for nothing in them.
    overseer: User

    def draft(self, kind: str = "quarter", **facts: Any) -> CheckDraft:
        spans = {"month": (date(2026, 3, 1), date(2026, 4, 1)), "quarter": QUARTER}
        starts_on, ends_on = spans.get(kind, (date(2026, 1, 1), date(2026, 7, 1)))
        told = {"organization_id": self.town.bureau.pk, "starts_on": starts_on, "ends_on": ends_on}
        return CheckDraft(kind=kind, **(told | facts))

    def run(self, kind: str = "quarter", *, by: User | None = None, at: datetime = APRIL, **facts: Any) -> Made:
        return run_check(self.draft(kind, **facts), by=by, at=at)

    def gap(self, sort: str, **facts: Any) -> Gap:
        return Gap.objects.get(sort=sort, **facts)

    def change(self, **facts: Any) -> None:
        Item.objects.filter(pk=self.item.pk).update(**facts)


def make_apart(town: Town) -> Apart:
    """Nothing of the first quarter was done; the one item is tied to nothing and otherwise in order."""
    head = make_person(town.bureau, "郑局")
    appoint(head, town.bureau, "unit_head")
    secretary = make_person(town.bureau, "冯书记")
    appoint(secretary, town.committee, "secretary")
    plan = make_plan(town.bureau)
    point = make_key_point(plan, **dict.fromkeys(THREE, "写明"))
    kind = make_kind(town.bureau, ROUTINE)
    item = make_item(
        plan, kind, town.wages, key_point=point, state="planned", person=town.member.person,
        due_on=date(2026, 11, 30), untied_reason="内部事务",
    )  # fmt: skip
    meetings = make_occurrences(make_duty(town.committee, MEETING), town.first)
    themes = make_occurrences(make_duty(town.committee, THEME), town.first)
    # The second branch is not in these tests: what it is asked was done.
    Occurrence.objects.filter(organization=town.second).delete()
    return Apart(
        town, item, meetings, themes, make_user("zhengju", person=head), make_user("fengshuji", person=secretary)
    )


@laid_down
def make_apart_in_town() -> Apart:
    """The same in a town of its own."""
    return make_apart(make_town())


def in_force(apart: Apart, on: datetime = NOON) -> PlanVersion:
    """The plan as approved on a day."""
    change = Change.objects.create(
        plan=apart.item.plan, is_first=True, title="首次报批", state="approved", asked_by=apart.chief, asked_at=on,
        created_at=on, updated_at=on,
    )  # fmt: skip
    return PlanVersion.objects.create(plan=apart.item.plan, number=1, change=change, content={}, made_at=on)
