"""Where an election stands: who is elected so far, how many seats are open, and what is to be voted on next."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from onebow.apps.organizations.models import Ballot, BallotLine, Candidate, Election, Office, Person, Post, Winner
from onebow.apps.organizations.queries.elections.electorate import Electorate, electorate_of
from onebow.apps.organizations.queries.elections.proposals import COMMITTEE
from onebow.apps.organizations.strokes import stroke_key
from onebow.cores.regulations.ballots import Line, Paper, outcome_of, present_needed, void_because, votes_needed

ORDER = (Office.MEMBER, Office.SECRETARY, Office.DEPUTY)


@dataclass(frozen=True)
class Elected:
    """Somebody who was elected to an office, with how many votes, in which round."""

    person: Person
    office: str
    yes: int
    round: int


@dataclass(frozen=True)
class Counted:
    """A ballot as it was counted, with what came of it in words."""

    ballot: Ballot
    lines: tuple[tuple[Person, int, int, int, bool], ...]
    words: str
    elected: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Next:
    """The ballot that is to be held next."""

    office: str
    round: int
    body: str
    seats: int
    due: int
    # The least present for the ballot to count, and the least votes in favour that elect.
    quorum: int
    needed: int
    people: tuple[Person, ...]
    is_tie: bool = False

    @property
    def words(self) -> str:
        """What it is, in one line."""
        who = f"{Ballot.Body(self.body).label}选举{Office(self.office).label} {self.seats} 名"
        if self.round == 1:
            return who
        return f"{who},第 {self.round} 轮" + ("(得票相等的再次投票)" if self.is_tie else "")


@dataclass
class Standing:
    """All that the ballots say, and who stands."""

    election: Election
    today: date
    candidates: list[Candidate] = field(default_factory=list)
    elected: list[Elected] = field(default_factory=list)
    ballots: list[Counted] = field(default_factory=list)
    next: Next | None = None
    # Seats of the committee that nobody has yet and that were not given up.
    open_members: int = 0

    @cached_property
    def electorate(self) -> Electorate:
        """The electorate of the day: read where it is asked for."""
        return electorate_of(self.election, self.today)

    @property
    def due(self) -> int:
        """Who should attend: as it was counted, or as it stands today."""
        meetings = (one.ballot for one in self.ballots if one.ballot.body == Ballot.Body.MEETING)
        counted = [ballot.due for ballot in meetings if not ballot.struck]
        return counted[0] if counted else self.electorate.due

    def of(self, office: str) -> list[Elected]:
        """Who was elected to an office."""
        return [one for one in self.elected if one.office == office]


def standing_of(election: Election, today: date) -> Standing:
    """Read all ballots in order. A few statements, whatever the size."""
    rows = election.candidates.select_related("person")
    candidates = sorted(rows, key=lambda one: stroke_key(one.person.name))
    standing = Standing(election, today, candidates)
    told = _lines(election)
    ballots = [(ballot, told.get(ballot.pk, [])) for ballot in election.ballots.order_by("pk")]
    for office in ORDER:
        people = [one.person for one in candidates if one.office == office]
        _walk(standing, election, office, ballots, people)
    standing.ballots = [_told(one, lines, election.held_on) for one, lines in ballots]
    return standing


Lines = list[tuple[Person, Line]]


def _lines(election: Election) -> dict[int, Lines]:
    """The lines of each ballot, by the person's id as name, so that namesakes stay apart."""
    rows = BallotLine.objects.filter(ballot__election=election).select_related("person")
    found: dict[int, Lines] = {}
    for row in sorted(rows, key=lambda one: (one.is_written_in, stroke_key(one.person.name))):
        line = Line(str(row.person_id), row.yes, row.no, row.abstained, row.is_written_in)
        found.setdefault(row.ballot_id, []).append((row.person, line))
    return found


def paper_of(ballot: Ballot) -> Paper:
    """The counts of a ballot."""
    return Paper(ballot.due, ballot.present, ballot.issued, ballot.collected, ballot.void)


