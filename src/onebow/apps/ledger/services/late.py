"""Deciding on what was told late."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry, LateDecision
from onebow.apps.ledger.queries import pending_late
from onebow.apps.ledger.services.appending import locked_tree, record
from onebow.apps.ledger.services.events import Event
from onebow.apps.ledger.services.tallies import add_to_tallies, counted


@transaction.atomic
def decide_late(ids: Collection[int], *, accepted: bool, reason: str = "", by_id: int, at: datetime) -> Entry:
    """Accept late entries, so that they count from now on, or return them; one entry tells of the batch.

    Raises:
        Refused: nothing chosen, an entry that waits for no decision, one's own entry, or a return without reason.
    """
    if not ids:
        raise Refused("请至少选择一条。")
    if not accepted and not reason.strip():
        raise Refused("退回时请写明原因。")
    locked_tree()
    entries = list(pending_late().filter(pk__in=ids).order_by("pk"))
    if len(entries) < len(set(ids)):
        raise Refused("所选条目中有的已经处理过,请刷新后重新选择。")
    if own := next((entry for entry in entries if entry.by_id == by_id), None):
        raise Refused(f"第 {own.pk} 条是您本人补录的,请由他人审批。")
    data = {"entries": [entry.pk for entry in entries], "accepted": accepted, "reason": reason.strip()}
    organizations = {entry.organization_id for entry in entries}
    where = organizations.pop() if len(organizations) == 1 else None
    decision = record(Event("late.decided", where, data=data), by_id=by_id, at=at)
    LateDecision.objects.bulk_create(
        [LateDecision(entry=entry, decision=decision, accepted=accepted) for entry in entries]
    )
    if accepted:
        add_to_tallies(counted(entries))
    return decision
