"""A bureau whose plan goes all the way: drafted, submitted, approved, enacted, by the services."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from onebow.apps.accounts.models import User
from onebow.apps.organizations.models import Link, Organization, Post, Restructuring
from onebow.apps.organizations.services.restructuring import deciding, drafts, edits, enact
from onebow.apps.organizations.tests.make import (
    NOON,
    TODAY,
    appoint,
    grant,
    join,
    make_organization,
    make_person,
    make_user,
    tie,
)

K = Organization.Kind
BASIS = "为把党支部建在科室上,使党建与业务同步推进。"


@dataclass(frozen=True)
class Bureau:
    """One branch over two sections of three members each; the plan gives the second section a branch of its own."""

    unit: Organization
    committee: Organization
    branch: Organization
    office: Organization
    wages: Organization
    officer: User
    other: User
    plan: Restructuring


def make_bureau() -> Bureau:
    unit = make_organization(K.UNIT, "人社局")
    make_organization(K.LEADING_GROUP, "人社局党组", unit)
    committee = make_organization(K.ORGAN_COMMITTEE, "人社局机关党委", set_in_id=unit.pk)
    branch = make_organization(K.BRANCH, "第1党支部", committee)
    office, wages = (make_organization(K.SECTION, name, unit) for name in ("办公室", "工资科"))
    for section, names in ((office, "甲乙丙"), (wages, "丁戊己")):
        tie(Link.Kind.COVERS, branch, section)
        for number, name in enumerate(names):
            dates = {"born_on": date(1980, 5, 3), "joined_on": date(2006, 7, 1), "full_on": date(2007, 7, 1)}
            person = make_person(unit, f"周{name}", sex="female", **dates)
            join(person, section)
            join(person, branch)
            if number == 0:
                appoint(person, section, Post.Role.UNIT_HEAD)
    officer, other = make_user("officer"), make_user("other")
    for user in (officer, other):
        grant(user, unit)
    draft = drafts.PlanDraft(unit.pk, committee.pk, "支部调整方案", TODAY)
    plan = drafts.draft_restructuring(draft, by=officer, at=NOON)
    _give_wages_a_branch(plan, wages, officer)
    return Bureau(unit, committee, branch, office, wages, officer, other, at_present(plan))


def _give_wages_a_branch(plan: Restructuring, wages: Organization, officer: User) -> None:
    seats = tuple(plan.seats.filter(section=wages).values_list("pk", flat=True))
    edits.move_members(plan.pk, edits.Move(seats, None, at_present(plan).version), by=officer, at=NOON)
    for row in plan.planned.order_by("pk"):
        name = "工资科党支部" if row.continues_id is None else "办公室党支部"
        leader = row.seats.order_by("person").first().person
        facts = {"name": name, "leader": leader}
        edits.change_planned(row.pk, facts, version=at_present(plan).version, by=officer, at=NOON)


def at_present(plan: Restructuring) -> Restructuring:
    """The plan as it stands now."""
    rows = Restructuring.objects.select_related("root", "committee", "run", "approval", "source")
    return rows.get(pk=plan.pk)


def submit(bureau: Bureau, *, effective_on: date = TODAY, at: datetime = NOON) -> Restructuring:
    plan = bureau.plan
    deciding.submit_restructuring(plan.pk, effective_on=effective_on, basis=BASIS, by=bureau.officer, at=at)
    return at_present(plan)


def approve(bureau: Bureau, *, number: str = "", at: datetime = NOON) -> Restructuring:
    deciding.decide_restructuring(bureau.plan.pk, approved=True, number=number, by=bureau.other, at=at)
    return at_present(bureau.plan)


def carry_out(bureau: Bureau, *, at: datetime = NOON) -> Restructuring:
    enact.enact_restructuring(bureau.plan.pk, by=bureau.officer, at=at)
    return at_present(bureau.plan)


def later(minutes: int) -> datetime:
    return datetime(2026, 3, 2, 4, 0, tzinfo=UTC) + timedelta(minutes=minutes)
