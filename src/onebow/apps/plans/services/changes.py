"""Requests: the first approval of a plan, and changes of one that is in force; drafted, handed in, withdrawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write, write_alone
from onebow.apps.ledger.services import Event, record
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.plans.models import Change, ChangeLine, ChangeStep, Item, Plan
from onebow.apps.plans.queries.hindrances import draft_items, hindrances_of
from onebow.apps.plans.queries.lines import lines_of, moved_words, raw_of, raw_of_draft
from onebow.apps.plans.queries.load.over import state_as, states_of
from onebow.apps.plans.queries.load.plans import overs_of
from onebow.apps.plans.queries.steps import MOST_STEPS, chain_for
from onebow.apps.plans.rules import changes as rules
from onebow.apps.plans.rules.access import check_can_write
from onebow.apps.plans.services.drafting import ItemDraft, facts_for, values_of
from onebow.apps.plans.services.parts import by_id, plan_to_write, today_of, touch
from onebow.apps.plans.services.watching import check_load, refused_words

State, Deed = Change.State, ChangeLine.Deed


@dataclass(frozen=True)
class ChangeDraft:
    """What a request says: about what, why, on which directive, and which drafts it brings in."""

    title: str
    reason: str
    directive_id: int | None = None
    adds: tuple[int, ...] = ()


def change_to_write(change_id: int, by: User | None, at: datetime) -> Change:
    """The request, locked, once it is sure that its plan may be written."""
    rows = Change.objects.select_for_update(of=("self",)).select_related("plan__organization")
    change = rows.get(pk=change_id)
    check_can_write(change.plan.organization, authority_of(by, today_of(at)))
    return change


@write_alone()
def submit_plan(plan_id: int, organization_ids: Sequence[int], *, by: User, at: datetime) -> Change:
    """Hand the whole plan in for its first approval, along these steps.

    Raises:
        Refused: it is approved, waits already, has no items, or something hinders it: the sentence names what.
    """
    plan = plan_to_write(plan_id, by, at)
    rules.check_not_in_force(plan)
    change = plan.changes.filter(is_first=True).exclude(state=State.WITHDRAWN).first()
    if change is None:
        title = f"{plan.year} 年度计划"
        change = Change(plan=plan, is_first=True, title=title, made_by=by, created_at=at, updated_at=at)
    rules.check_state(change, State.DRAFT)
    items = draft_items(plan)
    check_ready(plan, items, at)
    return _handed_in(change, organization_ids, len(items), by=by, at=at)


def check_ready(plan: Plan, items: Sequence[Item], at: datetime) -> None:
    """Nothing hinders these items.

    Raises:
        Refused: there are none, or the first three hindrances, by item, category and where to mend them.
    """
    if not items:
        raise Refused("还没有可以报批的事项,先列事项。")
    found: list[object] = [*hindrances_of(plan, items, today_of(at))]
    if words := refused_words(overs_of(items, today_of(at))):
        found.append(words)
    if found:
        more = f"等 {len(found)} 处" if len(found) > 3 else ""
        raise Refused(f"还不能报批:{';'.join(map(str, found[:3]))}{more}。")


def _handed_in(change: Change, organization_ids: Sequence[int], count: int, *, by: User, at: datetime) -> Change:
    plan = change.plan
    change.state, change.asked_by, change.asked_at, change.base = State.SUBMITTED, by, at, plan.number
    save(change, at)
    put_steps(change, organization_ids, at)
    touch(plan, at)
    data = {"change": change.pk, "items": count}
    record(Event("plan.submitted", plan.organization_id, source=change, data=data), by_id=by.pk, at=at)
    return change


def put_steps(change: Change, organization_ids: Sequence[int], at: datetime) -> None:
    """These decide, in this order, and nobody has decided yet.

    Raises:
        Refused: none, one twice, too many, or one that is no more.
    """
    rules.check_steps(organization_ids, MOST_STEPS)
    standing = Organization.objects.on(today_of(at)).in_bulk(list(organization_ids))
    if any(pk not in standing for pk in organization_ids):
        raise Refused("所选的审批组织已经撤销或不存在,请重新选择。")
    change.steps.all().delete()
    ChangeStep.objects.bulk_create(
        ChangeStep(change=change, order=order, organization_id=pk) for order, pk in enumerate(organization_ids, 1)
    )


def save(change: Change, at: datetime) -> None:
    """Save a request that was changed."""
    change.updated_at = at
    if change.pk:
        change.version += 1
    change.save()


@write()
def draft_change(plan_id: int, draft: ChangeDraft, *, by: User | None, at: datetime) -> Change:
    """Begin a request to change a plan that is in force, with the chain proposed.

    Raises:
        Refused: the plan is not in force, there is no reason, or something that it brings in is no draft of the plan.
    """
    plan = plan_to_write(plan_id, by, at)
    rules.check_in_force(plan)
    rules.check_reason(draft.reason)
    change = Change.objects.create(
        plan=plan, title=draft.title.strip(), reason=draft.reason.strip(), directive_id=draft.directive_id, made_by=by,
        base=plan.number, created_at=at, updated_at=at,
    )  # fmt: skip
    put_steps(change, [one.pk for one in chain_for(plan.organization, today_of(at))], at)
    for item_id in draft.adds:
        _put_line(change, Deed.ADD, _draft_of(plan, item_id), {})
    _told(change, "drafted", by, at)
    return change


def _draft_of(plan: Plan, item_id: int) -> Item:
    item = plan.items.filter(pk=item_id, state=Item.State.DRAFT).first()
    if item is None:
        raise Refused("要列入的事项已不是草稿,请刷新页面后重新选择。")
    return item


@write()
def edit_change(
    change_id: int, draft: ChangeDraft, organization_ids: Sequence[int], *, by: User | None, at: datetime
) -> Change:
    """Change what a request says, what it brings in and who decides, before it is handed in.

    Raises:
        Refused: it was handed in, has no reason, or see `put_steps`.
    """
    change = change_to_write(change_id, by, at)
    rules.check_state(change, State.DRAFT)
    rules.check_reason(draft.reason)
    change.title, change.reason, change.directive_id = draft.title.strip(), draft.reason.strip(), draft.directive_id
    save(change, at)
    put_steps(change, organization_ids, at)
    change.lines.filter(deed=Deed.ADD).exclude(item__in=draft.adds).delete()
    for item_id in draft.adds:
        _put_line(change, Deed.ADD, _draft_of(change.plan, item_id), {})
    _told(change, "edited", by, at)
    return change


@write()
def alter_in_change(
    change_id: int, item_id: int, draft: ItemDraft, texts: Mapping[str, str], *, by: User | None, at: datetime
) -> ChangeLine:
    """Say in a request how an item shall stand; said again it replaces what was said.

    Raises:
        Refused: the request was handed in, the item is not in force, nothing would change, it does not fit, or it
            brings somebody (further) over a ceiling of workload that refuses.
    """
    change = change_to_write(change_id, by, at)
    item = _running(change, item_id)
    values_of(draft, facts_for(change.plan, draft, today_of(at)), keeps=item)
    before = states_of([item])
    check_load([state_as(item, draft)], before, today=today_of(at))
    line = _put_line(change, Deed.ALTER, item, raw_of_draft(draft, texts))
    save(change, at)
    _told(change, "altered", by, at)
    return line


@write()
def cancel_in_change(change_id: int, item_id: int, *, by: User | None, at: datetime) -> ChangeLine:
    """Say in a request that an item shall be cancelled, for the request's reason.

    Raises:
        Refused: the request was handed in, or the item is not in force.
    """
    change = change_to_write(change_id, by, at)
    line = _put_line(change, Deed.CANCEL, _running(change, item_id), {})
    save(change, at)
    _told(change, "cancelled", by, at)
    return line


def _running(change: Change, item_id: int) -> Item:
    """An item of the plan that a draft of a request may speak of."""
    rules.check_state(change, State.DRAFT)
    item = Item.objects.select_related("organization", "kind").get(pk=item_id, plan=change.plan_id)
    if item.state not in (Item.State.PLANNED, Item.State.OPEN):
        raise Refused(f"“{item.title}”{item.get_state_display()},不能列入变更。")
    return item


def _put_line(change: Change, deed: str, item: Item, values: Mapping[str, Any]) -> ChangeLine:
    """One line for each item; `before` holds the fields that change, of one that is cancelled or added all."""
    now = raw_of(item)
    changed = {key: value for key, value in values.items() if now.get(key) != value}
    if deed == Deed.ALTER and not changed:
        raise Refused(f"“{item.title}”没有任何改动。")
    before = {key: now[key] for key in changed} if deed == Deed.ALTER else {}
    last = change.lines.aggregate(last=Max("order"))["last"] or 0
    change.lines.filter(item=item).delete()
    told = changed if deed == Deed.ALTER else now if deed == Deed.ADD else {}
    return ChangeLine.objects.create(change=change, order=last + 1, deed=deed, item=item, values=told, before=before)


@write()
def drop_line(line_id: int, *, by: User | None, at: datetime) -> Change:
    """Take a line out of a request.

    Raises:
        Refused: it was handed in.
    """
    line = ChangeLine.objects.get(pk=line_id)
    change = change_to_write(line.change_id, by, at)
    rules.check_state(change, State.DRAFT)
    line.delete()
    save(change, at)
    _told(change, "dropped", by, at)
    return change


@write_alone()
def submit_change(change_id: int, *, by: User, at: datetime) -> Change:
    """Hand a request in.

    Raises:
        Refused: it says nothing, an item that it brings in is hindered, or something has moved since it was written.
    """
    change = change_to_write(change_id, by, at)
    rules.check_state(change, State.DRAFT)
    lines = lines_of(change)
    if not lines:
        raise Refused("变更里还没有内容,先加入要新增、调整或取消的事项。")
    if moved := [words for line in lines if (words := moved_words(line))]:
        raise Refused(f"起草之后有变动:{';'.join(moved)}。请重新填写这些事项的调整。")
    adds = [line.item for line in lines if line.deed == Deed.ADD and line.item]
    if adds:
        check_ready(change.plan, adds, at)
    for line in lines:
        if line.deed == Deed.ADD and line.item:
            # What is decided on is what stands now.
            line.values = line.before = raw_of(line.item)
            line.save(update_fields=["values", "before"])
    organizations = list(change.steps.order_by("order").values_list("organization_id", flat=True))
    return _handed_in(change, organizations, len(lines), by=by, at=at)


@write()
def withdraw_change(change_id: int, *, by: User | None, at: datetime) -> Change:
    """Take back what was handed in: it is a draft again. A draft is given up for good.

    Raises:
        Refused: it was decided on.
    """
    change = change_to_write(change_id, by, at)
    rules.check_state(change, State.SUBMITTED, State.DRAFT)
    back = change.state == State.SUBMITTED
    change.state = State.DRAFT if back else State.WITHDRAWN
    reopened(change, at)
    touch(change.plan, at)
    data = {"change": change.pk}
    event = Event("plan.withdrawn", change.plan.organization_id, source=change, data=data)
    record(event, by_id=by_id(by), at=at)
    return change


def reopened(change: Change, at: datetime) -> None:
    """Nobody has decided and nobody asks any more; what was decided stays among the approvals."""
    change.asked_by, change.asked_at = None, None
    save(change, at)
    change.steps.update(approval=None)


def _told(change: Change, what: str, by: User | None, at: datetime) -> None:
    data = {"change": change.pk, "what": str(what)}
    record(
        Event("plan.change_edited", change.plan.organization_id, source=change, data=data), by_id=by_id(by), at=at
    )  # fmt: skip
