"""The report on the result and the reply to it."""

from typing import Any

from onebow.apps.organizations.models import Ballot, Office, Post
from onebow.apps.organizations.queries.elections.papers_words import Draft, ask, basis, general, named, shares
from onebow.apps.organizations.queries.elections.standing import Counted
from onebow.apps.organizations.queries.elections.terms import term_years
from onebow.apps.organizations.queries.people import belonging_on
from onebow.apps.organizations.strokes import stroke_key

# Whether a general branch, whether with a committee -> what is elected.
PARTS = {
    (False, True): "支部委员会委员和书记、副书记",
    (True, True): "总支部委员会委员和书记、副书记",
    (False, False): "书记、副书记",
    (True, False): "书记、副书记",
}


def report(draft: Draft) -> dict[str, Any]:
    """选举结果报告. The counts are those of the members' meeting; of several rounds those of the first that counted."""
    election, standing = draft.election, draft.standing
    counted = [one for one in standing.ballots if one.lines and not one.ballot.struck]
    meeting = [one for one in counted if one.ballot.body == Ballot.Body.MEETING]
    first = meeting[0].ballot
    people = {one.person.pk: one.person for one in standing.elected}
    return {
        **general(draft),
        "issuer": election.organization.name,
        "to": draft.superior,
        "basis": basis(election.held_on, "ELEC-QUORUM", "ELEC-WIN"),
        "meeting_on": election.held_on,
        "voters_due": first.due,
        "present": first.present,
        "quorum": shares(election.held_on)["quorum"],
        "majority": shares(election.held_on)["majority"],
        "issued": first.issued,
        "collected": first.collected,
        "valid": first.collected - first.void,
        "void": first.void,
        "elected": sorted((one.name for one in people.values()), key=stroke_key),
        "secretary": standing.of(Office.SECRETARY)[0].person.name,
        "deputies": [one.person.name for one in standing.of(Office.DEPUTY)],
        "date": draft.today,
        "votes": [row for one in meeting for row in _votes(one, rounds=len(meeting) > 1)],
        **({"division": _division(draft)} if draft.has_committee else {}),
    }


def result_reply(draft: Draft) -> dict[str, Any]:
    """选举结果批复."""
    election, approval = draft.election, draft.election.result_approval
    name = election.organization.name
    return {
        **general(draft),
        "issuer": draft.superior,
        **named(approval),
        "to": name,
        "report_title": f"{name}关于选举结果的报告",
        "basis": basis(election.held_on, "ELEC-WIN", "BR-TERM-LENGTH"),
        "meeting": ask("哪次会议"),
        "secretary": draft.standing.of(Office.SECRETARY)[0].person.name,
        "deputies": [one.person.name for one in draft.standing.of(Office.DEPUTY)],
        "term_from": election.held_on,
        "term_years": term_years(election.organization, election.held_on),
        "date": (approval.document_on if approval else None) or draft.today,
        "members": [{"name": row["name"], "post": row["post"]} for row in _division(draft)]
        if draft.has_committee
        else [],
    }


def _votes(one: Counted, *, rounds: bool) -> list[dict[str, Any]]:
    office, ballot = one.ballot.get_office_display(), one.ballot
    told = f"({office}第{ballot.round}轮)" if rounds else ""
    return [
        {
            "name": person.name,
            "yes": yes,
            "no": no,
            "abstain": abstained,
            "outcome": ("当选" if person.pk in one.elected else "未当选") + told,
        }
        for person, yes, no, abstained, _ in one.lines
    ]


def _division(draft: Draft) -> list[dict[str, str]]:
    """Who does what in the committee, the secretary first; before it was handed in, plain members."""
    winners = list(draft.election.winners.select_related("person"))
    leaders = {row.person_id for row in winners if row.office != Office.MEMBER}
    rows = [row for row in winners if row.office != Office.MEMBER or row.person_id not in leaders]
    order = [role.value for role in Post.Role]
    on = min(draft.election.held_on, draft.today)
    belongs = belonging_on([row.person_id for row in rows], on, draft.today)
    return [
        {
            "name": row.person.name,
            "post": row.get_role_display(),
            "section": "".join([*belongs[row.person_id].work[:1], *belongs[row.person_id].titles[:1]]),
        }
        for row in sorted(rows, key=lambda one: (order.index(one.role), one.pk))
    ]
