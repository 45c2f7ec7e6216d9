"""Writing letters of transfer, and ending those that moved nobody."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.affairs.models import Transfer
from onebow.apps.affairs.queries.transfers import branch_of, issuer_of, namesakes, relation_of
from onebow.apps.affairs.rules import transfers as rules
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.ledger.services import Event, record, record_all
from onebow.apps.organizations.models import Organization, Person
from onebow.apps.organizations.queries.reach import Operator, Reach, authority_of
from onebow.apps.organizations.rules import check_can_belong, check_can_manage
from onebow.apps.organizations.services.people import PersonDraft, person_registered
from onebow.apps.organizations.services.versions import bump_version

Direction, State = Transfer.Direction, Transfer.State


@dataclass(frozen=True)
class Newcomer:
    """Somebody whom no unit here knows yet. `is_other`: no namesake of theirs is the same person."""

    root_id: int
    draft: PersonDraft
    is_other: bool = False


@dataclass(frozen=True)
class TransferDraft:
    """A letter. Out: `committee` and `elsewhere`; within: `target_id`; in: `target_id` and from where."""

    direction: str
    number: str
    issued_on: date
    valid_days: int
    reason: str
    person_id: int | None = None
    newcomer: Newcomer | None = None
    target_id: int | None = None
    committee: str = ""
    elsewhere: str = ""
    valid_basis: str = ""
    paid_until: date | None = None


@write()
def issue_transfer(draft: TransferDraft, *, by: User | None, at: datetime) -> Transfer:
    """Write a letter, or register one that came from elsewhere. It moves nobody.

    Raises:
        Refused: `by` does not keep our side, the person stands elsewhere or has an open letter, a side is a temporary
            branch or no branch, the number is taken, days do not fit, or a newcomer is known already.
    """
    today = timezone.localdate(at)
    authority = authority_of(by, today)
    rules.check_letter(draft.issued_on, draft.valid_days, draft.valid_basis, today)
    is_in = draft.direction == Direction.IN
    person, events = _comer(draft, authority, at) if is_in else (_locked(draft.person_id), [])
    sides = _sides_in(draft, person, authority, today) if is_in else _sides_out(draft, person, authority, today)
    _check_free(person, sides, draft)
    transfer = Transfer.objects.create(
        person=person,
        direction=draft.direction,
        source=sides.source,
        target=sides.target,
        issuer=sides.issuer,
        committee=draft.committee.strip(),
        elsewhere=draft.elsewhere.strip(),
        number=draft.number.strip(),
        issued_on=draft.issued_on,
        valid_until=draft.issued_on + timedelta(days=draft.valid_days),
        valid_basis=draft.valid_basis.strip(),
        reason=draft.reason,
        paid_until=draft.paid_until.replace(day=1) if draft.paid_until else None,
        made_by=by,
        created_at=at,
        updated_at=at,
    )
    data = {"direction": transfer.direction, "reason": transfer.reason}
    events.append(event_of("transfer.issued", transfer, draft.issued_on, data))
    record_all(events, by_id=by.pk if by else None, at=at)
    return transfer


@dataclass(frozen=True)
class EndDraft:
    """How a letter ended that moved nobody."""

    state: str
    on: date
    reason: str


@write()
def close_transfer(transfer_id: int, draft: EndDraft, *, version: int, by: User | None, at: datetime) -> Transfer:
    """Take a letter back, send it back, or say that its time is over.

    Raises:
        Refused: it is over already, `by` does not keep the side that wrote it, a day that does not fit, or no reason.
    """
    transfer, today = locked(transfer_id), timezone.localdate(at)
    rules.check_can_end(transfer, authority_of(by, today))
    rules.check_waits(transfer)
    rules.check_end(transfer, draft.state, draft.on, today)
    if not draft.reason.strip():
        raise Refused("请写明原因。")
    bump_version(transfer, version)
    transfer.state, transfer.ended_on, transfer.end_reason = draft.state, draft.on, draft.reason.strip()
    transfer.updated_at = at
    transfer.save()
    told = event_of(f"transfer.{draft.state}", transfer, draft.on, {"reason": transfer.end_reason})
    record(told, by_id=by.pk if by else None, at=at)
    return transfer


def locked(transfer_id: int) -> Transfer:
    """The row, and its person before it: memberships lock people first."""
    person_id = Transfer.objects.values_list("person_id", flat=True).get(pk=transfer_id)
    Person.objects.select_for_update().get(pk=person_id)
    rows = Transfer.objects.select_for_update(of=("self",)).select_related("person", "source", "target")
    return rows.get(pk=transfer_id)


def event_of(kind: str, transfer: Transfer, on: date, data: dict[str, str] | None = None) -> Event:
    """What is told of a transfer, with the side that is ours: of one within the side that takes in."""
    side = transfer.target_id or transfer.source_id or 0
    side = transfer.source_id or side if kind == "transfer.issued" else side
    people = ((transfer.person_id, "subject"),)
    return Event(kind, side, people, source=transfer, data=data or {}, happened_on=on)


@dataclass(frozen=True)
class _Sides:
    source: Organization | None
    target: Organization | None
    issuer: Organization | None


def _sides_out(draft: TransferDraft, person: Person, authority: Reach | Operator, today: date) -> _Sides:
    relation = relation_of(person.pk)
    if relation is None:
        raise Refused(f"{person.name}的组织关系不在这里的任何支部,不能开具介绍信。")
    source = branch_of(relation.organization)
    rules.check_can_issue(source, authority)
    rules.check_is_place(source, today)
    if draft.direction == Direction.OUT:
        if not draft.committee.strip():
            raise Refused("请填写接收的党委。")
        return _Sides(source, None, issuer_of(source))
    target = _place(draft.target_id)
    rules.check_is_place(target, today)
    rules.check_two_sides(source, branch_of(target))
    return _Sides(source, target, issuer_of(source))


def _sides_in(draft: TransferDraft, person: Person, authority: Reach | Operator, today: date) -> _Sides:
    target = _place(draft.target_id)
    rules.check_can_issue(target, authority)
    rules.check_is_place(target, today)
    check_can_belong(person, target, "party")
    if not draft.committee.strip():
        raise Refused("请填写转出的党委。")
    if relation := relation_of(person.pk):
        raise Refused(f"{person.name}的组织关系已在“{relation.organization.name}”,换支部请办理内部调整。")
    return _Sides(None, target, None)


def _comer(draft: TransferDraft, authority: Reach | Operator, at: datetime) -> tuple[Person, list[Event]]:
    """Who comes from elsewhere: somebody known, or a new record in the same transaction."""
    new = draft.newcomer
    if new is None:
        return _locked(draft.person_id), []
    root = Organization.objects.select_for_update().get(pk=new.root_id)
    check_can_manage(root, authority)
    known = [] if new.is_other else namesakes(root.pk, new.draft.name)
    if known and not new.draft.id_number:
        raise Refused(
            f"“{root.name}”已登记有同名的{new.draft.name},请返回选择这个人;确实不是同一人的,请填写身份号码或勾选“与同名的人不是同一人”。"
        )
    if any(not one.id_index for one in known):
        raise Refused(
            f"“{root.name}”已登记有同名的{new.draft.name},还没有身份号码,可能就是这个人,请返回选择;不是的请勾选“与同名的人不是同一人”。"
        )
    person, event = person_registered(root, new.draft, at)
    return person, [event]


def _locked(person_id: int | None) -> Person:
    person = Person.objects.select_for_update().filter(pk=person_id or 0, merged_into=None).first()
    if person is None:
        raise Refused("请选择党员。")
    return person


def _place(pk: int | None) -> Organization:
    found = Organization.objects.select_related("parent").filter(pk=pk or 0).first()
    if found is None:
        raise Refused("请选择转入的支部。")
    return found


def _check_free(person: Person, sides: _Sides, draft: TransferDraft) -> None:
    other = Transfer.objects.filter(person=person, state=State.ISSUED).first()
    if other is not None:
        raise Refused(f"{person.name}已有一封待回执的介绍信({other.number}),请先登记回执或撤回。")
    number = draft.number.strip()
    if sides.issuer and Transfer.objects.filter(issuer=sides.issuer, number=number).exists():
        raise Refused(f"“{sides.issuer.name}”已开具过编号为 {number} 的介绍信,请换一个编号。")
