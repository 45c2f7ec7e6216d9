"""Items, and leave and trips, for the matrix: of a section, of a branch, and a neighbour's."""

from dataclasses import replace
from datetime import timedelta

from onebow.apps.organizations.models import Organization, Person
from onebow.apps.organizations.tests.make import NOON, TODAY
from onebow.apps.plans.models import Away, Item
from onebow.apps.plans.tests.make import RESEARCH, begun, make_item, make_kind, make_plan

# A trip of the Party side: its sheet too is asked for by those of a branch.
VISIT = replace(RESEARCH, key="visit", name="主题党日外出", side="party", listed_in="meetings")


def business_item(unit: Organization, section: Organization) -> dict[str, int | str]:
    """An item of a section in its unit's plan, begun."""
    return _ids(begun(make_item(make_plan(unit), make_kind(unit, RESEARCH), section)))


def party_item(committee: Organization, branch: Organization) -> dict[str, int | str]:
    """An item of a branch in its committee's plan, begun."""
    return _ids(begun(make_item(make_plan(committee), make_kind(committee, VISIT), branch)))


def make_leave(person: Person) -> int:
    """A day of leave to come."""
    days = {"starts_on": TODAY + timedelta(days=30), "ends_on": TODAY + timedelta(days=31)}
    facts = {"kind": Away.Kind.LEAVE, "source": Away.Source.HAND, "created_at": NOON, "updated_at": NOON}
    return Away.objects.create(person=person, **days, **facts).pk


def _ids(item: Item) -> dict[str, int | str]:
    return {"pk": item.pk, "stage_id": item.stage_id or 0, "kind": "pdf"}
