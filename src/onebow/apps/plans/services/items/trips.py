"""When and where an item's travellers are away."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.ledger.services import record
from onebow.apps.plans.models import Item
from onebow.apps.plans.rules import items as rules
from onebow.apps.plans.services.items.following import follow_item
from onebow.apps.plans.services.items.opening import by_id, event_of, opened, touch


@dataclass(frozen=True)
class TripDraft:
    """First and last day of a trip, both included, and where it goes."""

    first: date
    last: date
    place: str = ""


@write()
def set_trip(item_id: int, draft: TripDraft, *, by: User | None, at: datetime) -> Item:
    """Set the days of a trip; if the travellers have left by then, their absences follow.

    Raises:
        Refused: the kind knows no trips, the last day lies before the first, or it is not `by`'s to move.
    """
    item, part = opened(item_id, by, at)
    rules.check_can_move(item, part)
    if not item.kind.is_trip:
        raise Refused(f"“{item.kind.name}”不是外出事项,不需要外出安排。")
    if item.state in (Item.State.DONE, Item.State.CANCELLED):
        raise Refused(f"“{item.title}”{item.get_state_display()},外出安排不能再改。")
    if draft.last < draft.first:
        raise Refused("外出的最后一天不能早于第一天。")
    item.trip_starts_on, item.trip_ends_on = draft.first, draft.last + timedelta(days=1)
    item.trip_place = draft.place.strip()
    touch(item, at, "trip_starts_on", "trip_ends_on", "trip_place")
    follow_item(item, at=at)
    fields = ["trip_starts_on", "trip_ends_on", "trip_place"]
    record(event_of("item.changed", item, {"fields": fields}), by_id=by_id(by), at=at)
    return item
