"""A plan held against the rules of its day, and what stands in the way of submitting it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onebow.apps.organizations.models import Organization, Person, PlanReason, Post
from onebow.apps.organizations.models.people import days_meant
from onebow.apps.organizations.queries.restructuring.plan import Plan, PlannedBranch
from onebow.apps.organizations.queries.restructuring.stale import StaleLine, StaleOrganization
from onebow.cores.regulations.facts import Holder, PartyBody
from onebow.cores.regulations.findings import Finding
from onebow.cores.regulations.structure import findings_on
from onebow.cores.regulations.table import BLOCK, WARN, rules_on

K = Organization.Kind
# What can be said of an organization before it is founded; committees and terms come with its election.
RULES = (
    "BR-FOUND-MIN", "BR-SIZE-MAX", "BR-JOINT-UNITS", "BR-SEC-STANDING", "ELEC-VOTER", "ORG-LEVEL", "M5-ONE-SECTION",
    "M5-ONE-OFFICE",
)  # fmt: skip


@dataclass(frozen=True)
class PlannedFinding:
    """A finding about a planned organization, and why it may stand."""

    planned_id: int
    name: str
    finding: Finding
    reason: PlanReason | None = None

    @property
    def is_open(self) -> bool:
        """Whether it stands in the way: it must hold, or it lacks a reason."""
        if self.finding.strength == BLOCK:
            return True
        return self.finding.strength == WARN and self.reason is None


@dataclass(frozen=True)
class Obstacle:
    """What stands in the way of submitting, and where it is put right: in a planned organization, or on the board."""

    words: str
    planned_id: int | None = None
    # The rule to which a reason is missing.
    rule: str = ""
    on_board: bool = False


def findings_of(plan: Plan) -> list[PlannedFinding]:
    """What the rules of the day of effect say of the planned organizations, in the order of the plan."""
    on = plan.restructuring.effective_on
    rules = {key: value for key, value in rules_on(on).items() if key in RULES}
    by_id = {one.row.pk: one for one in plan.organizations}
    found = []
    for finding in findings_on([_body(plan, one) for one in plan.organizations], [], rules, on=on):
        one = by_id[finding.organization_id]
        found.append(PlannedFinding(one.row.pk, one.row.name, finding, _reason(plan, finding)))
    return found


def obstacles_of(
    plan: Plan,
    findings: list[PlannedFinding],
    stale: Sequence[StaleLine | StaleOrganization],
    late: Sequence[str] = (),
) -> list[Obstacle]:
    """What stands in the way of submitting; empty if nothing does. `late` is what begins too late for the day."""
    return [*_obstacles(plan, findings, stale), *(Obstacle(words) for words in late)]


def _obstacles(
    plan: Plan, findings: list[PlannedFinding], stale: Sequence[StaleLine | StaleOrganization]
) -> Iterator[Obstacle]:
    people = [line for line in stale if isinstance(line, StaleLine)]
    if people:
        yield Obstacle(f"人员有 {len(people)} 处变化没有更新到方案")
    for line in stale:
        if isinstance(line, StaleOrganization):
            yield Obstacle(f"“{line.name}”{line.words}")
    if plan.unplaced:
        names = "、".join(seat.person.name for seat in plan.unplaced[:3])
        more = "等" if len(plan.unplaced) > 3 else ""
        yield Obstacle(f"{len(plan.unplaced)} 名党员还没有编入支部({names}{more})", on_board=True)
    for one in findings:
        if one.is_open:
            needs_reason = one.finding.strength == WARN
            what = f"{one.finding.words},还没有说明理由" if needs_reason else one.finding.words
            words = f"“{one.name}”{what}({one.finding.rule.citation})"
            yield Obstacle(words, one.planned_id, one.finding.rule.id if needs_reason else "")
    yield from _without_leader(plan)
    for (_, name), count in Counter((one.row.above_id, one.row.name) for one in plan.organizations).items():
        if count > 1:
            same = next(one.row.pk for one in plan.organizations if one.row.name == name)
            yield Obstacle(f"同一上级之下有 {count} 个组织同名“{name}”", same)
    if not plan.branches:
        yield Obstacle("方案中没有支部", on_board=True)


def _without_leader(plan: Plan) -> Iterator[Obstacle]:
    for planned in plan.organizations:
        row = planned.row
        branches = plan.below(row.pk) if row.is_general else [planned]
        if row.leader is None:
            yield Obstacle(f"“{row.name}”还没有指定负责人", row.pk)
        elif not any(seat.person_id == row.leader_id for one in branches for seat in one.seats):
            yield Obstacle(f"“{row.name}”指定的负责人{row.leader.name}不是编入其中的党员", row.pk)


def _reason(plan: Plan, finding: Finding) -> PlanReason | None:
    """The recorded reason, while it rests on the same numbers."""
    if finding.strength != WARN:
        return None
    reason = plan.reasons.get((finding.organization_id, finding.rule.id))
    return reason if reason is not None and reason.facts == dict(finding.facts) else None


def _body(plan: Plan, one: PlannedBranch) -> PartyBody:
    below = plan.below(one.row.pk) if one.row.is_general else []
    units = {plan.places.unit_of(section) for section in one.sections if section in plan.places.nodes}
    return PartyBody(
        one.row.pk,
        one.row.kind,
        full=one.full,
        probationary=one.members - one.full,
        members=one.members + sum(branch.members for branch in below),
        posts=_posts(plan, one.row.leader),
        is_of_unit=one.row.unit_id is not None,
        has_level_paper=one.has_level_paper,
        sections=len(one.sections),
        units=len(units) or None,
        offices=len(one.offices),
        seatless=one.members - one.offices.total(),
    )


def _posts(plan: Plan, leader: Person | None) -> tuple[Holder, ...]:
    if leader is None:
        return ()
    on = plan.restructuring.effective_on
    is_full = leader.standing_on(on) == Person.Standing.FULL_MEMBER
    between = days_meant(leader.full_on, leader.full_precision) if leader.full_on else None
    return (Holder(leader.pk, Post.Role.SECRETARY, is_full, between),)
