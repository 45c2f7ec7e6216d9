"""The last approval: all lines at once, or none."""

from datetime import date, datetime
from typing import Any

from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.services import Event
from onebow.apps.plans.models import Change, ChangeLine, Item, PlanVersion
from onebow.apps.plans.queries.content import content_of
from onebow.apps.plans.queries.hindrances import draft_items, hindrances_of
from onebow.apps.plans.queries.lines import CATEGORIES, lines_of, moved_words
from onebow.apps.plans.queries.load.over import over_with, states_of
from onebow.apps.plans.services.changes import save
from onebow.apps.plans.services.drafting import event_of, set_units
from onebow.apps.plans.services.item_details import put_texts
from onebow.apps.plans.services.watching import refused_words

Deed = ChangeLine.Deed


def applied(change: Change, *, at: datetime, today: date) -> list[Event]:
    """Bring a request into force, as the next version of its plan. Runs in a transaction.

    Raises:
        Refused: something has moved since it was handed in; the sentence names what, and nothing is applied.
    """
    plan, lines = change.plan, lines_of(change)
    adds = draft_items(plan) if change.is_first else [one.item for one in lines if one.deed == Deed.ADD and one.item]
    _check_fresh([words for line in lines if (words := moved_words(line))])
    before = states_of(line.item for line in lines if line.deed == Deed.ALTER and line.item)
    new = Item.objects.filter(pk__in=[item.pk for item in adds])
    new.update(state=Item.State.PLANNED, approved_at=at, updated_at=at)
    events = [event for line in lines if line.deed != Deed.ADD for event in _carried_out(line, change, at)]
    # Also what was altered: its person may have left since. Whatever was written so far goes with the refusal.
    told = [*adds, *(line.item for line in lines if line.deed == Deed.ALTER and line.item)]
    _check_fresh([str(one) for one in (hindrances_of(plan, told, today, whole=True) if told else ())])
    # As written: a line holds its values as text.
    after = states_of(Item.objects.filter(pk__in=[item.pk for item in told]))
    over = refused_words(over_with(after, before, today=today))
    _check_fresh([over] if over else [])
    plan.number += 1
    plan.save(update_fields=["number"])
    change.state, change.decided_at = Change.State.APPROVED, at
    save(change, at)
    PlanVersion.objects.create(
        plan=plan, number=plan.number, change=change, content=content_of(plan), made_at=at
    )  # fmt: skip
    data = {"number": plan.number, "items": len(adds) if change.is_first else len(lines)}
    return [Event("plan.approved", plan.organization_id, source=change, data=data), *events]


def _check_fresh(moved: list[str]) -> None:
    if moved:
        more = f"等 {len(moved)} 处" if len(moved) > 5 else ""
        raise Refused(f"提交之后情况有变,没有生效:{';'.join(moved[:5])}{more}。请退回或撤回,改好后重新报批。")


def _carried_out(line: ChangeLine, change: Change, at: datetime) -> list[Event]:
    item = line.item
    if item is None:
        return []
    item.updated_at, item.version = at, item.version + 1
    if line.deed == Deed.CANCEL:
        item.state, item.cancel_reason, item.cancelled_at = Item.State.CANCELLED, change.reason[:500], at
        item.save()
        return [event_of("item.cancelled", item, {"reason": item.cancel_reason})]
    for key, value in columns_of(line.values).items():
        setattr(item, key, value)
    item.save()
    # The related rows that were read with it are those of before.
    item.refresh_from_db(fields=["organization", "person", "key_point"])
    if "units" in line.values:
        set_units(item, line.values["units"])
    put_texts({key: line.values[key] for key in CATEGORIES if key in line.values}, item=item)
    return [event_of("item.changed", item, {"fields": sorted(line.values)})]


def columns_of(values: dict[str, Any]) -> dict[str, Any]:
    """What a line says, as columns of the item."""
    read = {"starts_on": _day, "due_on": _day}
    names = {"key_point": "key_point_id", "organization": "organization_id", "person": "person_id"}
    plain = ("title", "text", "hours", *names, *read)
    return {names.get(key, key): read.get(key, _same)(values[key]) for key in plain if key in values}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _same(value: Any) -> Any:
    return value
