"""Copying a plan forward: last year's plan becomes this year's draft."""

from datetime import datetime

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write_alone
from onebow.apps.ledger.services import Event, record
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.organizations.queries.succession import successor_of
from onebow.apps.plans.models import Item, ItemUnit, KeyPoint, Plan, Requirement, Tie
from onebow.apps.plans.queries.owners import owners_of
from onebow.apps.plans.rules.access import check_can_write
from onebow.apps.plans.rules.drafting import check_count, check_plan_is_open
from onebow.apps.plans.services.copying_plan import ItemCopy, copies_of
from onebow.apps.plans.services.parts import by_id, today_of, touch
from onebow.apps.plans.services.plans import plan_begun


@write_alone()
def copy_forward(plan_id: int, *, by: User | None, at: datetime) -> tuple[Plan, int]:
    """Copy a plan into the next year's draft; how many items were new. What was copied before stays as it is.

    Dates move by a year, owners that ended give way to their successors, and who left is left out.

    Raises:
        Refused: `by` may not write it, its organization ended without a successor, or next year's plan is approved.
    """
    source, today = Plan.objects.select_related("organization").get(pk=plan_id), today_of(at)
    check_can_write(source.organization, authority_of(by, today))
    organization = successor_of(source.organization_id, today)
    if organization is None:
        raise Refused(f"“{source.organization.name}”已经撤销,没有登记承继它的组织。")
    check_can_write(organization, authority_of(by, today))
    plan = Plan.objects.filter(organization=organization, year=source.year + 1).first()
    plan = plan or plan_begun(organization, source.year + 1, by=by, at=at)
    check_plan_is_open(plan)
    if plan.number:
        raise Refused(f"{plan.year} 年度计划已经批准,不能再由上年带入。")
    count = _copied(source, plan, copies_of(source, organization, today), at)
    touch(plan, at)
    data = {"items": count}
    record(Event("plan.imported", plan.organization_id, source=plan, data=data), by_id=by_id(by), at=at)
    return plan, count


def _copied(source: Plan, plan: Plan, copies: list[ItemCopy], at: datetime) -> int:
    known = set(plan.items.exclude(source_key="").values_list("source_key", flat=True))
    new = [one for one in copies if one.is_good and one.key not in known]
    check_count(plan, len(new))
    points = _points(source, plan, at)
    owners = set(owners_of(plan.organization, today_of(at)).values_list("pk", flat=True))
    made: dict[int | None, Item] = {one.item.pk: _item(one, plan, points, at) for one in new}
    units = ItemUnit.objects.filter(item__in=made, organization__in=owners)
    ItemUnit.objects.bulk_create(ItemUnit(item=made[row.item_id], organization_id=row.organization_id) for row in units)
    for row in Requirement.objects.filter(item__in=made, stage=None):
        Requirement.objects.create(item=made[row.item_id], category=row.category, text=row.text, who=row.who)
    ties = Tie.objects.open().filter(source__in=made, target__in=made)
    Tie.objects.bulk_create(
        Tie(kind=tie.kind, source=made[tie.source_id], target=made[tie.target_id], made_at=at) for tie in ties
    )
    return len(made)


def _points(source: Plan, plan: Plan, at: datetime) -> dict[int, KeyPoint]:
    """Last year's key points in the new plan, by their old ids; one of the same title is the same."""
    known = {point.title: point for point in plan.key_points.filter(removed_at=None)}
    found = {}
    for point in source.key_points.filter(removed_at=None):
        if point.title not in known:
            known[point.title] = KeyPoint.objects.create(
                plan=plan, order=point.order, title=point.title, text=point.text, created_at=at, updated_at=at
            )
            Requirement.objects.bulk_create(
                Requirement(key_point=known[point.title], category=row.category, text=row.text)
                for row in point.requirements.all()
            )
        found[point.pk] = known[point.title]
    return found


def _item(one: ItemCopy, plan: Plan, points: dict[int, KeyPoint], at: datetime) -> Item:
    old = one.item
    return Item.objects.create(
        plan=plan, kind=one.kind or old.kind, side=old.side, title=old.title, text=old.text, hours=old.hours,
        organization_id=one.organization_id or old.organization_id, person_id=one.person_id,
        key_point=points.get(old.key_point_id or 0), starts_on=one.starts_on, due_on=one.due_on,
        source_key=one.key, untied_reason=old.untied_reason, untied_said_at=at if old.untied_reason else None,
        created_at=at, updated_at=at,
    )  # fmt: skip
