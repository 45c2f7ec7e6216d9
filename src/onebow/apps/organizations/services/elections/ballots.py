"""Ballots: recorded as they were counted, struck when typed wrongly; seats given up; the result handed in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.filters import day
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.ledger.services import Event, record
from onebow.apps.organizations.models import Approval, Ballot, BallotLine, Election, Office, Person, Post, Winner
from onebow.apps.organizations.queries.elections.standing import Elected, Next, Standing, committee_of, standing_of
from onebow.apps.organizations.rules import elections as rules
from onebow.apps.organizations.services.elections.prepare import changed, check_day, event_of, opened
from onebow.cores.regulations.ballots import Line, Paper, fault_of, outcome_of, void_because

State = Election.State
ROLES = {Office.SECRETARY: Post.Role.SECRETARY, Office.DEPUTY: Post.Role.DEPUTY_SECRETARY}
# The division of work among members of a committee.
DIVISION = (
    Post.Role.ORGANIZATION_MEMBER,
    Post.Role.PUBLICITY_MEMBER,
    Post.Role.DISCIPLINE_MEMBER,
    Post.Role.COMMITTEE_MEMBER,
)


@dataclass(frozen=True)
class Vote:
    """The votes on one person."""

    person_id: int
    yes: int
    no: int = 0
    abstained: int = 0
    is_written_in: bool = False


@dataclass(frozen=True)
class BallotDraft:
    """One ballot as it was counted. Office and round say which one the form meant."""

    office: str
    round: int
    present: int
    issued: int
    collected: int
    void: int = 0
    votes: Sequence[Vote] = ()


@write()
def record_ballot(election_id: int, draft: BallotDraft, *, by: User, at: datetime) -> Ballot:
    """Record a ballot. One that is void by the rules is recorded too: the next is the same again.

    Raises:
        Refused: another ballot is due, counts that cannot be, a name that cannot be elected, or the day lies ahead.
    """
    election, today = opened(election_id, by, at), timezone.localdate(at)
    rules.check_state(election, State.APPROVED)
    rules.check_held_on(election, election.held_on, today, approved_on(election))
    check_day(election)
    standing = standing_of(election, today)
    due = _next_of(standing, draft)
    people = _check_names(election, standing, due, draft.votes)
    paper = Paper(due.due, draft.present, draft.issued, draft.collected, draft.void)
    lines = [_line(vote, people) for vote in draft.votes]
    if fault := fault_of(paper, lines, due.seats):
        raise Refused(fault)
    is_void = bool(void_because(paper, on=election.held_on))
    if not is_void and (missing := next((one for one in due.people if one.pk not in people), None)):
        raise Refused(f"{missing.name}的得票没有填写;没有得票的填 0。")
    ballot = _write(election, due, paper, () if is_void else draft.votes, by, at)
    changed(election, at)
    election.save()
    lines = [replace(line, name=str(vote.person_id)) for line, vote in zip(lines, draft.votes, strict=True)]
    elected = len(outcome_of(paper, lines, due.seats, on=election.held_on).elected)
    told = {"office": due.office, "round": due.round, "due": due.due, "present": draft.present, "elected": elected}
    event = event_of("election.held", election, told, happened_on=election.held_on, quantity=Decimal(draft.present))
    record(event, by_id=by.pk, at=at)
    return ballot


@write()
def strike_ballot(election_id: int, ballot_id: int, *, reason: str, by: User, at: datetime) -> Ballot:
    """Strike a ballot that was typed wrongly, and all that came after it, since they rest on it.

    Raises:
        Refused: the result is handed in, it is struck already, or no reason was given.
    """
    election = opened(election_id, by, at)
    rules.check_state(election, State.APPROVED)
    ballot = election.ballots.get(pk=ballot_id)
    if ballot.struck:
        raise Refused("这次投票已经作废。")
    if not reason.strip():
        raise Refused("请写明作废的原因,例如“票数录入有误”。")
    election.ballots.filter(pk__gte=ballot_id, struck="").update(struck=reason.strip())
    election.given_up, election.agreed = 0, None
    changed(election, at)
    election.save()
    event = event_of("election.struck", election, {"ballot": ballot.pk})
    record(event, by_id=by.pk, at=at)
    ballot.refresh_from_db()
    return ballot


@write()
def give_up_seats(election_id: int, *, seats: int, agreed: int, by: User, at: datetime) -> Election:
    """Too few were elected, and the meeting decides to have fewer seats.

    Raises:
        Refused: nothing is open, not enough agreed, or the committee would be too small.
    """
    election, today = opened(election_id, by, at), timezone.localdate(at)
    rules.check_state(election, State.APPROVED)
    standing = standing_of(election, today)
    if not standing.of(Office.MEMBER) or not standing.open_members:
        raise Refused("只有委员选出一部分、名额没有选足时,才能决定减少名额。")
    rules.check_given_up(election, seats, agreed, standing.electorate.due, standing.open_members)
    election.given_up, election.agreed = election.given_up + seats, agreed
    changed(election, at)
    election.save()
    elected = len(standing.of(Office.MEMBER))
    told = {"office": Office.MEMBER.value, "due": standing.electorate.due, "elected": elected}
    record(event_of("election.held", election, told, happened_on=election.held_on), by_id=by.pk, at=at)
    return election


@write()
def submit_result(election_id: int, division: Mapping[int, str], *, by: User, at: datetime) -> Election:
    """Hand the result in for the superior's reply, with the division of work (person -> role) in the committee.

    Raises:
        Refused: seats are open, or a role that is none of a committee's.
    """
    election, event = result_submitted(election_id, division, by=by, at=at)
    record(event, by_id=by.pk, at=at)
    return election


def result_submitted(
    election_id: int, division: Mapping[int, str] | None, *, by: User, at: datetime
) -> tuple[Election, Event]:
    """The result handed in, and what is to be recorded of it; without a division the usual one."""
    election, today = opened(election_id, by, at), timezone.localdate(at)
    rules.check_state(election, State.APPROVED)
    standing = standing_of(election, today)
    if standing.next is not None:
        raise Refused(f"还没有选完:{standing.next.words}。")
    if division is None:
        division = usual_division(standing)
    election.winners.all().delete()
    Winner.objects.bulk_create(
        Winner(
            election=election,
            person=one.person,
            office=one.office,
            yes=one.yes,
            role=_role(one.office, division.get(one.person.pk, "")),
        )
        for one in standing.elected
    )
    election.state, election.asked_by, election.asked_at, election.note = State.HELD, by, at, ""
    changed(election, at)
    election.save()
    return election, event_of("election.submitted", election, {"elected": len(_people(standing.elected))})


def usual_division(standing: Standing) -> dict[int, str]:
    """Person -> role of those elected into the committee who do not lead it: one after the other, as is usual."""
    leaders = _people(one for one in standing.elected if one.office != Office.MEMBER)
    members = [one.person.pk for one in standing.of(Office.MEMBER) if one.person.pk not in leaders]
    return {one: DIVISION[min(place, len(DIVISION) - 1)].value for place, one in enumerate(members)}


def _people(elected: Iterable[Elected]) -> set[int]:
    return {one.person.pk for one in elected}


def approved_on(election: Election) -> date | None:
    """The day on which the candidates were approved."""
    approval: Approval | None = election.candidates_approval
    if approval is None:
        return None
    return approval.document_on or timezone.localdate(approval.decided_at)


def _next_of(standing: Standing, draft: BallotDraft) -> Next:
    due = standing.next
    if due is None:
        raise Refused("名额已经选足,没有要再投的票。")
    if (due.office, due.round) != (draft.office, draft.round):
        raise Refused(f"这次投票刚刚已由其他人登记,现在该登记的是:{due.words}。")
    return due


def _check_names(election: Election, standing: Standing, due: Next, votes: Sequence[Vote]) -> dict[int, Person]:
    """Those voted on stand, or are written in and could be elected."""
    voters = standing.electorate.voters
    if due.body == Ballot.Body.COMMITTEE:
        voters = committee_of(standing, election)
    standing_now = {person.pk: person for person in due.people}
    taken = {
        one.person.pk for one in standing.elected if (one.office == Office.MEMBER) == (due.office == Office.MEMBER)
    }
    seen: set[int] = set()
    for vote in votes:
        person = standing_now.get(vote.person_id) or voters.get(vote.person_id)
        if person is None or vote.person_id in taken:
            name = Person.objects.get(pk=vote.person_id).name
            where = "委员会委员" if due.body == Ballot.Body.COMMITTEE else "有选举权的正式党员"
            raise Refused(
                f"{name}在{day(election.held_on)}不是“{election.organization.name}”可以当选的{where},请核对另选人。"
            )
        if vote.person_id in seen:
            raise Refused(f"{person.name}填了两次,请合并得票。")
        seen.add(vote.person_id)
        if vote.person_id in standing_now and vote.person_id not in voters:
            raise Refused(
                f"候选人{person.name}在{day(election.held_on)}已不是“{election.organization.name}”有选举权的正式党员,"
                "不能当选;请先核对其组织关系,或取消这次选举重新提名。"
            )
    return {vote.person_id: standing_now.get(vote.person_id) or voters[vote.person_id] for vote in votes}


def _line(vote: Vote, people: Mapping[int, Person]) -> Line:
    return Line(people[vote.person_id].name, vote.yes, vote.no, vote.abstained, vote.is_written_in)


def _write(election: Election, due: Next, paper: Paper, votes: Sequence[Vote], by: User, at: datetime) -> Ballot:
    ballot = Ballot.objects.create(
        election=election,
        office=due.office,
        round=due.round,
        body=due.body,
        seats=due.seats,
        due=paper.due,
        present=paper.present,
        issued=paper.issued,
        collected=paper.collected,
        void=paper.void,
        recorded_by=by,
        recorded_at=at,
    )
    BallotLine.objects.bulk_create(
        BallotLine(
            ballot=ballot,
            person_id=vote.person_id,
            is_written_in=vote.is_written_in,
            yes=vote.yes,
            no=vote.no,
            abstained=vote.abstained,
        )
        for vote in votes
    )
    return ballot


def _role(office: str, division: str) -> str:
    if office in ROLES:
        return ROLES[Office(office)]
    if division and division not in DIVISION:
        raise Refused("委员的分工请从组织委员、宣传委员、纪检委员和委员中选择。")
    return division or Post.Role.COMMITTEE_MEMBER