def _walk(
    standing: Standing, election: Election, office: str, ballots: list[tuple[Ballot, Lines]], candidates: list[Person]
) -> None:
    """Follow the ballots on one office; what is left open becomes the next ballot, the first office first."""
    seats = election.seats_of(office) - (election.given_up if office == Office.MEMBER else 0)
    people, is_tie, rounds = candidates, False, 0
    for ballot, lines in ballots:
        if ballot.office != office or ballot.struck:
            continue
        rounds = ballot.round
        outcome = outcome_of(paper_of(ballot), [line for _, line in lines], ballot.seats, on=election.held_on)
        by_name = {line.name: (person, line.yes) for person, line in lines}
        standing.elected += [Elected(*_pair(by_name[name], office), ballot.round) for name in outcome.elected]
        if outcome.is_quorate:
            won = set(outcome.elected)
            is_tie = bool(outcome.tied)
            people = [person for person, line in lines if line.name in outcome.tied] if is_tie else [
                person for person, line in lines if line.name not in won
            ]  # fmt: skip
    left = seats - len(standing.of(office))
    if office == Office.MEMBER:
        standing.open_members = max(left, 0)
    if left > 0 and standing.next is None:
        standing.next = _next(standing, election, office, rounds + 1, left, people, is_tie)


def _pair(found: tuple[Person, int], office: str) -> tuple[Person, str, int]:
    return found[0], office, found[1]


def _next(
    standing: Standing, election: Election, office: str, number: int, seats: int, people: list[Person], is_tie: bool
) -> Next:
    body, due = Ballot.Body.MEETING, standing.electorate.due
    if election.has_committee and office != Office.MEMBER:
        body, due = Ballot.Body.COMMITTEE, len(committee_of(standing, election))
        taken = {one.person.pk for one in standing.elected if one.office != Office.MEMBER}
        people = [one for one in people if one.pk in committee_of(standing, election) and one.pk not in taken]
    on = election.held_on
    least, needed = present_needed(due, on=on), votes_needed(due, on=on)
    return Next(office, number, body, seats, due, least, needed, tuple(people), is_tie)


def committee_of(standing: Standing, election: Election) -> dict[int, Person]:
    """Who sits in the committee that elects the secretary: those just elected, in a by-election those in office too."""
    members = {one.person.pk: one.person for one in standing.of(Office.MEMBER)}
    if not election.is_vacancy:
        return members
    rows = Post.objects.on(election.held_on).filter(organization=election.organization, role__in=COMMITTEE)
    held = rows.exclude(appointed=Post.Appointed.DESIGNATED).select_related("person")
    return members | {post.person_id: post.person for post in held}


def _told(ballot: Ballot, lines: Lines, on: date) -> Counted:
    shown = tuple((person, line.yes, line.no, line.abstained, line.is_written_in) for person, line in lines)
    if ballot.struck:
        return Counted(ballot, shown, f"已作废:{ballot.struck}")
    if why := void_because(paper_of(ballot), on=on):
        return Counted(ballot, shown, why)
    outcome = outcome_of(paper_of(ballot), [line for _, line in lines], ballot.seats, on=on)
    names = {line.name: person.name for person, line in lines}
    words = f"当选:{'、'.join(names[name] for name in outcome.elected)}" if outcome.elected else "没有人当选"
    if outcome.tied:
        words += f";{'、'.join(names[name] for name in outcome.tied)}得票相等,再次投票"
    elif outcome.open_seats:
        words += f";还缺 {outcome.open_seats} 名"
    return Counted(ballot, shown, words, frozenset(int(name) for name in outcome.elected))


@dataclass(frozen=True)
class Won:
    """Who was elected, the post that follows, and the votes by office."""

    person: Person
    role: str
    votes: str


def won(election: Election) -> list[Won]:
    """The elected as they were handed in, who leads first; one line for each person."""
    rows: dict[int, list[Winner]] = {}
    for row in election.winners.select_related("person").order_by("pk"):
        rows.setdefault(row.person_id, []).append(row)
    ranked = sorted(rows.values(), key=lambda own: min(LEADERS_FIRST.index(Office(row.office)) for row in own))
    return [_won(own) for own in ranked]


def _won(own: list[Winner]) -> Won:
    leading = min(own, key=lambda row: LEADERS_FIRST.index(Office(row.office)))
    votes = ",".join(f"{row.get_office_display()} {row.yes} 票" for row in own)
    return Won(leading.person, leading.get_role_display(), votes)


LEADERS_FIRST = (Office.SECRETARY, Office.DEPUTY, Office.MEMBER)
