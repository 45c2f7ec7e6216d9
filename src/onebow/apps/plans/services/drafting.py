"""Items while they are drafts: added, changed, cancelled. What was approved changes by a request."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.ledger.services import Event, record
from onebow.apps.organizations.models import Organization
from onebow.apps.plans.models import Item, ItemUnit, Plan
from onebow.apps.plans.queries.facts import PlanFacts, facts_of
from onebow.apps.plans.queries.load.over import states_of
from onebow.apps.plans.queries.owners import belongs, last_day
from onebow.apps.plans.rules import drafting as rules
from onebow.apps.plans.services.parts import by_id, check_version, item_to_write, plan_to_write, today_of, touch
from onebow.apps.plans.services.watching import check_load


@dataclass(frozen=True)
class ItemDraft:
    """What is said of an item; `units` are those that assist."""

    kind_id: int
    title: str
    organization_id: int
    person_id: int | None = None
    key_point_id: int | None = None
    starts_on: date | None = None
    due_on: date | None = None
    hours: Decimal | None = None
    text: str = ""
    directive_id: int | None = None
    drive_id: int | None = None
    units: tuple[int, ...] = ()


COLUMNS = tuple(one.name for one in fields(ItemDraft) if one.name != "units")


@write()
def add_item(plan_id: int, draft: ItemDraft, *, by: User | None, at: datetime, source_key: str = "") -> Item:
    """Add an item to a plan as a draft; in a plan that is in force a request brings it in.

    Raises:
        Refused: `by` may not write the plan, it waits for approval, the owner is of the other side or out of the
            plan's reach, the person is not there, or it brings somebody over a ceiling of workload that refuses.
    """
    plan = plan_to_write(plan_id, by, at)
    rules.check_plan_is_open(plan)
    rules.check_count(plan, 1)
    facts = facts_for(plan, draft, today_of(at))
    item = Item(created_at=at, **values_of(draft, facts), source_key=source_key)
    put(item, draft, at)
    check_load(states_of([item]), today=today_of(at))
    touch(plan, at)
    record(event_of("item.added", item, {"kind": item.kind.key}), by_id=by_id(by), at=at)
    return item


@write()
def change_item(item_id: int, draft: ItemDraft, *, version: int | None, by: User | None, at: datetime) -> Item:
    """Change a draft.

    Raises:
        Refused: it was approved already, somebody changed it since, what is said does not fit, or it brings somebody
            (further) over a ceiling of workload that refuses.
    """
    item = item_to_write(item_id, by, at)
    check_version(item, version)
    rules.check_is_draft(item)
    values = values_of(draft, facts_for(item.plan, draft, today_of(at)), keeps=item)
    changed = [name for name, value in values.items() if getattr(item, name) != value]
    if set(item.units.values_list("organization_id", flat=True)) != set(draft.units):
        changed.append("units")
    before = states_of([item])
    for name, value in values.items():
        setattr(item, name, value)
    item.version += 1
    put(item, draft, at)
    check_load(states_of([item]), before, today=today_of(at))
    touch(item.plan, at)
    record(event_of("item.changed", item, {"fields": sorted(changed)}), by_id=by_id(by), at=at)
    return item


@write()
def cancel_item(item_id: int, reason: str, *, by: User | None, at: datetime) -> Item:
    """Take a draft out of the plan; the row stays and says why.

    Raises:
        Refused: it was approved already, or no reason is given.
    """
    item = item_to_write(item_id, by, at)
    rules.check_is_draft(item)
    if not reason.strip():
        raise Refused("请写明取消的原因。")
    item.state, item.cancel_reason, item.cancelled_at = Item.State.CANCELLED, reason, at
    item.updated_at, item.version = at, item.version + 1
    item.save()
    touch(item.plan, at)
    record(event_of("item.cancelled", item, {"reason": reason}), by_id=by_id(by), at=at)
    return item


def facts_for(plan: Plan, draft: ItemDraft, today: date) -> PlanFacts:
    """What is needed to judge one draft."""
    owners, people = {draft.organization_id, *draft.units}, [draft.person_id or 0]
    return facts_of(plan, today, owner_ids=owners, person_ids=people)


def values_of(draft: ItemDraft, facts: PlanFacts, keeps: Item | None = None) -> dict[str, Any]:
    """The columns of an item, once they fit; an item `keeps` the kind that it has.

    Raises:
        Refused: see `add_item`.
    """
    plan, kind = facts.plan, facts.kinds.get(draft.kind_id)
    if keeps is not None and keeps.kind_id == draft.kind_id:
        kind = keeps.kind
    else:
        rules.check_kind(kind, facts.kinds)
    owner = facts.owners.get(draft.organization_id)
    rules.check_owner(owner or Organization.objects.filter(pk=draft.organization_id).first(), facts.owners, plan)
    side = kind.side if kind else ""
    for one in (draft.organization_id, *draft.units):
        rules.check_owner(facts.owners.get(one), facts.owners, plan)
        rules.check_side(side, facts.owners[one])
    rules.check_days(draft.starts_on, draft.due_on, plan.year)
    if draft.key_point_id is not None:
        rules.check_key_point(facts.points.get(draft.key_point_id), plan)
    if draft.person_id:
        check_person_is_there(draft, facts, owner)
    values = {name: getattr(draft, name) for name in COLUMNS}
    return values | {"plan_id": plan.pk, "side": side, "title": draft.title.strip()}


def check_person_is_there(draft: ItemDraft, facts: PlanFacts, owner: Organization | None) -> None:
    """Whoever answers for it belongs to the owner to the item's last day."""
    on = last_day(draft.starts_on, draft.due_on, facts.today)
    person = facts.people.get(draft.person_id or 0)
    if person is None or owner is None:
        raise Refused("所选的责任人不存在,请重新选择。")
    there = belongs(facts.spans.get(person.pk, ()), owner.path, on)
    rules.check_person(person, owner, on, is_there=there)


def put(item: Item, draft: ItemDraft, at: datetime) -> None:
    """Save an item with the units that assist."""
    item.updated_at = at
    item.save()
    set_units(item, draft.units)


def set_units(item: Item, organization_ids: Iterable[int]) -> None:
    """These assist and no others; the owner does not assist itself."""
    wanted = dict.fromkeys(one for one in organization_ids if one != item.organization_id)
    item.units.exclude(organization__in=wanted).delete()
    known = set(item.units.values_list("organization_id", flat=True))
    ItemUnit.objects.bulk_create(ItemUnit(item=item, organization_id=one) for one in wanted if one not in known)


def event_of(kind: str, item: Item, data: dict[str, Any]) -> Event:
    """An entry about an item, at the organization that owns it, naming who answers for it."""
    people = ((item.person_id, "owner"),) if item.person_id else ()
    return Event(kind, item.organization_id, people=people, source=item, data=data)
