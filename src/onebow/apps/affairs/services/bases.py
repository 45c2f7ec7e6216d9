"""Setting the base from which a member's dues are computed: once, for the months that come."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.affairs.models import DuesBase
from onebow.apps.affairs.months import key_of
from onebow.apps.affairs.queries.dues.roll import roll_of
from onebow.apps.affairs.queries.dues.visible import keeps
from onebow.apps.affairs.rules import dues as rules
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.ledger.services import Event, record
from onebow.apps.organizations.models import Organization, Person
from onebow.apps.organizations.queries.reach import authority_of


@dataclass(frozen=True)
class BaseDraft:
    """What a member of a branch is computed from, from a month on; `month` is its first day."""

    organization_id: int
    person_id: int
    kind: str
    base: Decimal | None
    month: date


@write()
def set_base(draft: BaseDraft, *, by: User | None, at: datetime) -> DuesBase:
    """Set the base of a member from a month on; the same month again corrects it.

    Raises:
        Refused: `by` does not keep the branch's dues, it collects none, the person is not of the branch, or the amount
            or month does not fit.
    """
    branch, today = Organization.objects.get(pk=draft.organization_id), timezone.localdate(at)
    rules.check_keeps(branch, keeps(branch, authority_of(by, today), today))
    rules.check_collects(branch, today)
    rules.check_month(draft.month, today)
    # The person's row is the lock: two who set a base at once wait for each other.
    person = Person.objects.select_for_update().get(pk=draft.person_id)
    if person.pk not in people_of(branch, draft.month):
        raise Refused(f"{person.name}在{key_of(draft.month)}不是“{branch.name}”的党员,基数由所在支部核定。")
    row = base_set(draft, by=by, at=at)
    record(event_of(row, branch), by_id=by.pk if by else None, at=at)
    return row


def base_set(draft: BaseDraft, *, by: User | None, at: datetime) -> DuesBase:
    """The base, between those before and after it. Runs in a transaction, for who may, on a locked person."""
    rules.check_base(draft.kind, draft.base, draft.month)
    rows = DuesBase.objects.filter(person=draft.person_id)
    text = "" if draft.base is None else f"{draft.base:f}"
    if same := rows.filter(starts_on=draft.month).first():
        same.kind, same.base, same.set_by = draft.kind, text, by
        same.version, same.updated_at = same.version + 1, at
        same.save()
        return same
    before = rows.on(draft.month).first()
    after = rows.filter(starts_on__gt=draft.month).order_by("starts_on").values_list("starts_on", flat=True).first()
    if before is not None:
        before.ends_on, before.updated_at = draft.month, at
        before.save(update_fields=["ends_on", "updated_at"])
    return DuesBase.objects.create(
        person_id=draft.person_id, kind=draft.kind, base=text, starts_on=draft.month, ends_on=after, set_by=by,
        created_at=at, updated_at=at,
    )  # fmt: skip


def people_of(branch: Organization, month: date) -> set[int]:
    """Who pays in a branch in a month."""
    return {one.person_id for one in roll_of([branch], month, month).payers(branch.pk, month)}


def event_of(row: DuesBase, branch: Organization) -> Event:
    """What is told of a base: its kind and month, never the amount."""
    data = {"kind": row.kind, "month": str(row.starts_on)}
    return Event("dues.base_set", branch.pk, ((row.person_id, "subject"),), source=row, data=data)
