"""Taking a list of risk points in: its new rows at once, in one transaction."""

from datetime import datetime

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write_alone
from onebow.apps.ledger.services import Event, record_all
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.plans.services.risks import RiskDraft, registered
from onebow.apps.plans.services.risks_reading import RiskFate, RiskReading, Ticks, read_risks


@write_alone()
def import_risks(text: str, ticks: Ticks | None = None, *, by: User | None, at: datetime) -> RiskReading:
    """Register the new rows of a list; `ticks` are criteria ticked at rows that say none, by the row's number.

    Raises:
        Refused: the list cannot be read, or no row of it is new.
    """
    today = timezone.localdate(at)
    told = read_risks(text, authority_of(by, today), today, ticks)
    if told.problem:
        raise Refused(told.problem)
    if not told.new:
        raise Refused("清单里没有要登记的:每一行都已登记过、还没有勾选标准,或有问题不能登记。")
    events: list[Event] = [_registered(one, at) for one in told.new]
    record_all(events, by_id=by.pk if by else None, at=at)
    return told


def _registered(one: RiskFate, at: datetime) -> Event:
    if one.organization is None or one.owner_id is None or one.review_on is None:
        raise Refused("清单在核对之后变了,请重新核对。")
    draft = RiskDraft(one.organization.pk, one.row.matter, one.owner_id, one.row.measure)
    return registered(draft, one.held, one.review_on, at)[1]
