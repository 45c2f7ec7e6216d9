"""What must hold of a request to approve or change a plan."""

from collections.abc import Sequence

from onebow.apps.base.refusals import Refused
from onebow.apps.plans.models import Change, ChangeStep, Plan

State = Change.State


def check_state(change: Change, *states: str) -> None:
    """It has not got elsewhere meanwhile."""
    if change.state not in states:
        raise Refused(f"“{change.title}”现在是“{change.get_state_display()}”,这一步不能办理。")


def check_waits(step: ChangeStep | None) -> None:
    """Somebody's turn it is."""
    if step is None:
        raise Refused("各环节都已审批。")


def check_in_force(plan: Plan) -> None:
    """A request changes what was approved."""
    if not plan.number:
        raise Refused("计划还没有批准,事项可以直接修改;编好后整份报批。")


def check_not_in_force(plan: Plan) -> None:
    """A plan is approved as a whole once."""
    if plan.number:
        raise Refused(f"计划已经批准(第 {plan.number} 版),调整请用“申请变更”。")


def check_reason(reason: str) -> None:
    """Whoever decides must know why."""
    if not reason.strip():
        raise Refused("请写明变更的理由,审批的人据此决定。")


def check_steps(organization_ids: Sequence[int], most: int) -> None:
    """Somebody decides, nobody twice."""
    if not organization_ids:
        raise Refused("请至少选一个审批的组织。")
    if len(organization_ids) > most:
        raise Refused(f"审批环节最多 {most} 个。")
    if len(set(organization_ids)) < len(organization_ids):
        raise Refused("同一个组织只能列一个审批环节。")
