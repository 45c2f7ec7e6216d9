"""Beginning an item: its checkpoints are made from the requirements as they read now."""

from datetime import datetime

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.ledger.services import record
from onebow.apps.plans.models import Checkpoint, Item, Requirement, StageEntry
from onebow.apps.plans.rules import items as rules
from onebow.apps.plans.services.items.opening import by_id, event_of, opened, touch


@write()
def begin_item(item_id: int, *, by: User | None, at: datetime) -> Item:
    """Begin an approved item: it enters its first stage, and all its checkpoints are made.

    Raises:
        Refused: it is not approved, begun already, or not `by`'s to move.
    """
    item, part = opened(item_id, by, at)
    rules.check_can_begin(item, part)
    item.state, item.began_at = Item.State.OPEN, at
    first = item.kind.stages.order_by("order").first()
    if first is None:
        raise Refused(f"事项类别“{item.kind.name}”没有阶段,不能开始办理。")
    item.stage = first
    StageEntry.objects.create(item=item, stage=first, entered_at=at)
    Checkpoint.objects.bulk_create(_checkpoints(item))
    touch(item, at, "state", "began_at", "stage")
    record(event_of("item.began", item), by_id=by_id(by), at=at)
    return item


def _checkpoints(item: Item) -> list[Checkpoint]:
    """Those of the kind first, then what the item itself adds."""
    of_kind = Requirement.objects.filter(kind=item.kind_id, stage__isnull=False).order_by("order", "pk")
    own = Requirement.objects.filter(item=item, stage__isnull=False).order_by("order", "pk")
    return [
        Checkpoint(item=item, stage_id=row.stage_id, order=order, category=row.category, text=row.text, who=row.who)
        for order, row in enumerate([*of_kind, *own], 1)
        if row.stage_id
    ]
