"""What must hold of an item."""

from collections.abc import Collection
from datetime import date

from onebow.apps.base.filters import day
from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import Organization, Person
from onebow.apps.plans.models import Change, Item, ItemKind, KeyPoint, Plan, Side, Tie

MOST_ITEMS = 3_000


def check_plan_is_open(plan: Plan) -> None:
    """While a plan waits for its first approval nothing of it changes."""
    if plan.changes.filter(is_first=True, state=Change.State.SUBMITTED).exists():
        raise Refused("计划正在报批,先撤回再修改。")


def check_point_is_open(point: KeyPoint, plan: Plan) -> None:
    """A key point changes as long as nothing that hangs on it was approved."""
    check_plan_is_open(plan)
    if plan.number and point.items.exclude(state=Item.State.DRAFT).exists():
        raise Refused(f"要点“{point.title}”下有已批准的事项,要求不能直接修改;请用“申请变更”给事项单独写明要求。")


def check_is_draft(item: Item) -> None:
    """Drafts are changed at once; what was approved, by a request."""
    if item.state != Item.State.DRAFT:
        raise Refused(f"“{item.title}”{item.get_state_display()},已在批准的计划内,请用“申请变更”调整。")
    check_plan_is_open(item.plan)
    waiting = item.change_lines.filter(change__state=Change.State.SUBMITTED).select_related("change").first()
    if waiting:
        raise Refused(f"“{item.title}”正在随“{waiting.change.title}”报批,先撤回再修改。")


def check_side(side: str, organization: Organization) -> None:
    """A Party organization owns no business item, an administrative one no Party item."""
    if organization.tree == Organization.Tree.UNION:
        raise Refused(f"“{organization.name}”是工会组织,不作事项的主责或协办单位。")
    if side == Side.BUSINESS and organization.is_party:
        raise Refused(
            f"“{organization.name}”是党组织,业务事项由行政单位或科室负责;党组织的工作请列党建事项,再与它挂钩。"
        )
    if side == Side.PARTY and not organization.is_party:
        raise Refused(f"“{organization.name}”是行政单位或科室,党建事项由党组织负责。")


def check_owner(organization: Organization | None, owners: Collection[int], plan: Plan) -> None:
    """Owners lie at or below the plan's organization, or are tied to it."""
    if organization is None or organization.pk not in owners:
        name = f"“{organization.name}”" if organization else "所选单位"
        raise Refused(
            f"{name}不在“{plan.organization.name}”的计划范围内:只能选它和它的下级,以及与它们有覆盖、设置关系的组织。"
        )


def check_days(starts_on: date | None, due_on: date | None, year: int) -> None:
    """It ends after it starts, and not before the plan's year."""
    if starts_on and due_on and due_on < starts_on:
        raise Refused(f"完成期限({day(due_on)})不能早于开始日期({day(starts_on)})。")
    if due_on and due_on.year < year:
        raise Refused(f"完成期限({day(due_on)})早于计划年度({year} 年)。")


def check_person(person: Person, organization: Organization, on: date, *, is_there: bool) -> None:
    """Whoever answers for an item belongs to its organization, or leads it, to its last day."""
    if not is_there:
        raise Refused(f"{person.name}到{day(on)}不在“{organization.name}”,也不任它的职务,请另选责任人。")


def check_kind(kind: ItemKind | None, known: Collection[int]) -> None:
    """Kinds are those of the packs that were applied here."""
    if kind is None or kind.pk not in known:
        raise Refused("所选的事项类别在本组织已不使用,请刷新页面后重新选择。")


def check_key_point(point: KeyPoint | None, plan: Plan) -> None:
    """An item hangs on a key point of its own plan."""
    if point is None or point.plan_id != plan.pk or point.removed_at:
        raise Refused("所选的工作要点不在这份计划中,请刷新页面后重新选择。")


def check_count(plan: Plan, more: int) -> None:
    """No plan that nobody could read."""
    if plan.items.count() + more > MOST_ITEMS:
        raise Refused(f"一份计划最多 {MOST_ITEMS:,} 个事项。")


def check_tie(kind: str, source: Item, target: Item) -> None:
    """`supports` goes from a Party item to a business item; `after` stays on one side."""
    if source.pk == target.pk:
        raise Refused("事项不能与自己挂钩。")
    if Item.State.CANCELLED in (source.state, target.state):
        raise Refused("已取消的事项不能挂钩。")
    if kind == Tie.Kind.SUPPORTS and (source.side, target.side) != (Side.PARTY, Side.BUSINESS):
        raise Refused("“服务保障”只能由党建事项指向业务事项。")
    if kind == Tie.Kind.AFTER and source.side != target.side:
        raise Refused("先后关系只能在同一侧的事项之间;党建与业务之间请用“服务保障”。")
