"""Submitting a plan, deciding on it in the product or on paper, giving it up."""

from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.ledger.services import Event, record, record_all
from onebow.apps.organizations import rules
from onebow.apps.organizations.models import Approval, Restructuring
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.organizations.queries.restructuring.checks import findings_of, obstacles_of
from onebow.apps.organizations.queries.restructuring.late import late_words
from onebow.apps.organizations.queries.restructuring.plan import plan_of
from onebow.apps.organizations.queries.restructuring.stale import ended_organizations, stale_lines
from onebow.apps.organizations.rules import restructuring as plan_rules
from onebow.apps.organizations.services.approvals import DecisionDraft, PaperDraft, decided, decided_here
from onebow.apps.organizations.services.restructuring.drafts import facts_of, stand_anew

State = Restructuring.State
STEP = Approval.Step.RESTRUCTURING


@write()
def submit_restructuring(plan_id: int, *, effective_on: date, basis: str, by: User, at: datetime) -> Restructuring:
    """Ask the committee for its decision.

    Raises:
        Refused: no draft, `by` does not keep the unit, no basis, or something stands in the way (each is named).
    """
    plan = _locked(plan_id)
    today = timezone.localdate(at)
    rules.check_can_manage(plan.root, authority_of(by, today))
    plan_rules.check_is_draft(plan)
    plan_rules.check_says_why(basis)
    stand_anew(plan, effective_on)
    plan.effective_on, plan.basis = effective_on, basis
    whole = plan_of(plan, today)
    _, facts = facts_of(plan, today)
    stale, ended = stale_lines(whole, facts), ended_organizations(whole, facts)
    obstacles = obstacles_of(whole, findings_of(whole), [*stale, *ended], late_words(whole, facts))
    plan_rules.check_can_submit(plan, [one.words for one in obstacles])
    plan.state, plan.submitted_by, plan.submitted_at = State.SUBMITTED, by, at
    _save(plan, at, "effective_on", "basis", "state", "submitted_by", "submitted_at")
    record(Event("restructuring.submitted", plan.root_id, source=plan), by_id=by.pk, at=at)
    return plan


@write()
def decide_restructuring(
    plan_id: int, *, approved: bool, reason: str = "", number: str = "", by: User, at: datetime
) -> Restructuring:
    """The committee agrees, or returns the plan to its draft.

    Raises:
        Refused: not submitted, `by` does not decide for the committee or asked for it, or returned without a reason.
    """
    plan = _locked(plan_id)
    _check_submitted(plan)
    draft = DecisionDraft(STEP, approved, reason, number)
    approval, event = decided_here(plan.committee, draft, subject=plan, asked_by_id=plan.submitted_by_id, by=by, at=at)
    _decide(plan, approval if approved else None, at)
    record(event, by_id=by.pk, at=at)
    return plan


@write()
def record_plan_paper(
    plan_id: int, draft: PaperDraft, *, scan: UploadedFile | None = None, by: User, at: datetime
) -> Restructuring:
    """The committee decided on paper (线下已批).

    Raises:
        Refused: not submitted, `by` does not keep the committee, a date ahead, the same paper twice, or a bad scan.
    """
    plan = _locked(plan_id)
    _check_submitted(plan)
    approval, event = decided(plan.committee_id, draft, subject=plan, scan=scan, by=by, at=at)
    _decide(plan, approval, at)
    record(event, by_id=by.pk, at=at)
    return plan


@write()
def reopen_restructuring(plan_id: int, *, by: User, at: datetime) -> Restructuring:
    """Back to draft: the submitter changes it, or an approved plan can no longer be enacted as it is.

    Raises:
        Refused: neither submitted nor approved, or `by` does not keep the unit.
    """
    plan = _locked(plan_id)
    rules.check_can_manage(plan.root, authority_of(by, timezone.localdate(at)))
    if plan.state not in (State.SUBMITTED, State.APPROVED):
        raise Refused(f"这个方案{plan.get_state_display()},不能退回草案。")
    _decide(plan, None, at)
    data = {"what": "退回草案"}
    record(Event("restructuring.changed", plan.root_id, source=plan, data=data), by_id=by.pk, at=at)
    return plan


@write()
def withdraw_restructuring(plan_id: int, *, reason: str, by: User, at: datetime) -> Restructuring:
    """Give a plan up before it is enacted.

    Raises:
        Refused: enacted or given up already, or `by` does not keep the unit.
    """
    plan = _locked(plan_id)
    rules.check_can_manage(plan.root, authority_of(by, timezone.localdate(at)))
    if plan.state == State.ENACTED:
        raise Refused("方案已经实施,不能作废;需要恢复时,请另拟“恢复原结构”的方案。")
    if plan.state == State.WITHDRAWN:
        raise Refused("方案已经作废。")
    plan.state, plan.approval = State.WITHDRAWN, None
    _save(plan, at, "state", "approval")
    event = Event("restructuring.withdrawn", plan.root_id, source=plan, data={"reason": reason.strip()})
    record_all([event], by_id=by.pk, at=at)
    return plan


def _locked(plan_id: int) -> Restructuring:
    rows = Restructuring.objects.select_for_update(of=("self",)).select_related("root", "committee")
    return rows.get(pk=plan_id)


def _check_submitted(plan: Restructuring) -> None:
    if plan.state != State.SUBMITTED:
        raise Refused(f"这个方案{plan.get_state_display()},现在不能审批。")


def _decide(plan: Restructuring, approval: Approval | None, at: datetime) -> None:
    plan.state = State.APPROVED if approval else State.DRAFT
    plan.approval, plan.hindrance = approval, ""
    _save(plan, at, "state", "approval", "hindrance")


def _save(plan: Restructuring, at: datetime, *fields: str) -> None:
    plan.version, plan.updated_at = plan.version + 1, at
    plan.save(update_fields=[*fields, "version", "updated_at"])
