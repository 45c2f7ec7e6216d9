"""Taking a list of bases in: its new rows at once, in one transaction."""

from datetime import date, datetime

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.affairs.queries.dues.visible import keeps
from onebow.apps.affairs.rules import dues as rules
from onebow.apps.affairs.services.bases import BaseDraft, base_set
from onebow.apps.affairs.services.bases_reading import BaseReading, amount_for, read_bases_of
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write_alone
from onebow.apps.ledger.services import Event, record
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.reach import authority_of


@write_alone()
def import_bases(organization_id: int, text: str, month: date, *, by: User | None, at: datetime) -> BaseReading:
    """Set the new bases of a list from a month on; what is known already, or cannot be, is left out and told.

    Raises:
        Refused: `by` does not keep the branch's dues, it collects none, the list cannot be read, or none of it is new.
    """
    branch, today = Organization.objects.get(pk=organization_id), timezone.localdate(at)
    rules.check_keeps(branch, keeps(branch, authority_of(by, today), today))
    rules.check_collects(branch, today)
    rules.check_month(month, today)
    told = read_bases_of(text, branch, month)
    if told.problem:
        raise Refused(told.problem)
    if not told.new:
        raise Refused("清单里没有要核定的:每一行都没有变化,或有问题不能核定。")
    people = []
    for one in told.new:
        draft = BaseDraft(branch.pk, one.person_id or 0, one.row.kind, amount_for(one.row), month)
        people.append(base_set(draft, by=by, at=at).person_id)
    data = {"people": len(people), "month": str(month)}
    event = Event("dues.bases_imported", branch.pk, tuple((pk, "subject") for pk in people), branch, data)
    record(event, by_id=by.pk if by else None, at=at)
    return told
