"""Setting and ending ceilings, and saying why something is over one."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.ledger.services import Event, record
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.plans.models import LoadCeiling, LoadReason
from onebow.apps.plans.queries.load.over import PERSON
from onebow.apps.plans.queries.load.plans import overs_of_plan
from onebow.apps.plans.rules import load as rules
from onebow.apps.plans.rules.access import check_can_set, check_stands
from onebow.apps.plans.services.parts import by_id, plan_to_write, today_of


@dataclass(frozen=True)
class CeilingDraft:
    """What is set; `measure` and `strength` are words of `LoadCeiling`."""

    organization_id: int
    measure: str
    value: Decimal
    strength: str
    basis: str
    starts_on: date


@dataclass(frozen=True)
class Subject:
    """Of whom something is said: a person, or a branch, and the month by its first day."""

    sort: str
    id: int
    month: date


@write()
def set_ceiling(draft: CeilingDraft, *, by: User | None, at: datetime) -> LoadCeiling:
    """Set a ceiling for an organization and all below; one that holds there for the same measure ends with that day.

    Raises:
        Refused: `by` does not keep the organization, it stands no more, the value is nothing, there is no basis, or it
            would not begin after the one that it follows.
    """
    organization = Organization.objects.get(pk=draft.organization_id)
    check_can_set(organization, authority_of(by, today_of(at)))
    check_stands(organization, today_of(at))
    rules.check_value(draft.value)
    if not draft.basis.strip():
        raise Refused("请写明依据。")
    rows = LoadCeiling.objects.select_for_update(of=("self",))
    former = rows.filter(organization=organization, measure=draft.measure, ends_on=None).first()
    rules.check_follows(former, draft.starts_on)
    if former:
        former.ends_on = draft.starts_on
        former.save(update_fields=["ends_on"])
    ceiling = LoadCeiling.objects.create(
        organization=organization, measure=draft.measure, value=draft.value, strength=draft.strength,
        basis=draft.basis.strip(), starts_on=draft.starts_on, set_by=by, set_at=at,
    )  # fmt: skip
    data = {"measure": draft.measure, "strength": draft.strength, "basis": ceiling.basis}
    _tell("ceiling.set", ceiling, ceiling.organization_id, data, by, at)
    return ceiling


@write()
def end_ceiling(ceiling_id: int, *, on: date, by: User | None, at: datetime) -> LoadCeiling:
    """Let a ceiling hold no more from a day on.

    Raises:
        Refused: `by` does not keep its organization, it has ended already, or the day is not after its first.
    """
    rows = LoadCeiling.objects.select_for_update(of=("self",)).select_related("organization")
    ceiling = rows.get(pk=ceiling_id)
    check_can_set(ceiling.organization, authority_of(by, timezone.localdate(at)))
    rules.check_is_open(ceiling)
    if ceiling.starts_on and on <= ceiling.starts_on:
        raise Refused(f"停止日期应晚于开始执行的日期({ceiling.starts_on:%Y-%m-%d})。")
    ceiling.ends_on = on
    ceiling.save(update_fields=["ends_on"])
    _tell("ceiling.ended", ceiling, ceiling.organization_id, {"measure": ceiling.measure}, by, at)
    return ceiling


@write()
def explain_load(plan_id: int, subject: Subject, reason: str, *, by: User | None, at: datetime) -> LoadReason:
    """Say why the drafts of a plan bring somebody over a ceiling that warns; said again it replaces what was said.

    Raises:
        Refused: `by` may not write the plan, nothing is over such a ceiling, or no reason is given.
    """
    plan = plan_to_write(plan_id, by, at)
    if not reason.strip():
        raise Refused("请写明理由。")
    told = [one for one in overs_of_plan(plan, today_of(at)) if (one.sort, one.who, one.month_on) == _key(subject)]
    if not told:
        raise Refused("这里已经没有超过上限,不需要说明。")
    if told[0].ceiling.refuses:
        raise Refused("这项上限不予安排,说明理由也不能列入;请调整人员、期限或工时。")
    whom = {"person_id": subject.id} if subject.sort == PERSON else {"organization_id": subject.id}
    row = LoadReason.objects.filter(plan=plan, month=subject.month, **whom).first()
    row = row or LoadReason(plan=plan, month=subject.month, **whom)
    row.ceiling_id, row.reason, row.made_by, row.made_at = told[0].ceiling.pk, reason.strip(), by, at
    row.save()
    data = {"month": subject.month.isoformat(), "ceiling": told[0].ceiling.pk}
    _tell("load.explained", row, plan.organization_id, data, by, at)
    return row


def _key(subject: Subject) -> tuple[str, int, date]:
    return subject.sort, subject.id, subject.month


def _tell(
    kind: str, source: LoadCeiling | LoadReason, place: int, data: dict[str, Any], by: User | None, at: datetime
) -> None:
    record(Event(kind, place, source=source, data=data), by_id=by_id(by), at=at)
