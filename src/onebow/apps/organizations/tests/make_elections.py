"""Builders of elections: a branch of as many full members as asked, and an election taken as far as asked."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from onebow.apps.accounts.models import User
from onebow.apps.ledger.tests.laying import laid_down
from onebow.apps.organizations.models import Ballot, Election, Organization, Person, Post
from onebow.apps.organizations.queries.elections.standing import standing_of
from onebow.apps.organizations.services.elections.ballots import BallotDraft, Vote, record_ballot, submit_result
from onebow.apps.organizations.services.elections.candidates import decide, submit_candidates
from onebow.apps.organizations.services.elections.prepare import ElectionDraft, begin_election
from onebow.apps.organizations.tests.make import (
    NOON,
    TODAY,
    K,
    appoint,
    grant,
    join,
    make_organization,
    make_person,
    make_user,
    tie,
)

NAMES = ["丁一", "王二", "孔三", "冯四", "朱五", "苏六", "何七", "金八", "赵九", "钱十"]
FOUNDED = date(2023, 1, 10)
DIRECT = ElectionDraft("founding", "direct", TODAY)
COMMITTEE = ElectionDraft("founding", "committee", TODAY, seats=3)


@dataclass(frozen=True)
class Cast:
    """A branch over one section, its members (the first heads the section), and who runs and decides."""

    unit: Organization
    committee: Organization
    section: Organization
    branch: Organization
    people: list[Person]
    officer: User
    # Secretary of the committee above.
    superior: User

    @property
    def head(self) -> Person:
        return self.people[0]


@laid_down
def make_cast(count: int = 5, *, head_standing: str = "full_member", **facts: Any) -> Cast:
    unit = make_organization(K.UNIT, "某局")
    committee = make_organization(K.ORGAN_COMMITTEE, "某局机关党委", set_in_id=unit.pk)
    section = make_organization(K.SECTION, "就业促进科", unit)
    branch = make_organization(K.BRANCH, "就业促进科党支部", committee, starts_on=FOUNDED, **facts)
    tie("covers", branch, section)
    people = []
    for number, name in enumerate(NAMES[:count]):
        standing = "full_member" if number else head_standing
        dates = {"full_on": date(2010 + number, 5, 1)} if standing == "full_member" else {}
        person = make_person(unit, name, standing=standing, **dates)
        join(person, section)
        if person.is_member:
            join(person, branch, starts_on=FOUNDED)
        people.append(person)
    appoint(people[0], section, Post.Role.UNIT_HEAD, title="科长")
    boss = make_person(unit, "周主任")
    join(boss, committee)
    appoint(boss, committee, Post.Role.SECRETARY)
    officer = make_user("officer")
    grant(officer, unit)
    return Cast(unit, committee, section, branch, people, officer, make_user("superior", person=boss))


def begin(cast: Cast, draft: ElectionDraft = DIRECT, **changes: Any) -> Election:
    return begin_election(cast.branch.pk, replace(draft, **changes), by=cast.officer, at=NOON)


def approve(election: Election, cast: Cast) -> Election:
    return decide(election.pk, approved=True, reason="", number="", by=cast.superior, at=NOON)


def make_approved(cast: Cast, draft: ElectionDraft = DIRECT, **changes: Any) -> Election:
    election = begin(cast, draft, **changes)
    submit_candidates(election.pk, by=cast.officer, at=NOON)
    return approve(election, cast)


def vote(cast: Cast, election: Election, yes: list[int], *, count: int | None = None, **changes: Any) -> Ballot:
    """Record the ballot that is due: votes for its people in their order; all others voted against."""
    due = standing_of(election, TODAY).next
    count = due.due if count is None else count
    votes = tuple(Vote(person.pk, one, count - one) for person, one in zip(due.people, yes, strict=True))
    draft = BallotDraft(due.office, due.round, present=count, issued=count, collected=count, votes=votes)
    return record_ballot(election.pk, replace(draft, **changes), by=cast.officer, at=NOON)


def make_held(cast: Cast, draft: ElectionDraft = DIRECT, **changes: Any) -> Election:
    """Held with everybody voting for the first candidates, and handed in."""
    election = make_approved(cast, draft, **changes)
    while (due := standing_of(election, TODAY).next) is not None:
        vote(cast, election, [due.due] * due.seats + [0] * (len(due.people) - due.seats))
    return submit_result(election.pk, {}, by=cast.officer, at=NOON)


def make_finished(cast: Cast, draft: ElectionDraft = DIRECT, **changes: Any) -> Election:
    return approve(make_held(cast, draft, **changes), cast)


def held_by(organization: Organization, on: date = TODAY) -> set[tuple[str, str, str]]:
    """Who holds which post on a day, and how appointed."""
    rows = Post.objects.on(on).filter(organization=organization).select_related("person")
    return {(post.person.name, post.role, post.appointed) for post in rows}
