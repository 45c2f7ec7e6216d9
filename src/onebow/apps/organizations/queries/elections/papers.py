"""The papers of an election as plain data for `documents`: what the tables know; the rest is left to be written in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from onebow.apps.base.filters import day
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import Approval, Election, Office, Organization, Person
from onebow.apps.organizations.queries.elections.electorate import members_on
from onebow.apps.organizations.queries.elections.papers_result import PARTS, report, result_reply
from onebow.apps.organizations.queries.elections.papers_words import (
    Draft,
    ask,
    basis,
    general,
    month,
    named,
    shares,
)
from onebow.apps.organizations.queries.elections.standing import LEADERS_FIRST, Standing
from onebow.apps.organizations.queries.people import belonging_on
from onebow.cores.regulations.ballots import present_needed, votes_needed

State = Election.State
K = Organization.Kind
KINDS = ("docx", "pdf")
# Slips with more names than that take a page each.
NAMES_ON_HALF_A_PAGE = 6
OFFICES = {"member": Office.MEMBER, "secretary": Office.SECRETARY, "deputy": Office.DEPUTY}
OPEN_PAPERS = (State.PREPARING, State.SUBMITTED, State.APPROVED, State.HELD, State.FINISHED)


@dataclass(frozen=True)
class Offer:
    """A paper that an election can be asked for: its key, what it is called, and the template behind it."""

    key: str
    label: str
    template: str


def offers_of(election: Election, standing: Standing) -> list[Offer]:
    """The papers that can be made now, in the order in which they are needed."""
    if election.organization.kind not in (K.BRANCH, K.JOINT_BRANCH, K.GENERAL_BRANCH):
        # Their wording speaks of branches; a committee's papers are its own.
        return []
    offers = []
    if election.state in OPEN_PAPERS and _has_secretary(standing):
        offers += [Offer("candidates_request", "候选人预备人选请示", "candidates_request")]
        if election.state != State.PREPARING:
            offers += [Offer("candidates_reply", "候选人预备人选批复", "candidates_reply")]
        offers += [Offer("election_rules", "选举办法(草案)", "election_rules")]
        if election.state != State.PREPARING:
            offers += _slips(election, standing)
            offers += [Offer("chair_script", "党员大会主持词", "chair_script")]
    if standing.next is None and standing.elected and standing.of(Office.SECRETARY):
        offers += [Offer("result_report", "选举结果报告", "result_report")]
        if election.state in (State.HELD, State.FINISHED):
            offers += [Offer("result_reply", "选举结果批复", "result_reply")]
    return offers


def paper_of(key: str, election: Election, standing: Standing, today: date) -> tuple[Offer, dict[str, Any]]:
    """A paper's template and data.

    Raises:
        Refused: it cannot be made (yet).
    """
    offer = next((one for one in offers_of(election, standing) if one.key == key), None)
    if offer is None:
        raise Refused("这份公文现在还不能生成:候选人、批复或投票还没有登记,或者这次选举没有这一项。")
    draft = Draft(election, standing, today)
    if offer.template in ("ballot", "tally"):
        return offer, _slip(draft, offer)
    return offer, MAKERS[offer.template](draft)


def records_of(election: Election) -> int:
    """From how many ledger entries the papers are made: those of the election and of its decisions."""
    approvals = Approval.objects.filter(subject=election._meta.label_lower, subject_id=election.pk).values("pk")
    told = Entry.objects.filter(source=election._meta.label_lower, source_id=election.pk).count()
    label = Approval._meta.label_lower
    return told + Entry.objects.filter(source=label, source_id__in=list(approvals.values_list("pk", flat=True))).count()


def candidates_request(draft: Draft) -> dict[str, Any]:
    """候选人预备人选请示."""
    election, people = draft.election, draft.candidates
    members = members_on(election.organization, min(election.held_on, draft.today), draft.today).count()
    return {
        **general(draft),
        "issuer": election.organization.name,
        "to": draft.superior,
        "occasion": _occasion(election),
        "basis": basis(election.held_on, "ELEC-SURPLUS", "BR-COMMITTEE"),
        "meeting_on": election.held_on,
        "members": members,
        "voters_due": draft.standing.due,
        "recommendation": ask("酝酿推荐的经过"),
        "seats": draft.seats,
        "surplus": shares(election.held_on)["surplus"],
        "secretary": draft.names(Office.SECRETARY)[0],
        "deputies": draft.names(Office.DEPUTY),
        "date": draft.today,
        "candidates": _candidate_rows(draft, list(people.values())),
    }


def candidates_reply(draft: Draft) -> dict[str, Any]:
    """候选人预备人选批复."""
    election, approval = draft.election, draft.election.candidates_approval
    return {
        **general(draft),
        "issuer": draft.superior,
        **named(approval),
        "to": election.organization.name,
        "request_title": f"{election.organization.name}关于{PARTS[draft.is_general, draft.has_committee]}"
        "候选人预备人选的请示",
        "basis": basis(election.held_on, "ELEC-SURPLUS"),
        "meeting": ask("哪次会议"),
        "candidates": draft.names(Office.MEMBER),
        "seats": draft.seats,
        "secretary": draft.names(Office.SECRETARY)[0],
        "deputies": draft.names(Office.DEPUTY),
        "quorum": shares(election.held_on)["quorum"],
        "majority": shares(election.held_on)["majority"],
        "date": (approval.document_on if approval else None) or draft.today,
    }


def election_rules(draft: Draft) -> dict[str, Any]:
    """选举办法(草案)."""
    election, parts = draft.election, list(draft.election.helpers.values_list("part", flat=True))
    told = [f"{label}{count}名" for label, count in draft.leader_seats]
    return {
        **general(draft),
        "branch": election.organization.name,
        "basis": basis(election.held_on, "ELEC-SURPLUS"),
        "seats": draft.seats,
        "candidates": len(draft.names(Office.MEMBER)) or draft.seats,
        **shares(election.held_on),
        "secretaries": "、".join(told),
        "scrutineers": parts.count("scrutineer"),
        "tellers": parts.count("teller"),
        "superior": draft.superior,
        "date": election.held_on,
    }


def chair_script(draft: Draft) -> dict[str, Any]:
    """主持词."""
    election, due = draft.election, draft.standing.due
    on = election.held_on
    helpers = [(row.part, row.person.name) for row in election.helpers.select_related("person")]
    known = shares(on)
    first = Office.MEMBER if election.seats else Office.SECRETARY
    return {
        **general(draft),
        "branch": election.organization.name,
        "date": on,
        "place": ask("会议地点"),
        "chair": election.chair.name if election.chair else ask("主持人"),
        "voters_due": due,
        "quorum": known["quorum"],
        "quorum_voters": present_needed(due, on=on),
        "majority": known["majority"],
        "needed": votes_needed(due, on=on),
        "has_report": election.occasion == Election.Occasion.TERM,
        "seats": election.seats or election.secretaries,
        "approved_by": draft.superior,
        "candidates": draft.names(first),
        "scrutineers": [name for part, name in helpers if part == "scrutineer"] or [ask("监票人")],
        "tellers": [name for part, name in helpers if part == "teller"] or [ask("计票人")],
    }


MAKERS: dict[str, Callable[[Draft], dict[str, Any]]] = {
    "candidates_request": candidates_request,
    "candidates_reply": candidates_reply,
    "election_rules": election_rules,
    "chair_script": chair_script,
    "result_report": report,
    "result_reply": result_reply,
}


def _slips(election: Election, standing: Standing) -> list[Offer]:
    """A ballot and a tally for each office with candidates."""
    offers = []
    for key, office in OFFICES.items():
        if election.seats_of(office) and any(row.office == office for row in standing.candidates):
            offers.append(Offer(f"ballot_{key}", f"{office.label}选票", "ballot"))
            offers.append(Offer(f"tally_{key}", f"{office.label}计票单", "tally"))
    return offers


def _slip(draft: Draft, offer: Offer) -> dict[str, Any]:
    """选票 and 计票单: the candidates of one office in the order of strokes."""
    election, office = draft.election, OFFICES[offer.key.split("_")[1]]
    names, seats = draft.names(office), election.seats_of(office)
    by_committee = election.has_committee and office != Office.MEMBER
    body = "总支部委员会" if draft.is_general else "支部委员会"
    plain = {
        "branch": election.organization.name,
        "office": f"{body}委员" if office == Office.MEMBER else str(office.label),
        "seats": seats,
        "write_ins": seats,
        "date": election.held_on,
        "candidates": [{"name": name} for name in names],
    }
    due = election.seats - election.given_up if by_committee else draft.standing.due
    if offer.template == "ballot":
        per_page = 2 if len(names) + seats <= NAMES_ON_HALF_A_PAGE else 1
        return plain | {"copies": due, "per_page": per_page}
    return plain | {"voters_due": due, "needed": votes_needed(due, on=election.held_on)}


def _has_secretary(standing: Standing) -> bool:
    """The papers name a secretary; a by-election without one is reported by hand."""
    return any(row.office == Office.SECRETARY for row in standing.candidates)


def _candidate_rows(draft: Draft, people: list[Person]) -> list[dict[str, Any]]:
    on = min(draft.election.held_on, draft.today)
    belongs = belonging_on([one.pk for one in people], on, draft.today)
    offices: dict[int, list[str]] = {}
    for row in sorted(draft.standing.candidates, key=lambda row: LEADERS_FIRST.index(Office(row.office))):
        offices.setdefault(row.person_id, []).append(row.get_office_display())
    return [
        {
            "no": number,
            "name": person.name,
            "sex": person.get_sex_display() if person.sex else "",
            "born": month(person.born_on, person.born_precision),
            "joined": month(person.joined_on, person.joined_precision),
            "post": "".join([*belongs[person.pk].work[:1], *belongs[person.pk].titles[:1]]),
            "proposed": "、".join(offices[person.pk]),
        }
        for number, person in enumerate(people, 1)
    ]


def _occasion(election: Election) -> str:
    # Of a finished one the term that it ended, not the one that it began.
    ends = election.former_term.term_ends_on if election.former_term else election.organization.term_ends_on
    if election.is_vacancy:
        return "班子成员出现空缺"
    if election.occasion == Election.Occasion.FOUNDING or ends is None:
        return "经批准成立"
    return f"本届任期{'已' if ends <= election.held_on else '将'}于{day(ends)}届满"
