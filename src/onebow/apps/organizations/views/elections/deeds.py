"""Deeds on an election, from its candidates to its end."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer
from onebow.apps.organizations.forms.approvals import DecisionForm, PaperReplyForm
from onebow.apps.organizations.forms.ballots import BallotForm
from onebow.apps.organizations.forms.elections import (
    CancelForm,
    CandidatesForm,
    ElectionForm,
    FewerForm,
    MeetingForm,
    ResultForm,
    StrikeForm,
    initial_of,
)
from onebow.apps.organizations.models import Ballot, Election, Office
from onebow.apps.organizations.queries.elections.electorate import full_members_on
from onebow.apps.organizations.queries.elections.proposals import field_for
from onebow.apps.organizations.queries.elections.standing import committee_of, standing_of
from onebow.apps.organizations.rules import check_can_decide, check_can_manage
from onebow.apps.organizations.rules.elections import check_state
from onebow.apps.organizations.services.elections import ballots, candidates, meeting, prepare
from onebow.apps.organizations.strokes import stroke_key
from onebow.apps.organizations.views.elections.parts import deed, find, found_to_run, href_of
from onebow.cores.regulations.votes import candidates_needed

both = require_http_methods(["GET", "POST"])
State = Election.State
BEFORE = (State.PREPARING, State.SUBMITTED, State.APPROVED)


@both
def settings(request: Request, pk: int) -> HttpResponse:
    """Change occasion, manner, seats or day."""
    election = found_to_run(request, pk, State.PREPARING)
    form = ElectionForm(request.POST or None, initial=initial_of(election))
    return deed(
        request,
        election,
        form,
        lambda: prepare.change_election(pk, form.draft(), by=request.user, at=timezone.now()),
        title="名额和日期",
        submit="保存",
    )


@both
def choose(request: Request, pk: int) -> HttpResponse:
    """Name the candidates, out of those who can be elected, the best first."""
    election = found_to_run(request, pk, State.PREPARING)
    field = field_for(election.organization, election.held_on, timezone.localdate())
    marked: dict[str, list[int]] = {}
    for office, person_id in election.candidates.values_list("office", "person_id"):
        marked.setdefault(office, []).append(person_id)
    form = CandidatesForm(request.POST or None, people=[fit.person for fit in field.fits], initial=marked)
    offices = [office for office in Office if election.seats_of(office)]
    return deed(
        request,
        election,
        form,
        lambda: candidates.choose_candidates(pk, form.chosen(), by=request.user, at=timezone.now()),
        template="candidates",
        field=field,
        offices=offices,
        marked=form.marked(),
        needed=_needed(election),
    )


@require_POST
def submission(request: Request, pk: int) -> HttpResponse:
    """Hand the candidates in."""
    election = found_to_run(request, pk, State.PREPARING)
    candidates.submit_candidates(pk, by=request.user, at=timezone.now())
    return answer(request, "", {}, done=href_of(election))


@both
def decision(request: Request, pk: int) -> HttpResponse:
    """Decide for the superior on what waits."""
    election = find(request, pk)
    check_state(election, *candidates.STEPS)
    if election.superior:
        asked = {"asked_by_id": election.asked_by_id, "by_id": request.user.pk}
        check_can_decide(election.superior, request.reach, **asked)
    form = DecisionForm(request.POST or None)

    def do() -> None:
        values = form.cleaned_data
        approved = values["decision"] == "approved"
        candidates.decide(
            pk,
            approved=approved,
            reason=values["reason"],
            number=values["number"],
            by=request.user,
            at=timezone.now(),
        )

    return deed(request, election, form, do, title=f"批复:{_waiting(election)}", submit="提交")


@both
def reply(request: Request, pk: int) -> HttpResponse:
    """Record the superior's reply on paper."""
    election = find(request, pk)
    check_can_manage(election.organization, request.reach)
    check_state(election, *candidates.STEPS)
    form = PaperReplyForm(request.POST or None, request.FILES or None)

    def do() -> None:
        candidates.record_reply(pk, **form.cleaned_data, by=request.user, at=timezone.now())

    title = f"登记批复文件(线下已批):{_waiting(election)}"
    return deed(request, election, form, do, title=title, submit="登记")


