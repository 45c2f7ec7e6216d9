"""What may be done with a restructuring plan, and when."""

from datetime import date

from onebow.apps.base.filters import day
from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import Organization, PlannedOrganization, Restructuring
from onebow.apps.organizations.rules.structure import LEAST_REASON, Authority, check_can_manage

State = Restructuring.State
K = Organization.Kind
COMMITTEES = (K.WORK_COMMITTEE, K.PARTY_COMMITTEE, K.ORGAN_COMMITTEE)


def check_can_plan(root: Organization, committee: Organization, authority: Authority) -> None:
    """An officer of the unit plans, under a committee that the officer keeps as well."""
    check_can_manage(root, authority)
    if root.kind != K.UNIT:
        raise Refused(f"“{root.name}”不是单位,支部调整方案按单位编制。")
    if committee.kind not in (*COMMITTEES, K.GENERAL_BRANCH):
        raise Refused(f"“{committee.name}”不是党委或党总支,支部应设在党委或党总支之下。")
    check_can_manage(committee, authority)


def check_is_draft(plan: Restructuring) -> None:
    """Only a draft is changed."""
    if plan.state != State.DRAFT:
        raise Refused(f"这个方案{plan.get_state_display()},不能再修改。需要改动时,请复制为新的草案。")


def check_version(plan: Restructuring, version: int) -> None:
    """Two officers at one plan: the second is told of the first."""
    if plan.version != version:
        raise Refused("方案在您打开页面之后已被修改,请刷新页面,核对后再改。", fresh={"version": plan.version})


def check_can_take_members(planned: PlannedOrganization) -> None:
    """Members belong to branches, never directly to what stands over branches."""
    if planned.is_general:
        raise Refused(f"“{planned.name}”是党总支,党员应编入其下的支部。")


def check_can_open_general(plan: Restructuring, has_one: bool) -> None:
    """A unit has one general branch at most, and none stands under another one."""
    if plan.committee.kind == K.GENERAL_BRANCH:
        raise Refused("党总支直接设在党委之下。")
    if has_one:
        raise Refused("方案中这个单位已有党总支。")


def check_can_stand_under(planned: PlannedOrganization, above: PlannedOrganization | None) -> None:
    """A branch stands under a general branch of the same plan, a general branch under the committee."""
    if planned.is_general:
        raise Refused("党总支直接设在党委之下。")
    if above is not None and (not above.is_general or above.restructuring_id != planned.restructuring_id):
        raise Refused(f"“{above.name}”不是这个方案中的党总支。")


def check_can_continue(planned: PlannedOrganization, organization: Organization | None) -> None:
    """What goes on stands and keeps its kind: a branch of one unit does not become a joint one by another name."""
    if organization is not None and organization.ends_on is not None:
        raise Refused(f"“{organization.name}”已撤销,不能沿用;请新设。")
    if organization is not None and organization.kind != planned.kind:
        raise Refused(
            f"“{organization.name}”是{organization.get_kind_display()},不能沿用为{planned.get_kind_display()};请新设。"
        )


def check_says_why(reason: str) -> None:
    """Whoever lets a planned organization stand out against a rule says why; it goes into the request."""
    if len("".join(reason.split())) < LEAST_REASON:
        raise Refused(f"请写明理由(至少 {LEAST_REASON} 个字),会写入请示。")


def check_can_submit(plan: Restructuring, obstacles: list[str]) -> None:
    """Nothing stands in the way: rules that must hold, reasons that are missing, members without branch."""
    check_is_draft(plan)
    if obstacles:
        more = f"等 {len(obstacles)} 处" if len(obstacles) > 3 else ""
        raise Refused(f"方案还不能提交:{';'.join(obstacles[:3])}{more}。")


def check_can_enact(plan: Restructuring, today: date) -> None:
    """Approved, and its day has come."""
    if plan.state != State.APPROVED:
        raise Refused(f"这个方案{plan.get_state_display()},批准后才能实施。")
    if plan.effective_on > today:
        raise Refused(f"实施日期是{day(plan.effective_on)},到那一天由系统自动实施;要提前实施,请重新报批。")
