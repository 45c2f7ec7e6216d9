"""Resolutions of meetings become items: drafts of a plan that is being drawn up, else lines of a change request."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import Organization
from onebow.apps.plans.models import Change, ChangeLine, Item, ItemKind, Plan
from onebow.apps.plans.queries.scopes import scope_ids

REASON = "会议决议"


@dataclass(frozen=True)
class ItemDraft:
    """An item as a resolution words it."""

    kind_id: int
    title: str
    text: str
    person_id: int | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class Adopted:
    """What came of it: an item of the plan as it is drawn up, or a line of a request to change it."""

    plan: Plan
    item: Item | None = None
    line: ChangeLine | None = None


def plan_for(organization: Organization, year: int) -> Plan | None:
    """The plan that a matter of the organization belongs to: its own, else the nearest above."""
    ids = scope_ids(organization, date(year, 12, 31))
    plans = {plan.organization_id: plan for plan in Plan.objects.filter(organization__in=ids, year=year)}
    return next((plans[pk] for pk in ids if pk in plans), None)


def item_kinds_for(organization: Organization, on: date) -> list[ItemKind]:
    """Kinds of items on the organization's side, the nearest word of each key."""
    scopes = {pk: place for place, pk in enumerate(scope_ids(organization, on))}
    side = "party" if organization.is_party else "business"
    rows = ItemKind.objects.on(on).filter(scope__in=scopes, side=side)
    nearest = {row.key: row for row in sorted(rows, key=lambda one: scopes[one.scope_id], reverse=True)}
    return sorted(nearest.values(), key=lambda one: one.pk)


def adopt(organization: Organization, year: int, draft: ItemDraft, *, by: User | None, at: datetime) -> Adopted:
    """Put it into the plan of that year. Runs in a transaction; the caller records it.

    Raises:
        Refused: no plan for that year, or a kind that the organization does not use.
    """
    plan = plan_for(organization, year)
    if plan is None:
        raise Refused(f"“{organization.name}”还没有 {year} 年度计划,请先新建年度计划。")
    kinds = {kind.pk: kind for kind in item_kinds_for(organization, at.date())}
    kind = kinds.get(draft.kind_id)
    if kind is None:
        raise Refused("没有这类事项,请重新选择事项类别。")
    if plan.number:
        return Adopted(plan, line=_line(plan, organization, kind, draft, by))
    item = Item.objects.create(
        plan=plan, kind=kind, side=kind.side, title=draft.title, text=draft.text, organization=organization,
        person_id=draft.person_id, due_on=draft.due_on, created_at=at, updated_at=at,
    )  # fmt: skip
    return Adopted(plan, item=item)


def _line(plan: Plan, organization: Organization, kind: ItemKind, draft: ItemDraft, by: User | None) -> ChangeLine:
    """A line of the request of resolutions that is still being written; a new one where there is none."""
    open_ones = Change.objects.filter(plan=plan, state=Change.State.DRAFT, is_first=False, title=REASON)
    change = open_ones.order_by("-pk").first() or Change.objects.create(
        plan=plan, title=REASON, reason=draft.text, base=plan.number, made_by=by
    )
    last = change.lines.aggregate(last=Max("order"))["last"] or 0
    values = {
        "kind_id": kind.pk, "title": draft.title, "text": draft.text, "organization_id": organization.pk,
        "person_id": draft.person_id, "due_on": draft.due_on.isoformat() if draft.due_on else None,
    }  # fmt: skip
    return ChangeLine.objects.create(change=change, order=last + 1, deed=ChangeLine.Deed.ADD, values=values)
