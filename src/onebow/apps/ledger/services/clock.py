"""Going on after the clock was wrong."""

from datetime import datetime

from django.db import transaction

from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.ledger.services.appending import locked_tree, record
from onebow.apps.ledger.services.events import Event

SHORTEST = 4


@transaction.atomic
def accept_clock(reason: str, *, at: datetime) -> Entry:
    """Take the present time for right although the last entry bears a later one: the clock had been set forward.

    Raises:
        Refused: no reason, or the clock does not lie behind.
    """
    if len(reason.strip()) < SHORTEST:
        raise Refused("请写明原因(至少 4 个字)。")
    tree = locked_tree()
    if tree.last_at is None or at >= tree.last_at:
        raise Refused("服务器时间并不早于最后一条记录,无需确认。")
    tree.last_at = at
    tree.save(update_fields=["last_at"])
    return record(Event("ledger.clock_accepted", data={"reason": reason.strip()}), by_id=None, at=at)
