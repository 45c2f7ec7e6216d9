"""Carries the reform out through the product's services, as its people would by clicks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.organizations.models import Organization, Restructuring, StructureRun
from onebow.apps.organizations.queries.elections.proposals import proposals_for
from onebow.apps.organizations.queries.elections.standing import Next, standing_of
from onebow.apps.organizations.queries.groups import chains_of_branch
from onebow.apps.organizations.queries.restructuring.checks import findings_of
from onebow.apps.organizations.queries.restructuring.plan import plan_of
from onebow.apps.organizations.services.elections.ballots import BallotDraft, Vote, record_ballot, submit_result
from onebow.apps.organizations.services.elections.candidates import decide, submit_candidates
from onebow.apps.organizations.services.elections.prepare import ElectionDraft, begin_elections
from onebow.apps.organizations.services.groups import GroupDraft, found_groups
from onebow.apps.organizations.services.restructuring.deciding import decide_restructuring, submit_restructuring
from onebow.apps.organizations.services.restructuring.drafts import PlanDraft, draft_restructuring
from onebow.apps.organizations.services.restructuring.edits import give_reason
from onebow.apps.organizations.services.restructuring.enact import enact_restructuring
from onebow.apps.organizations.services.restructuring.proposals import Settings, compute, request_proposal

K = Organization.Kind
NAME = "支部建在科室上"
BASIS = "支部跨科室、跨办公区,党建与业务不在一处;按科室设支部,科室负责人任书记"
REASON = "机构独立、业务自成一体,设党总支便于统一部署党建和业务"
# Founded some days before the elections: a provisional head leads at least for a day.
SINCE = timedelta(days=14)
Tell = Callable[[str], object]


@dataclass(frozen=True)
class Reform:
    """What was done: the plan, and what the first computation said of the unit that cannot stand alone."""

    plan: Restructuring
    refused: tuple[str, ...]
    before_on: date


@dataclass(frozen=True)
class People:
    """Who acts: the officer who plans, and the committee's secretary who decides."""

    officer: User
    committee: User


def carry_out(root: Organization, people: People, *, at: datetime, tell: Tell = lambda text: None) -> Reform:
    """Plan, approve and enact; elect everywhere; set groups and pioneer posts on the service chains."""
    tell("计算推荐方案 …")
    plan, refused = _propose(root, people.officer, at)
    tell("说明理由、报批、实施 …")
    _approve_and_enact(plan, people, at)
    tell("选举书记和委员 …")
    hold_elections(plan, people, at=at)
    tell("在服务链条上设党小组和先锋岗 …")
    set_groups(plan, people.officer, at=at)
    plan.refresh_from_db()
    return Reform(plan, refused, plan.facts_on)


def _propose(root: Organization, officer: User, at: datetime) -> tuple[Restructuring, tuple[str, ...]]:
    """The proposal; a unit that cannot be served by itself is considered with the organ."""
    committee = Organization.objects.get(kind=K.ORGAN_COMMITTEE, links_out__target=root)
    draft = PlanDraft(root.pk, committee.pk, NAME, timezone.localdate(at) - SINCE)
    plan = draft_restructuring(draft, by=officer, at=at)
    run = _compute(plan, None, officer, at)
    alone = [(row["body"], f"{row['words']}({row['rule']})") for row in run.output["infeasible"]]
    if alone:
        organ = root.children.get(name="局机关")
        attached = {unit: str(organ.pk) for unit, _ in alone}
        _compute(plan, Settings({}, {"attached": attached}), officer, at)
    return plan, tuple(words for _, words in alone)


def _compute(plan: Restructuring, settings: Settings | None, officer: User, at: datetime) -> StructureRun:
    run = request_proposal(plan.pk, settings, by=officer, at=at, queue=False)
    compute(plan.pk, run.pk, now=lambda: at)
    run.refresh_from_db()
    return run


def _approve_and_enact(plan: Restructuring, people: People, at: datetime) -> None:
    today = timezone.localdate(at)
    plan.refresh_from_db()
    for one in findings_of(plan_of(plan, today)):
        if one.is_open:
            give_reason(one.planned_id, one.finding.rule.id, REASON, by=people.officer, at=at)
    submit_restructuring(plan.pk, effective_on=plan.effective_on, basis=BASIS, by=people.officer, at=at)
    number = f"示例党〔{today.year}〕1号"
    decide_restructuring(plan.pk, approved=True, number=number, by=people.committee, at=at)
    enact_restructuring(plan.pk, by=people.officer, at=at)


def hold_elections(plan: Restructuring, people: People, *, at: datetime) -> None:
    """Every organization of the plan elects, from the candidates to the superior's reply."""
    today = timezone.localdate(at)
    organizations = [row.founded for row in plan.planned.select_related("founded").order_by("rank") if row.founded]
    proposals = proposals_for(organizations, today, today)
    drafts = [
        (one.pk, ElectionDraft("founding", proposals[one.pk].manner, today, seats=proposals[one.pk].seats))
        for one in organizations
    ]
    leaders = {row.founded_id: row.leader_id for row in plan.planned.all()}
    for election in begin_elections(drafts, by=people.officer, at=at):
        submit_candidates(election.pk, by=people.officer, at=at)
        decide(election.pk, approved=True, reason="", number="", by=people.committee, at=at)
        while (due := standing_of(election, today).next) is not None:
            ballot = _ballot(due, leaders[election.organization_id])
            record_ballot(election.pk, ballot, by=people.officer, at=at)
        submit_result(election.pk, {}, by=people.officer, at=at)
        decide(election.pk, approved=True, reason="", number="", by=people.committee, at=at)


def _ballot(due: Next, leader_id: int | None) -> BallotDraft:
    """Made-up counts: nearly everybody is there, the provisional head is elected, and nobody by all votes."""
    present = max(due.quorum, due.due - due.due // 10)
    chosen = sorted(due.people, key=lambda person: person.pk != leader_id)[: due.seats]
    votes = tuple(
        Vote(person.pk, present - 1, 1) if person in chosen else Vote(person.pk, 1, present - 1)
        for person in due.people
    )
    return BallotDraft(due.office, due.round, present, present, present, votes=votes)


def set_groups(plan: Restructuring, officer: User, *, at: datetime) -> None:
    """A group and a pioneer post on every service chain of the sections that the branches cover."""
    today = timezone.localdate(at)
    for row in plan.planned.exclude(kind=K.GENERAL_BRANCH).select_related("founded").order_by("rank"):
        branch = row.founded
        chains = chains_of_branch(branch, today) if branch else []
        if not branch or not chains:
            continue
        members = list(branch.memberships.on(today).order_by("pk").values_list("person_id", flat=True))
        share = max(1, len(members) // (len(chains) + 1))
        drafts = [
            GroupDraft(chain.id, f"{chain.name.removesuffix('链条')}党小组", tuple(group), group[0], group[-1])
            for chain, group in zip(chains, _parts(members, share), strict=False)
        ]
        found_groups(branch.pk, drafts, on=today, by=officer, at=at)


def _parts(members: list[int], share: int) -> list[list[int]]:
    return [members[start : start + share] for start in range(0, len(members), share)]
