"""Resolutions of meetings become draft items; into a plan in force a request brings them, like other drafts."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F
from django.utils import timezone

from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import Organization
from onebow.apps.plans.models import Item, ItemKind, Plan
from onebow.apps.plans.queries.kinds import kinds_for
from onebow.apps.plans.queries.scopes import scope_ids
from onebow.apps.plans.rules.drafting import check_plan_is_open


@dataclass(frozen=True)
class ResolvedDraft:
    """An item as a resolution words it."""

    kind_id: int
    title: str
    text: str
    person_id: int | None = None
    due_on: date | None = None


def plan_for(organization: Organization, year: int) -> Plan | None:
    """The plan that a matter of the organization belongs to: its own, else the nearest above."""
    ids = scope_ids(organization, date(year, 12, 31))
    plans = {plan.organization_id: plan for plan in Plan.objects.filter(organization__in=ids, year=year)}
    return next((plans[pk] for pk in ids if pk in plans), None)


def item_kinds_for(organization: Organization, on: date) -> list[ItemKind]:
    """Kinds of items on the organization's side."""
    side = "party" if organization.is_party else "business"
    return [kind for kind in kinds_for(organization, on) if kind.side == side]


def adopt(organization: Organization, year: int, draft: ResolvedDraft, *, at: datetime) -> Item:
    """Put it into the plan of that year as a draft. Runs in a transaction; the caller records it.

    Raises:
        Refused: no plan for that year, one that waits for approval, or a kind that the organization does not use.
    """
    plan = plan_for(organization, year)
    if plan is None:
        raise Refused(f"“{organization.name}”还没有 {year} 年度计划,请先新建年度计划。")
    check_plan_is_open(plan)
    kinds = {kind.pk: kind for kind in item_kinds_for(organization, timezone.localdate(at))}
    if (kind := kinds.get(draft.kind_id)) is None:
        raise Refused("没有这类事项,请重新选择事项类别。")
    Plan.objects.filter(pk=plan.pk).update(version=F("version") + 1, updated_at=at)
    return Item.objects.create(
        plan=plan, kind=kind, side=kind.side, title=draft.title, text=draft.text, organization=organization,
        person_id=draft.person_id, due_on=draft.due_on, created_at=at, updated_at=at,
    )  # fmt: skip
