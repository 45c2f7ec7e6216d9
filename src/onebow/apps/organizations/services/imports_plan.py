"""The plan of an import: everything that would be written, prepared before the database is locked."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from django.utils import timezone

from onebow.apps.base.bulk import Pattern
from onebow.apps.base.fields import blind_index
from onebow.apps.base.refusals import Refused
from onebow.apps.documents.tables import Workbook
from onebow.apps.organizations.models import Organization, Person, Post, RosterImport
from onebow.apps.organizations.queries.imports_state import (
    RosterState,
    belonging_people,
    holdings_of,
    last_cells,
    open_secretaries,
    people_by_id,
    state_of,
)
from onebow.apps.organizations.roster.dates import last_day
from onebow.apps.organizations.roster.facts import Finding, PersonFacts, RosterFacts
from onebow.apps.organizations.roster.organizations import key_of
from onebow.apps.organizations.roster.reading import read_roster
from onebow.apps.organizations.roster.sections import Known
from onebow.apps.organizations.services.imports_organizations import OrganizationPlan, OrganizationPlanner
from onebow.apps.organizations.services.imports_people import Occasion, PersonPlan, PersonPlanner, content_of

Progress = Callable[[int, int, str], None]
STEP = 1_000


def silent(done: int, total: int, text: str) -> None:
    """No one waits for this import's progress."""


@dataclass
class Plan:
    """预检结果: what the roster says, what would be written, and what a person must look at."""

    facts: RosterFacts
    # What was known when the rows were read; planning adds to the state.
    known: Known
    state: RosterState
    on: date
    organizations: OrganizationPlan
    people: list[PersonPlan] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def count(self, fate: str) -> int:
        """How many people have this fate."""
        return sum(plan.fate == fate for plan in self.people)


@dataclass(frozen=True)
class Task:
    """What is asked: under which root, for which day (None: the title's), when, for which import row."""

    root: Organization
    on: date | None
    at: datetime
    source: RosterImport | None = None


class Read(Protocol):
    """What the rows of a file say, and what was known when they were read."""

    facts: RosterFacts
    known: Known


@dataclass
class ReadAhead:
    """The rows of a file, read before there is anything to plan against."""

    facts: RosterFacts
    known: Known


def read_ahead(book: Workbook, task: Task, progress: Progress = silent) -> ReadAhead:
    """Read the rows for a plan to come.

    Raises:
        Refused: no table of people.
    """
    known = state_of(task.root, timezone.localdate(task.at)).known
    return ReadAhead(_read(book, known, task, progress), known)


def make_plan(book: Workbook, task: Task, progress: Progress = silent, read: Read | None = None) -> Plan:
    """Read the file against the database and plan all writes; `read` is an earlier reading of the same file.

    Raises:
        Refused: no table of people, a day to come, or a roster older than the last one that was imported.
    """
    today = timezone.localdate(task.at)
    state = state_of(task.root, today)
    # What the rows say depends on nothing but the file and the names that were known then.
    known = state.known
    facts = read.facts if read and read.known == known else _read(book, known, task, progress)
    on = facts.dated or today
    _check_day(state, on, today)
    starts_on = None if state.first_on is None or on == state.first_on else on
    organizations = OrganizationPlanner(state, starts_on, task.at).add(facts)
    plan = Plan(facts, known, state, on, organizations, findings=list(facts.findings))
    _plan_people(plan, PersonPlanner(state, Occasion(on, starts_on, task.at, task.source)), progress)
    _settle_secretaries(plan)
    _name_missing(plan)
    return plan


def _read(book: Workbook, known: Known, task: Task, progress: Progress) -> RosterFacts:
    def tell(done: int, total: int) -> None:
        progress(done, total, "正在核对每一行")

    tell(0, 0)
    return read_roster(book, known, on=task.on, progress=tell)


def _check_day(state: RosterState, on: date, today: date) -> None:
    # A roster of this month stands on the month's last day. A mistyped later year would shut out all true ones.
    if on > last_day(today.year, today.month):
        raise Refused(f"这份名册的日期是 {on},还没有到。请核对标题中的日期,或在导入时填写名册日期。")
    if state.last_on and on < state.last_on:
        raise Refused(
            f"这份名册的日期是 {on},早于已导入的名册({state.last_on})。"
            "旧名册不能覆盖新名册;如日期有误,请在导入时填写名册日期。"
        )


