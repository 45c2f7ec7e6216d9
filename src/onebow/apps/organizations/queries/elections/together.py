"""Which elections may be taken one step on together: handed in, decided on, replied to on paper."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from onebow.apps.organizations.models import Ballot, Candidate, Election, Office, Winner
from onebow.apps.organizations.queries.elections.standing import LEADERS_FIRST, Standing, standing_of
from onebow.apps.organizations.queries.elections.visible import elections_for
from onebow.apps.organizations.queries.reach import Reach

State = Election.State
CANDIDATES, RESULT = "candidates", "result"
SUBMISSIONS, DECISIONS, REPLIES = "submissions", "decisions", "replies"
# What is handed in, and what waits to be decided on: the state in which it is.
STATES = {
    (SUBMISSIONS, CANDIDATES): State.PREPARING,
    (SUBMISSIONS, RESULT): State.APPROVED,
    (DECISIONS, CANDIDATES): State.SUBMITTED,
    (DECISIONS, RESULT): State.HELD,
    (REPLIES, CANDIDATES): State.SUBMITTED,
    (REPLIES, RESULT): State.HELD,
}


@dataclass(frozen=True)
class Line:
    """An election that may be taken on, with who stands or was elected, the office first."""

    election: Election
    people: str

    @property
    def pk(self) -> int:
        """The election's."""
        return self.election.pk

    @property
    def name(self) -> str:
        """The organization's."""
        return self.election.organization.name


def counts_for(reach: Reach, user_id: int) -> Counter[tuple[str, str]]:
    """How many elections a user may take on, by deed and what; one statement. Some results may be incomplete still."""
    found: Counter[tuple[str, str]] = Counter()
    rows = _with_ballots(elections_for(reach).filter(state__in=Election.OPEN))
    for election in rows.only("state", "asked_by_id", "superior__path", "organization__path"):
        for key in STATES:
            is_ready = key != (SUBMISSIONS, RESULT) or _is_voted_on(election)
            found[key] += is_ready and _may(key, election, reach, user_id)
    return +found


def lines_for(reach: Reach, deed: str, what: str, user_id: int, today: date) -> list[Line]:
    """The elections that the user may take on so, by the tree. A few statements; a few more for each result in hand."""
    key = (deed, what)
    rows = _with_ballots(elections_for(reach).filter(state=STATES[key])).order_by("organization__path", "pk")
    elections = [one for one in rows if _may(key, one, reach, user_id)]
    if key == (SUBMISSIONS, RESULT):
        complete = [standing_of(one, today) for one in elections if _is_voted_on(one)]
        return [Line(one.election, _elected(one)) for one in complete if one.next is None]
    model = Winner if what == RESULT else Candidate
    people: dict[int, list[tuple[str, str]]] = {}
    named = model.objects.filter(election__in=elections).order_by("pk")
    for election_id, office, name in named.values_list("election_id", "office", "person__name"):
        people.setdefault(election_id, []).append((office, name))
    return [Line(one, _named(people.get(one.pk, []))) for one in elections]


def left_out(reach: Reach, picked: Iterable[int], lines: Iterable[Line]) -> list[Election]:
    """What was picked and is none of these."""
    ids = set(picked) - {line.pk for line in lines}
    return list(elections_for(reach).filter(pk__in=ids).order_by("organization__path")) if ids else []


def _may(key: tuple[str, str], election: Election, reach: Reach, user_id: int) -> bool:
    if election.state != STATES[key]:
        return False
    deed, _ = key
    if deed == REPLIES:
        return reach.manages(election.organization.path)
    if deed == SUBMISSIONS:
        return reach.leads(election.organization.path)
    # Nobody decides on what the same person handed in.
    above = election.superior
    return above is not None and reach.leads(above.path) and election.asked_by_id != user_id


def _with_ballots(rows: QuerySet[Election]) -> QuerySet[Election]:
    return rows.annotate(has_ballots=Exists(Ballot.objects.filter(election=OuterRef("pk"), struck="")))


def _is_voted_on(election: Election) -> bool:
    return bool(election.has_ballots)  # type: ignore[attr-defined]


def _elected(standing: Standing) -> str:
    return _named([(one.office, one.person.name) for one in standing.elected])


def _named(pairs: list[tuple[str, str]]) -> str:
    """Names by office, who leads first."""
    words = []
    for office in LEADERS_FIRST:
        names = [name for one, name in pairs if one == office]
        if names:
            words.append(f"{Office(office).label}:{'、'.join(names)}")
    return ";".join(words)
