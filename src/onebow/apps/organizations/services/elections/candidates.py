"""Candidates: chosen, handed in, approved or returned; the result is decided on in the same way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.filters import day
from onebow.apps.base.models import File
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write, write_alone
from onebow.apps.ledger.services import Event, record, record_all
from onebow.apps.organizations.models import Approval, Candidate, Election
from onebow.apps.organizations.queries.elections.electorate import electorate_of
from onebow.apps.organizations.queries.elections.proposals import field_for
from onebow.apps.organizations.queries.elections.standing import Standing, committee_of
from onebow.apps.organizations.rules import elections as rules
from onebow.apps.organizations.services.approvals import DecisionDraft, PaperDraft, decided, decided_here
from onebow.apps.organizations.services.elections.finish import finished
from onebow.apps.organizations.services.elections.prepare import changed, event_of, opened

State = Election.State
STEPS = {State.SUBMITTED: Approval.Step.CANDIDATES, State.HELD: Approval.Step.RESULT}
Chosen = Sequence[tuple[str, int]]


@write()
def choose_candidates(election_id: int, chosen: Chosen, *, by: User, at: datetime) -> Election:
    """Name the candidates: pairs of office and person.

    Raises:
        Refused: they were handed in already, too few, too many, or somebody who cannot be elected.
    """
    election, today = opened(election_id, by, at), timezone.localdate(at)
    rules.check_state(election, State.PREPARING)
    check_candidates(election, chosen, today)
    known = {fit.person.pk: fit.reason for fit in field_for(election.organization, election.held_on, today).fits}
    election.candidates.all().delete()
    Candidate.objects.bulk_create(
        Candidate(election=election, office=office, person_id=person_id, reason=known.get(person_id, ""))
        for office, person_id in dict.fromkeys(chosen)
    )
    changed(election, at)
    election.save()
    event = event_of("election.candidates", election, {"candidates": len(set(chosen))})
    record(event, by_id=by.pk, at=at)
    return election


@write()
def submit_candidates(election_id: int, *, by: User, at: datetime) -> Election:
    """Hand the candidates in for approval by the superior Party organization.

    Raises:
        Refused: somebody of them cannot be elected (any more), or they are not as many as the rules ask.
    """
    election, event = submitted(election_id, by=by, at=at)
    record(event, by_id=by.pk, at=at)
    return election


def submitted(election_id: int, *, by: User, at: datetime) -> tuple[Election, Event]:
    """The candidates handed in, and what is to be recorded of it. Runs in a transaction."""
    election = opened(election_id, by, at)
    rules.check_state(election, State.PREPARING)
    chosen = list(election.candidates.values_list("office", "person_id"))
    check_candidates(election, chosen, timezone.localdate(at))
    election.state, election.asked_by, election.asked_at, election.note = State.SUBMITTED, by, at, ""
    changed(election, at)
    election.save()
    return election, event_of("election.candidates", election, {"candidates": len(chosen)})


@write_alone()
def decide(election_id: int, *, approved: bool, reason: str, number: str, by: User, at: datetime) -> Election:
    """Decide in the product on the candidates or the result, whichever waits.

    Raises:
        Refused: nothing waits, `by` does not decide for the superior or handed it in, a return without reason, or the
            result cannot take effect.
    """
    draft = Opinion(approved, reason, number)
    election, events = decided_above(election_id, draft, by=by, at=at)
    record_all(events, by_id=by.pk, at=at)
    return election


@dataclass(frozen=True)
class Opinion:
    """What the superior says in the product."""

    approved: bool
    reason: str = ""
    number: str = ""


def decided_above(
    election_id: int, opinion: Opinion, *states: str, by: User, at: datetime
) -> tuple[Election, list[Event]]:
    """What was decided in the product on what waits (in one of `states`), and what is to be recorded of it."""
    election = _waiting(election_id, *states)
    if election.superior is None:
        raise Refused(f"“{election.organization.name}”没有登记上级党组织,请登记批复文件(线下已批)。")
    draft = DecisionDraft(STEPS[State(election.state)], opinion.approved, opinion.reason, opinion.number)
    approval, event = decided_here(
        election.superior, draft, subject=election, asked_by_id=election.asked_by_id, by=by, at=at
    )
    return election, [event, *_followed(election, approval, by=by, at=at)]


@write_alone()
def record_reply(
    election_id: int, *, number: str, on: date, scan: UploadedFile | None, by: User, at: datetime
) -> Election:
    """Record the superior's reply on paper (线下已批) to the candidates or the result, whichever waits.

    Raises:
        Refused: nothing waits, `by` does not keep the organization, a paper of tomorrow or one recorded already.
    """
    election, events = replied(election_id, Reply(number, on, scan), by=by, at=at)
    record_all(events, by_id=by.pk, at=at)
    return election


@dataclass(frozen=True)
class Reply:
    """A reply on paper; a scan that was kept already belongs to several."""

    number: str
    on: date
    scan: UploadedFile | File | None = None


def replied(election_id: int, reply: Reply, *states: str, by: User, at: datetime) -> tuple[Election, list[Event]]:
    """What a paper decided on what waits (in one of `states`), and what is to be recorded of it."""
    election = _waiting(election_id, *states)
    draft = PaperDraft(STEPS[State(election.state)], reply.number, reply.on)
    approval, event = decided(election.organization_id, draft, subject=election, scan=reply.scan, by=by, at=at)
    if election.state == State.HELD and reply.on < election.held_on:
        raise Refused(f"选举是{day(election.held_on)}进行的,结果的批复不能早于这一天。")
    return election, [event, *_followed(election, approval, by=by, at=at)]


def check_candidates(election: Election, chosen: Chosen, today: date) -> None:
    """Hold candidates against the rules and the electorate of the day."""
    electorate = electorate_of(election, today)
    sitting = committee_of(Standing(election, today), election) if election.is_vacancy else {}
    rules.check_candidates(election, set(chosen), electorate.voters, sitting)


def _waiting(election_id: int, *states: str) -> Election:
    rows = Election.objects.select_for_update(of=("self",)).select_related("organization", "superior")
    election = rows.get(pk=election_id)
    rules.check_state(election, *(states or STEPS))
    return election


def _followed(election: Election, approval: Approval, *, by: User, at: datetime) -> list[Event]:
    """What a decision brings: on, or one state back."""
    events: list[Event] = []
    is_result, returned = election.state == State.HELD, approval.decision == Approval.Decision.RETURNED
    if returned:
        election.state, election.note = (State.APPROVED if is_result else State.PREPARING), approval.reason
        if is_result:
            election.winners.all().delete()
    elif is_result:
        events = finished(election, approval, at=at)
    else:
        election.state, election.candidates_approval, election.note = State.APPROVED, approval, ""
    changed(election, at)
    election.save()
    return events
