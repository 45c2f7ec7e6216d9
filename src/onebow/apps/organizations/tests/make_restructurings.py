"""Builders of plans for tests that read them: rows as the services write them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from onebow.apps.ledger.tests.laying import laid_down
from onebow.apps.organizations.models import (
    Membership,
    Organization,
    Person,
    PlannedOrganization,
    Restructuring,
    Seat,
)
from onebow.apps.organizations.tests.make_trees import NOW, TODAY, Town, make_link, make_node, make_people, make_town

Kind = PlannedOrganization.Kind


def make_plan(root: Organization, committee: Organization, name: str = "支部调整方案", **facts: Any) -> Restructuring:
    values = {"origin": "today", "facts_on": TODAY, "effective_on": TODAY, "created_at": NOW, "updated_at": NOW}
    return Restructuring.objects.create(root=root, committee=committee, name=name, **{**values, **facts})


def make_planned(plan: Restructuring, name: str, kind: str = Kind.BRANCH, **facts: Any) -> PlannedOrganization:
    return PlannedOrganization.objects.create(restructuring=plan, kind=kind, name=name, **facts)


def make_seat(plan: Restructuring, person: Person, planned: PlannedOrganization | None, **facts: Any) -> Seat:
    """A member's seat, with what is registered of the member on the day of the facts."""
    belongs = {row.side: row for row in Membership.objects.on(plan.facts_on).filter(person=person)}
    party, staff = belongs.get("party"), belongs.get("staff")
    held = party.organization if party else None
    values = {
        "section": staff.organization if staff else None,
        "place": staff.place or staff.organization.place if staff else None,
        "branch": held if held and held.kind in Organization.BRANCH_KINDS else None,
        "membership_in": held,
        "standing": person.standing or Person.Standing.FULL_MEMBER,
    }
    return Seat.objects.create(restructuring=plan, person=person, planned=planned, **{**values, **facts})


@dataclass(frozen=True)
class Planned:
    """A town of two trees with a plan: one branch for each of its three sections, two under a general branch."""

    town: Town
    plan: Restructuring
    general: PlannedOrganization
    jobs: PlannedOrganization
    letters: PlannedOrganization
    data: PlannedOrganization


@laid_down
def make_planned_town(**facts: Any) -> Planned:
    """第一党支部 (jobs and letters, 5) goes on as the branch of jobs; the two of data were in no branch."""
    town = make_town()
    plan = make_plan(town.bureau, town.committee, **facts)
    general = make_planned(plan, "局机关党总支", Kind.GENERAL_BRANCH, rank=1)
    jobs = make_planned(plan, "就业促进科党支部", above=general, continues=town.first, rank=2)
    letters = make_planned(plan, "信访科党支部", above=general, rank=3)
    data = make_planned(plan, "数据科党支部", rank=4)
    for planned, section in ((jobs, town.jobs), (letters, town.letters), (data, town.data)):
        for person in Person.objects.filter(memberships__organization=section).order_by("pk"):
            make_seat(plan, person, planned)
    return Planned(town, plan, general, jobs, letters, data)


@laid_down
def make_large_plan(sections: int = 40, members: int = 8, *, on: date = TODAY) -> Restructuring:
    """A unit with so many sections over four old branches, each section with a branch of its own in the plan."""
    root, committee = make_node("unit", "某局"), make_node("organ_committee", "某局机关党委")
    make_link("set_in", committee, root)
    old = [make_node("branch", f"第{number}党支部", committee, rank=number) for number in range(1, 5)]
    plan = make_plan(root, committee, facts_on=on, effective_on=on)
    for number in range(sections):
        section = make_node("section", f"业务{number}科", root, rank=number)
        make_link("covers", old[number % 4], section)
        planned = make_planned(plan, f"业务{number}科党支部", rank=number)
        for person in make_people(root, section, members, branch=old[number % 4]):
            make_seat(plan, person, planned)
    return plan
