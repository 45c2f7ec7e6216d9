"""A plan as plain data: what a version keeps, and what a request says of an item."""

from typing import Any

from django.db.models import Prefetch

from onebow.apps.plans.models import Category, Item, KeyPoint, Plan, Tie
from onebow.apps.plans.queries.requirements import Requirements, requirements_of_plan

FORMAT = "onebow.plan/1"
# The fields of an item that a version tells and a request may change, with the words of the pages.
FIELDS = {
    "title": "事项", "key_point": "工作要点", "kind": "类别", "organization": "主责单位", "person": "责任人",
    "units": "协办单位", "starts_on": "开始日期", "due_on": "完成期限", "hours": "预计工时", "text": "内容",
    "state": "状态",
    **{category.value: category.label for category in Category},
    "people": "参与人员", "ties": "挂钩", "untied_reason": "无需挂钩的理由",
}  # fmt: skip
POINT_FIELDS = {"order": "序号", "title": "要点", "text": "说明", **{one.value: one.label for one in Category}}


def items_whole(plan: Plan) -> list[Item]:
    """The items of a plan that were not cancelled, with all that a version tells of them."""
    rows = plan.items.exclude(state=Item.State.CANCELLED).select_related("organization", "person", "kind", "key_point")
    ties = Prefetch("ties_out", Tie.objects.open().select_related("target"))
    rows = rows.prefetch_related("units__organization", "people__person", ties)
    return list(rows.order_by("key_point__order", "due_on", "pk"))


def content_of(plan: Plan, items: list[Item] | None = None) -> dict[str, Any]:
    """The whole plan, with ids and the words of the day; drafts are left out, since nobody approved them."""
    rows = items_whole(plan) if items is None else items
    rows = [item for item in rows if item.state != Item.State.DRAFT]
    points = list(plan.key_points.filter(removed_at=None))
    texts = requirements_of_plan(plan.pk, {item.kind_id for item in rows})
    return {
        "format": FORMAT,
        "organization": named(plan.organization),
        "year": plan.year,
        "key_points": [_point(point, texts) for point in points],
        "items": [_item(item, texts) for item in rows],
    }


def named(row: Any) -> dict[str, Any] | None:
    """A row as its id and its name of the day."""
    return {"id": row.pk, "name": str(getattr(row, "name", "") or row)} if row else None


def told(value: Any) -> str:
    """A value as a page tells it."""
    if isinstance(value, dict):
        return str(value.get("name") or value.get("text") or "")
    if isinstance(value, list):
        return "、".join(told(one) for one in value)
    return "" if value is None else str(value)


def _point(point: KeyPoint, texts: Requirements) -> dict[str, Any]:
    stated = texts.key_points.get(point.pk, {})
    return {"id": point.pk, "order": point.order, "title": point.title, "text": point.text, **stated}


def _item(item: Item, texts: Requirements) -> dict[str, Any]:
    stated = texts.of(item.pk, item.key_point_id, item.kind_id)
    return {
        "id": item.pk,
        "key_point": {"id": item.key_point.pk, "name": item.key_point.title} if item.key_point else None,
        "kind": named(item.kind),
        "side": item.side,
        "listed_in": item.kind.listed_in,
        "title": item.title,
        "text": item.text,
        "organization": named(item.organization),
        "person": named(item.person),
        "units": [named(row.organization) for row in item.units.all()],
        "people": [named(row.person) for row in item.people.all()],
        "starts_on": item.starts_on.isoformat() if item.starts_on else None,
        "due_on": item.due_on.isoformat() if item.due_on else None,
        "hours": hours_text(item.hours),
        "state": item.get_state_display(),
        **{category: {"text": one.text, "place": one.place} for category, one in stated.items()},
        "ties": [{"id": tie.target_id, "kind": tie.kind, "name": tie.target.title} for tie in item.ties_out.all()],
        "untied_reason": item.untied_reason,
    }


def hours_text(hours: Any) -> str | None:
    """Hours without needless zeros.

    >>> from decimal import Decimal
    >>> hours_text(Decimal("8.50")), hours_text(Decimal("40.00"))
    ('8.5', '40')
    """
    if hours is None:
        return None
    text = f"{hours:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
