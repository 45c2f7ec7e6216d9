"""Taking a list of leave and trips in: its new rows at once, in one transaction."""

from datetime import datetime

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write_alone
from onebow.apps.ledger.services import Event, record_all
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.plans.models import Away
from onebow.apps.plans.queries.absences import section_ids_of
from onebow.apps.plans.services.absences import AwayDraft, added, event_of
from onebow.apps.plans.services.absences_reading import AwayFate, AwayReading, read_absences


@write_alone()
def import_absences(text: str, *, by: User | None, at: datetime) -> AwayReading:
    """Record the new rows of a list; what is recorded already, or cannot be, is left out and told.

    Raises:
        Refused: the list cannot be read, or no row of it is new.
    """
    today = timezone.localdate(at)
    told = read_absences(text, authority_of(by, today), today)
    if told.problem:
        raise Refused(told.problem)
    if not told.new:
        raise Refused("清单里没有要登记的:每一行都已登记过,或有问题不能登记。")
    rows = [_added(one, at) for one in told.new]
    sections = section_ids_of({row.person_id for row in rows}, today)
    events: list[Event] = [event_of("away.recorded", row, sections.get(row.person_id)) for row in rows]
    record_all(events, by_id=by.pk if by else None, at=at)
    return told


def _added(one: AwayFate, at: datetime) -> Away:
    row = one.row
    if one.person_id is None or row.first is None or row.last is None:
        raise Refused("清单在核对之后变了,请重新核对。")
    return added(AwayDraft(one.person_id, row.kind, row.first, row.last), Away.Source.FILE, "", at)
