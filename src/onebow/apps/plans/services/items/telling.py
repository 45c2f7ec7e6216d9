"""What is told of an item while it goes on: progress, and who was heard on site."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.ledger.services import record
from onebow.apps.plans.models import Progress, SiteVisit
from onebow.apps.plans.rules import items as rules
from onebow.apps.plans.services.items.opening import by_id, event_of, opened


@dataclass(frozen=True)
class VisitDraft:
    """Who was heard on site (words of `SiteVisit.Method` and `SiteVisit.Heard`), when, where and what they said."""

    on: date
    method: str
    heard: str
    count: int = 1
    place: str = ""
    text: str = ""


@write()
def note_progress(item_id: int, *, on: date, text: str, by: User | None, at: datetime) -> Progress:
    """Tell how an item stands.

    Raises:
        Refused: nothing is said, the day lies ahead, the item has not begun, or `by` has no part in it.
    """
    item, part = opened(item_id, by, at)
    rules.check_can_tell(item, part, on, timezone.localdate(at))
    if not text.strip():
        raise Refused("请写明进展。")
    row = Progress.objects.create(item=item, on=on, text=text.strip(), made_by=by, made_at=at)
    people = [part.person_id] if part.person_id else []
    record(event_of("item.progressed", item, {"text": row.text}, people, happened_on=on), by_id=by_id(by), at=at)
    return row


@write()
def hear_on_site(item_id: int, draft: VisitDraft, *, by: User | None, at: datetime) -> SiteVisit:
    """Record who was heard on site, and how.

    Raises:
        Refused: the day lies ahead, the item has not begun, or `by` has no part in it.
    """
    item, part = opened(item_id, by, at)
    rules.check_can_tell(item, part, draft.on, timezone.localdate(at))
    row = SiteVisit.objects.create(item=item, **asdict(draft), made_by=by, made_at=at)
    data = {"method": row.get_method_display(), "heard": row.get_heard_display(), "text": row.text}
    people = [part.person_id] if part.person_id else []
    record(event_of("site.heard", item, data, people, happened_on=draft.on), by_id=by_id(by), at=at)
    return row
