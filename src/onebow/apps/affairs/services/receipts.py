"""The receipt: what a letter of transfer brings about."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.affairs.models import Transfer
from onebow.apps.affairs.queries.transfers import branch_of, posts_left, relation_of
from onebow.apps.affairs.rules import transfers as rules
from onebow.apps.affairs.services.transfers import event_of, locked
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.ledger.services import Event, record, record_all
from onebow.apps.organizations.models import Membership, Organization
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.organizations.services.memberships import (
    MembershipDraft,
    membership_ended,
    membership_started,
    post_ended,
)
from onebow.apps.organizations.services.versions import bump_version


@dataclass(frozen=True)
class ReceiptDraft:
    """The receipt: of which day, and who received."""

    on: date
    receiver: str = ""


@write()
def receive_transfer(
    transfer_id: int, draft: ReceiptDraft, *, version: int, by: User | None, at: datetime
) -> Transfer:  # fmt: skip
    """Record the receipt: on its day the relation ends here, begins here, or both.

    Raises:
        Refused: the letter is over, `by` does not keep the side that takes in, a day that does not fit, the person
            has left the branch since, or the branch that takes in stands no more.
    """
    transfer, today = locked(transfer_id), timezone.localdate(at)
    rules.check_can_receive(transfer, authority_of(by, today))
    rules.check_waits(transfer)
    rules.check_receipt_day(transfer, draft.on, today)
    bump_version(transfer, version)
    events = [*_left(transfer, draft.on, at), *_joined(transfer, draft.on, at)]
    transfer.state, transfer.received_on, transfer.receiver = Transfer.State.RECEIVED, draft.on, draft.receiver.strip()
    transfer.updated_at = at
    transfer.save()
    events.append(event_of("transfer.received", transfer, draft.on, {"direction": transfer.direction}))
    record_all(events, by_id=by.pk if by else None, at=at)
    return transfer


@write()
def send_receipt(transfer_id: int, *, on: date, version: int, by: User | None, at: datetime) -> Transfer:
    """Say that our receipt went back to where a member came from.

    Raises:
        Refused: not received yet, sent already, `by` does not keep the branch, or a day that does not fit.
    """
    transfer, today = locked(transfer_id), timezone.localdate(at)
    rules.check_can_receive(transfer, authority_of(by, today))
    rules.check_can_answer(transfer, on, today)
    bump_version(transfer, version)
    transfer.answered_on, transfer.updated_at = on, at
    transfer.save()
    record(event_of("transfer.answered", transfer, on), by_id=by.pk if by else None, at=at)
    return transfer


def _left(transfer: Transfer, on: date, at: datetime) -> list[Event]:
    """The relation ends, and with it the Party posts that it carried."""
    if transfer.source is None:
        return []
    relation = relation_of(transfer.person_id)
    if relation is None or not relation.organization.path.startswith(transfer.source.path):
        raise Refused(f"{transfer.person.name}的组织关系已不在“{transfer.source.name}”,请撤回这封介绍信。")
    posts = [post_ended(post, on, at) for post in posts_left(transfer.source, transfer.person_id)]
    transfer.membership = relation
    return [*posts, membership_ended(relation, on, at)]


def _joined(transfer: Transfer, on: date, at: datetime) -> list[Event]:
    target = transfer.target
    if target is None:
        return []
    rules.check_is_place(branch_of(_whole(target)), on)
    draft = MembershipDraft(
        transfer.person_id, target.pk, Membership.Side.PARTY, starts_on=on, basis=f"组织关系介绍信 {transfer.number}"
    )
    membership, events = membership_started(draft, transfer.person, target, at)
    transfer.membership = membership
    return events


def _whole(target: Organization) -> Organization:
    return Organization.objects.select_related("parent").get(pk=target.pk)