@both
def arrange(request: Request, pk: int) -> HttpResponse:
    """Arrange the meeting."""
    election, today = found_to_run(request, pk, *BEFORE), timezone.localdate()
    full = full_members_on(election.organization, min(election.held_on, today), today)
    helpers = list(election.helpers.values_list("part", "person_id"))
    initial = {
        "held_on": election.held_on,
        "chair": election.chair_id,
        "scrutineers": [person for part, person in helpers if part == "scrutineer"],
        "tellers": [person for part, person in helpers if part == "teller"],
    }
    people = sorted(full.values(), key=lambda one: one.pinyin)
    absences = list(election.absences.order_by("pk"))
    standing = set(election.candidates.values_list("person_id", flat=True))
    form = MeetingForm(request.POST or None, people=people, candidates=standing, absences=absences, initial=initial)

    def do() -> None:
        meeting.arrange_meeting(pk, form.draft(), by=request.user, at=timezone.now())

    return deed(request, election, form, do, template="meeting")


@both
def ballot(request: Request, pk: int) -> HttpResponse:
    """Record the ballot that is due."""
    election, today = found_to_run(request, pk, State.APPROVED), timezone.localdate()
    standing = standing_of(election, today)
    if standing.next is None:
        return answer(request, "", {}, done=href_of(election))
    due = standing.next
    voters = standing.electorate.voters if due.body == Ballot.Body.MEETING else committee_of(standing, election)
    taken = {person.pk for person in due.people} | {one.person.pk for one in standing.of(due.office)}
    others = sorted((one for pk, one in voters.items() if pk not in taken), key=lambda one: stroke_key(one.name))
    form = BallotForm(request.POST or None, due=due, on=election.held_on, others=others)

    def do() -> None:
        ballots.record_ballot(pk, form.draft(), by=request.user, at=timezone.now())

    return deed(request, election, form, do, template="ballot", due=due)


@both
def ballot_closure(request: Request, pk: int, ballot_id: int) -> HttpResponse:
    """Strike a ballot that was typed wrongly."""
    election = find(request, pk)
    row = get_object_or_404(election.ballots, pk=ballot_id)
    found_to_run(request, pk, State.APPROVED)
    form = StrikeForm(request.POST or None)
    title = f"作废:{row.get_office_display()}第 {row.round} 轮投票及其后的投票"
    return deed(
        request,
        election,
        form,
        lambda: ballots.strike_ballot(pk, ballot_id, **form.cleaned_data, by=request.user, at=timezone.now()),
        title=title,
        submit="作废",
        danger=True,
    )


@both
def fewer(request: Request, pk: int) -> HttpResponse:
    """Give up seats, as the meeting decided."""
    election = found_to_run(request, pk, State.APPROVED)
    open_seats = standing_of(election, timezone.localdate()).open_members
    form = FewerForm(request.POST or None, initial={"seats": open_seats})
    return deed(
        request,
        election,
        form,
        lambda: ballots.give_up_seats(pk, **form.cleaned_data, by=request.user, at=timezone.now()),
        title="会议决定减少委员名额",
        submit="登记",
    )


@both
def result(request: Request, pk: int) -> HttpResponse:
    """Hand the result in, with the division of work."""
    election = found_to_run(request, pk, State.APPROVED)
    standing = standing_of(election, timezone.localdate())
    leaders = {one.person.pk for one in standing.elected if one.office != Office.MEMBER}
    people = [one.person for one in standing.of(Office.MEMBER) if one.person.pk not in leaders]
    # Without a committee there is nothing to divide: an empty form, handed in by its button.
    form = ResultForm(request.POST if request.method == "POST" else None, people=people)

    def do() -> None:
        ballots.submit_result(pk, form.division(), by=request.user, at=timezone.now())

    elected = [
        (office.label, "、".join(one.person.name for one in standing.of(office)))
        for office in Office
        if standing.of(office)
    ]
    return deed(request, election, form, do, template="result", elected=elected)


@both
def closure(request: Request, pk: int) -> HttpResponse:
    """Cancel it."""
    election = found_to_run(request, pk, *Election.OPEN)
    form = CancelForm(request.POST or None)
    return deed(
        request,
        election,
        form,
        lambda: prepare.cancel_election(pk, **form.cleaned_data, by=request.user, at=timezone.now()),
        title="取消这次选举",
        submit="取消选举",
        danger=True,
    )


def _needed(election: Election) -> int:
    """How many candidates the committee seats need at least."""
    return candidates_needed(election.seats, on=election.held_on) if election.seats else 0


def _waiting(election: Election) -> str:
    return "选举结果" if election.state == State.HELD else "候选人预备人选"
