"""Beginning an election, many at once, and cancelling one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write, write_alone
from onebow.apps.ledger.services import Event, record, record_all
from onebow.apps.organizations.models import Candidate, Election, Organization
from onebow.apps.organizations.queries.elections.electorate import full_members_on
from onebow.apps.organizations.queries.elections.proposals import COMMITTEE, chosen_from, field_for
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.organizations.rules import elections as election_rules

MOST_AT_ONCE = 200


@dataclass(frozen=True)
class ElectionDraft:
    """What is decided when an election is begun."""

    occasion: str
    manner: str
    held_on: date
    seats: int = 0
    secretaries: int = 1
    deputies: int = 0


@write()
def begin_election(organization_id: int, draft: ElectionDraft, *, by: User | None, at: datetime) -> Election:
    """Begin an election; the candidates that the product proposes are entered, to be changed at will.

    Raises:
        Refused: `by` neither leads nor keeps the organization, it has an open election or elects nobody, or manner and
            seats do not fit the count of full members.
    """
    election, event = _begun(organization_id, draft, by=by, at=at)
    record(event, by_id=by.pk if by else None, at=at)
    return election


@write_alone()
def begin_elections(drafts: Sequence[tuple[int, ElectionDraft]], *, by: User | None, at: datetime) -> list[Election]:
    """Begin many at once, all or none: after a restructuring each new branch needs one.

    Raises:
        Refused: as for one; the organization is named.
    """
    if len(drafts) > MOST_AT_ONCE:
        raise Refused(f"一次最多筹备 {MOST_AT_ONCE} 个,请分批办理。")
    begun = [_begun(organization_id, draft, by=by, at=at) for organization_id, draft in drafts]
    record_all([event for _, event in begun], by_id=by.pk if by else None, at=at)
    return [election for election, _ in begun]


@write()
def change_election(election_id: int, draft: ElectionDraft, *, by: User | None, at: datetime) -> Election:
    """Change occasion, manner, seats or the planned day, as long as nobody was asked to approve the candidates.

    Raises:
        Refused: the candidates were handed in, or manner and seats do not fit.
    """
    election = opened(election_id, by, at)
    election_rules.check_state(election, Election.State.PREPARING)
    _shape(election, draft, timezone.localdate(at))
    # What nobody is elected to any more has no candidates.
    for office in ("member", "secretary", "deputy"):
        if not election.seats_of(office):
            election.candidates.filter(office=office).delete()
    changed(election, at)
    election.save()
    data = {"occasion": election.occasion, "manner": election.manner}
    record(event_of("election.prepared", election, data), by_id=by.pk if by else None, at=at)
    return election


@write()
def cancel_election(election_id: int, *, reason: str, by: User | None, at: datetime) -> Election:
    """End an election without result; what was recorded stays to be read.

    Raises:
        Refused: it is over already, or no reason was given.
    """
    election = opened(election_id, by, at)
    election_rules.check_state(election, *Election.OPEN)
    if not reason.strip():
        raise Refused("请写明取消的原因。")
    election.state, election.note = Election.State.CANCELLED, reason.strip()
    changed(election, at)
    election.save()
    event = event_of("election.cancelled", election, {"reason": reason.strip()})
    record(event, by_id=by.pk if by else None, at=at)
    return election


def opened(election_id: int, by: User | None, at: datetime) -> Election:
    """The election, locked, for who may run it. Of two who press at once, the second sees what the first did."""
    rows = Election.objects.select_for_update(of=("self",)).select_related("organization", "superior")
    election = rows.get(pk=election_id)
    election_rules.check_can_run(election.organization, authority_of(by, timezone.localdate(at)))
    return election


def changed(election: Election, at: datetime) -> None:
    """Mark a change; the caller saves."""
    election.updated_at, election.version = at, election.version + 1


def event_of(kind: str, election: Election, data: dict[str, Any] | None = None, **facts: Any) -> Event:
    """What the ledger is told: ids and counts, no names."""
    plain = Event(kind, election.organization_id, source=election, data=data or {})
    return replace(plain, **facts) if facts else plain


def _begun(organization_id: int, draft: ElectionDraft, *, by: User | None, at: datetime) -> tuple[Election, Event]:
    today = timezone.localdate(at)
    organization = Organization.objects.select_for_update(of=("self",)).select_related("parent").get(pk=organization_id)
    election_rules.check_can_run(organization, authority_of(by, today))
    election_rules.check_can_begin(organization, draft.held_on, today)
    election = Election(organization=organization, superior=organization.parent, made_by=by, created_at=at)
    election.updated_at = at
    _shape(election, draft, today)
    election.save()
    propose_candidates(election, today)
    data = {"occasion": election.occasion, "manner": election.manner}
    return election, event_of("election.prepared", election, data)


def propose_candidates(election: Election, today: date) -> None:
    """Enter the candidates that the product would name."""
    field = field_for(election.organization, election.held_on, today)
    Candidate.objects.bulk_create(
        Candidate(election=election, person=fit.person, office=office, reason=fit.reason)
        for office, fit in chosen_from(field, election)
    )


def check_day(election: Election) -> None:
    """Refuse a day on which the result could not take effect, before anybody votes.

    Raises:
        Refused: somebody of the sitting committee took office on that day or later.
    """
    held = election.organization.posts.filter(role__in=COMMITTEE, ends_on=None)
    election_rules.check_succeeds(election, held.select_related("person").order_by("pk"))


def _shape(election: Election, draft: ElectionDraft, today: date) -> None:
    election.occasion, election.manner, election.held_on = draft.occasion, draft.manner, draft.held_on
    election.seats, election.secretaries, election.deputies = draft.seats, draft.secretaries, draft.deputies
    check_day(election)
    full = full_members_on(election.organization, min(draft.held_on, today), today)
    try:
        election_rules.check_shape(election.organization, election, len(full))
    except Refused as refused:
        raise Refused(f"“{election.organization.name}”:{refused}") from None