def _plan_people(plan: Plan, planner: PersonPlanner, progress: Progress) -> None:
    matches = _matches(plan.state, plan.facts.people)
    contents = [content_of(facts) for facts in plan.facts.people]
    differing = {
        person_id
        for person_id, content in zip(matches, contents, strict=True)
        if person_id is not None and plan.state.last_rows.get(person_id) != content
    }
    people, holdings = people_by_id(differing), holdings_of(differing)
    total, known = len(contents), Pattern(Person, root=plan.state.root)
    for number, (facts, person_id, content) in enumerate(zip(plan.facts.people, matches, contents, strict=True)):
        if number % STEP == 0:
            progress(number, total, "正在比对已有人员")
        if person_id is None:
            plan.people.append(planner.create(facts, content))
        elif person_id in people:
            last = last_cells(plan.state, person_id)
            plan.people.append(planner.compare(facts, content, people[person_id], holdings[person_id], last))
        else:
            plan.people.append(
                PersonPlan(facts, "", known.row({}, id=person_id, name=plan.state.names.get(person_id, "")))
            )
    for one in plan.people:
        if one.newer:
            _warn(plan, one.facts, "newer_in_database", "系统中有晚于名册日期的变动,以系统为准,未作修改。")


def _matches(state: RosterState, people: list[PersonFacts]) -> list[int | None]:
    """The known person of each row's person; nobody is taken twice."""
    taken: set[int] = set()
    found: list[int | None] = []
    for facts in people:
        person_id = state.by_number.get(blind_index(facts.id_number)) if facts.id_number else None
        if person_id is None or person_id in taken:
            person_id = _by_identity(state, facts, taken)
        if person_id is not None:
            taken.add(person_id)
        found.append(person_id)
    return found


def _by_identity(state: RosterState, facts: PersonFacts, taken: set[int]) -> int | None:
    """Without a number on one side: the same name, birth date and unit. Without a birth date the first one free."""
    born = facts.born.on.isoformat() if facts.born else ""
    candidates = state.by_identity.get((facts.name, born, key_of(facts.unit)), [])
    fitting = [pk for pk in dict.fromkeys(candidates) if not (facts.id_number and pk in state.numbered)]
    free = [pk for pk in fitting if pk not in taken]
    if born and len(fitting) > 1:
        return None
    return free[0] if free else None


def _settle_secretaries(plan: Plan) -> None:
    """One secretary to a branch: a second one is left out and said."""
    sitting = open_secretaries(plan.state) if plan.state.root.pk else {}
    leaving = {post.pk for one in plan.people for post in (*one.posts.ended, *one.posts.deleted)}
    taken: dict[int, str] = {
        pk: plan.state.names.get(post.person_id, "") for pk, post in sitting.items() if post.pk not in leaving
    }
    fresh: dict[int, str] = {}
    for one in plan.people:
        for post in list(one.posts.created):
            if post.role != Post.Role.SECRETARY:
                continue
            branch = post.organization
            other = taken.get(branch.pk) or fresh.get(id(branch))
            if other:
                one.posts.created.remove(post)
                message = f"“{branch.name}”已有书记{other},这一任职没有登记。"
                _warn(plan, one.facts, "two_secretaries", message)
            else:
                fresh[id(branch)] = one.facts.name


def _name_missing(plan: Plan) -> None:
    """People who belong here today but are not in the roster: a person must settle it."""
    if plan.state.root.pk is None or not plan.state.names:
        return
    present = {one.person.pk for one in plan.people}
    missing = sorted(belonging_people(plan.state) - present)
    if not missing:
        return
    names = "、".join(plan.state.names.get(pk, "") for pk in missing[:20]) + ("等" if len(missing) > 20 else "")
    sheet = plan.people[0].facts.sheet if plan.people else ""
    message = f"系统中有 {len(missing)} 人不在这份名册里:{names}。没有作任何改动。"
    finding = Finding(sheet, 1, "", "", "warning", "not_in_roster", message, "已调离的请在人员页登记调离。")
    plan.findings.insert(0, finding)


def _warn(plan: Plan, facts: PersonFacts, code: str, message: str) -> None:
    finding = Finding(facts.sheet, facts.row, "", facts.name, "warning", code, message, "请在人员页核对。")
    plan.findings.append(finding)
