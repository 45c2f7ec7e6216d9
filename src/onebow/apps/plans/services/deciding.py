"""Deciding on a request, step by step: in the product, or on paper (线下已批)."""

from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write_alone
from onebow.apps.ledger.services import Event, record_all
from onebow.apps.organizations.models import Approval
from onebow.apps.organizations.services.approvals import DecisionDraft, PaperDraft, decided, decided_here
from onebow.apps.plans.models import Change, ChangeStep
from onebow.apps.plans.queries.steps import step_waiting, steps_of
from onebow.apps.plans.rules.changes import check_state
from onebow.apps.plans.services.applying import applied
from onebow.apps.plans.services.changes import reopened
from onebow.apps.plans.services.parts import today_of, touch

PLAN = Approval.Step.PLAN


@write_alone()
def decide(change_id: int, *, approved: bool, reason: str, number: str = "", by: User, at: datetime) -> Change:
    """Decide in the product on the step that waits.

    Raises:
        Refused: nothing waits, `by` does not decide for the step's organization or asked for it, a return without a
            reason, or (at the last step) something has moved since.
    """
    change, step = _waiting(change_id)
    draft = DecisionDraft(PLAN, approved, reason, number)
    asked = change.asked_by_id
    approval, event = decided_here(step.organization, draft, subject=change, asked_by_id=asked, by=by, at=at)
    return _follow(change, step, approval, event, by=by, at=at)


@write_alone()
def record_paper(
    change_id: int, *, number: str, on: date, scan: UploadedFile | None = None, by: User, at: datetime
) -> Change:
    """Record the decision on paper of the step that waits.

    Raises:
        Refused: nothing waits, `by` does not keep the plan's organization, a paper of tomorrow or recorded already,
            or (at the last step) something has moved since.
    """
    change, step = _waiting(change_id)
    draft = PaperDraft(PLAN, number, on)
    approval, event = decided(change.plan.organization_id, draft, subject=change, scan=scan, by=by, at=at)
    # Whoever keeps the plan's organization records it; decided has the organization whose turn it was.
    approval.organization = step.organization
    approval.save(update_fields=["organization"])
    return _follow(change, step, approval, event, by=by, at=at)


def _waiting(change_id: int) -> tuple[Change, ChangeStep]:
    rows = Change.objects.select_for_update(of=("self",)).select_related("plan__organization", "directive")
    change = rows.get(pk=change_id)
    check_state(change, Change.State.SUBMITTED)
    step = step_waiting(steps_of(change))
    if step is None:
        raise Refused("各环节都已审批。")
    return change, step


def _follow(change: Change, step: ChangeStep, approval: Approval, event: Event, *, by: User, at: datetime) -> Change:
    """What a decision brings: back to who asked, on to the next step, or into force."""
    if approval.decision == Approval.Decision.RETURNED:
        change.state = Change.State.DRAFT
        reopened(change, at)
        events = [event]
    else:
        step.approval = approval
        step.save(update_fields=["approval"])
        is_last = not change.steps.filter(approval=None).exists()
        events = [event, *(applied(change, at=at, today=today_of(at)) if is_last else ())]
        if not is_last:
            Change.objects.filter(pk=change.pk).update(version=change.version + 1, updated_at=at)
    touch(change.plan, at)
    record_all(events, by_id=by.pk, at=at)
    return change
