"""Ties between items, and the honest answer that there is none."""

from datetime import datetime

from django.db.models import Q

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write, write_alone
from onebow.apps.ledger.services import record
from onebow.apps.plans.models import Item, Tie
from onebow.apps.plans.queries.ties import circle_of
from onebow.apps.plans.rules.drafting import check_tie
from onebow.apps.plans.services.drafting import event_of
from onebow.apps.plans.services.parts import by_id, item_to_write, touch


@write_alone()
def tie_items(source_id: int, target_id: int, kind: str, *, by: User | None, at: datetime) -> Tie:
    """Tie an item to another; a reason why it needs none goes with it.

    Raises:
        Refused: the sides do not fit, they are tied already, or the tie would close a circle (its chain is named).
    """
    source = item_to_write(source_id, by, at)
    target = Item.objects.get(pk=target_id)
    check_tie(kind, source, target)
    if Tie.objects.open().filter(kind=kind, source=source, target=target).exists():
        raise Refused(f"“{source.title}”与“{target.title}”已经挂钩。")
    if circle := circle_of(kind, source_id, target_id):
        way = " → ".join(f"“{one.title}”" for one in (source, *circle))
        raise Refused(f"这样会首尾相接:{way}。请去掉其中一处先后关系。")
    tie = Tie.objects.create(kind=kind, source=source, target=target, made_at=at)
    said = Item.objects.filter(pk__in=(source_id, target_id)).exclude(untied_reason="")
    said.update(untied_reason="", untied_said_at=None, updated_at=at)
    touch(source.plan, at)
    record(event_of("item.tied", source, {"kind": kind, "target": target_id}), by_id=by_id(by), at=at)
    return tie


@write()
def untie_items(tie_id: int, *, by: User | None, at: datetime) -> Tie:
    """Take a tie away: it ends, and stays for the days before.

    Raises:
        Refused: `by` may not write the plan of the item from which it goes out, or it was taken away already.
    """
    source = item_to_write(Tie.objects.values_list("source", flat=True).get(pk=tie_id), by, at)
    # Read under the lock of its source: two may take it away at once.
    tie = Tie.objects.get(pk=tie_id)
    if tie.ended_at is not None:
        raise Refused("这处挂钩已经解除。")
    data = {"kind": tie.kind, "target": tie.target_id}
    tie.ended_at = at
    tie.save(update_fields=["ended_at"])
    touch(source.plan, at)
    record(event_of("item.untied", source, data), by_id=by_id(by), at=at)
    return tie


@write()
def say_untied(item_id: int, reason: str, *, by: User | None, at: datetime) -> Item:
    """Say why an item needs no tie (无需挂钩); an empty reason takes that back, other words mend it.

    Raises:
        Refused: it is tied.
    """
    item = item_to_write(item_id, by, at)
    reason = reason.strip()
    tied = Tie.objects.open().filter(Q(source=item) | Q(target=item), kind=Tie.Kind.SUPPORTS)
    if reason and tied.exists():
        raise Refused(f"“{item.title}”已经挂钩,不必说明无需挂钩。")
    said_at = (item.untied_said_at or at) if reason else None
    item.untied_reason, item.untied_said_at, item.updated_at, item.version = reason, said_at, at, item.version + 1
    item.save(update_fields=["untied_reason", "untied_said_at", "updated_at", "version"])
    touch(item.plan, at)
    record(event_of("item.changed", item, {"fields": ["untied_reason"]}), by_id=by_id(by), at=at)
    return item
