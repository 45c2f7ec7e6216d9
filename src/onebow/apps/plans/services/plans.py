"""Plans and their key points."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Max

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write, write_alone
from onebow.apps.ledger.services import Event, record
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.plans.models import Item, KeyPoint, Plan
from onebow.apps.plans.rules import access
from onebow.apps.plans.rules.drafting import check_plan_is_open, check_point_is_open
from onebow.apps.plans.services.item_details import put_texts
from onebow.apps.plans.services.parts import by_id, plan_to_write, today_of, touch

MOST_POINTS = 200


@write_alone()
def draft_plan(organization_id: int, year: int, *, by: User | None, at: datetime) -> Plan:
    """Begin the plan of an organization for a year.

    Raises:
        Refused: there is one, the organization is no more, or `by` may not write its plans.
    """
    organization, today = Organization.objects.get(pk=organization_id), today_of(at)
    access.check_can_write(organization, authority_of(by, today))
    access.check_stands(organization, today)
    plan = plan_begun(organization, year, by=by, at=at)
    record(Event("plan.drafted", organization.pk, source=plan, data={"year": year}), by_id=by_id(by), at=at)
    return plan


def plan_begun(organization: Organization, year: int, *, by: User | None, at: datetime) -> Plan:
    """A new plan, of which nothing is recorded yet. Runs in a transaction."""
    if not today_of(at).year - 1 <= year <= today_of(at).year + 2:
        raise Refused("年度应在去年到后年之间。")
    if organization.tree == Organization.Tree.UNION or organization.kind == Organization.Kind.SERVICE_CHAIN:
        raise Refused(f"“{organization.name}”不单独编制年度计划。")
    if Plan.objects.filter(organization=organization, year=year).exists():
        raise Refused(f"“{organization.name}”{year} 年度计划已经有了,请直接打开修改。")
    return Plan.objects.create(organization=organization, year=year, made_by=by, created_at=at, updated_at=at)


@write()
def add_key_point(
    plan_id: int, title: str, *, text: str = "", texts: Mapping[str, str] | None = None, by: User | None, at: datetime
) -> KeyPoint:
    """Add a key point, with what it requires of all its items.

    Raises:
        Refused: the plan waits for approval, there is one of that title, or there are too many.
    """
    plan = plan_to_write(plan_id, by, at)
    check_plan_is_open(plan)
    point = point_added(plan, title, text, at)
    put_texts(texts or {}, key_point=point)
    touch(plan, at)
    record(_event(plan, "key_point_added"), by_id=by_id(by), at=at)
    return point


def point_added(plan: Plan, title: str, text: str, at: datetime) -> KeyPoint:
    """A key point at the end of the list. Runs in a transaction."""
    points = plan.key_points.filter(removed_at=None)
    _check_title(plan, title)
    if points.count() >= MOST_POINTS:
        raise Refused(f"工作要点最多 {MOST_POINTS} 条。")
    last = points.aggregate(last=Max("order"))["last"] or 0
    return KeyPoint.objects.create(
        plan=plan, order=last + 1, title=title.strip(), text=text, created_at=at, updated_at=at
    )  # fmt: skip


def _check_title(plan: Plan, title: str, but: int = 0) -> None:
    if plan.key_points.filter(title=title.strip(), removed_at=None).exclude(pk=but).exists():
        raise Refused(f"已有工作要点“{title.strip()}”。")


@write()
def change_key_point(
    point_id: int, title: str, *, text: str, order: int, texts: Mapping[str, str], by: User | None, at: datetime
) -> KeyPoint:
    """Change a key point, its place and what it requires.

    Raises:
        Refused: the plan waits for approval, or items of it were approved.
    """
    point = KeyPoint.objects.select_related("plan").get(pk=point_id)
    plan = plan_to_write(point.plan_id, by, at)
    check_point_is_open(point, plan)
    _check_title(plan, title, but=point_id)
    point.title, point.text, point.order, point.updated_at = title.strip(), text, order, at
    point.save()
    put_texts(texts, key_point=point)
    touch(plan, at)
    record(_event(plan, "key_point"), by_id=by_id(by), at=at)
    return point


@write()
def remove_key_point(point_id: int, *, by: User | None, at: datetime) -> KeyPoint:
    """Take a key point out of a plan; its items stay in the plan without one.

    Raises:
        Refused: the plan waits for approval, or items of it were approved.
    """
    point = KeyPoint.objects.select_related("plan").get(pk=point_id)
    plan = plan_to_write(point.plan_id, by, at)
    check_point_is_open(point, plan)
    point.removed_at = point.updated_at = at
    point.save(update_fields=["removed_at", "updated_at"])
    Item.objects.filter(key_point=point).update(key_point=None, updated_at=at)
    touch(plan, at)
    record(_event(plan, "key_point_removed"), by_id=by_id(by), at=at)
    return point


def _event(plan: Plan, what: str) -> Event:
    return Event("plan.changed", plan.organization_id, source=plan, data={"what": what})
