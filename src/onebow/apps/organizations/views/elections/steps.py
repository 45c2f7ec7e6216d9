"""The steps of an election: what is done, what is next, and who may do it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from onebow.apps.base.filters import day
from onebow.apps.organizations.models import Election
from onebow.apps.organizations.queries.elections.standing import Standing

State = Election.State
DONE, NOW, LATER = "done", "now", "later"
WORDS = {DONE: ("已办", "ok"), NOW: ("现在", "warn"), LATER: ("以后", "neutral")}


@dataclass(frozen=True)
class Link:
    """A deed: its words and its address; `is_post` for one that needs no form, `is_main` for the one that leads on."""

    words: str
    href: str
    is_main: bool = False
    is_post: bool = False


@dataclass(frozen=True)
class Step:
    """A step with its state, what is to be known of it, and what the user may do now."""

    title: str
    state: str
    note: str
    who: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Rights:
    """What the user is to this election."""

    runs: bool
    decides: bool
    # Of the officer of the organization, who records papers.
    files: bool
    # Whether the user handed in what waits.
    asked: bool


def steps_of(election: Election, standing: Standing, rights: Rights) -> list[Step]:
    """The six steps, in order."""
    at = _place(election, standing)
    run = "本组织书记、党务干部"
    above = election.superior.name if election.superior else "上级党组织(未登记)"
    rows = (
        ("提名候选人", _candidates_note(election), run, _choose(election)),
        ("上级批复候选人", _waiting_note(election, at, 1, above), f"{above}的书记、党务干部", ()),
        ("会前准备", _meeting_note(election, standing), run, ()),
        ("开会投票", _vote_note(election, standing, at), run, _vote(election, standing)),
        ("报送结果", "明确委员分工,报上级批复" if at <= 4 else "已报送", run, _result(election)),
        ("上级批复结果", _waiting_note(election, at, 5, above), f"{above}的书记、党务干部", ()),
    )
    steps = []
    for place, (title, note, who, links) in enumerate(rows):
        state = DONE if place < at else NOW if place == at else LATER
        # Preparing the meeting may go on beside the approval.
        shown: tuple[Link, ...] = links if state == NOW and rights.runs else ()
        if state == NOW and place in (1, 5):
            shown = _decide(election, rights)
        if place == 2 and rights.runs and election.state in (State.PREPARING, State.SUBMITTED, State.APPROVED) and (
            not any(not one.ballot.struck for one in standing.ballots)
        ):  # fmt: skip
            shown = (Link("会议安排", _to("election_meeting", election)),)
            state = DONE if at == 3 and election.chair_id else NOW if at == 3 else state
        steps.append(Step(title, state, note, who, shown))
    return steps


def _place(election: Election, standing: Standing) -> int:
    """The place of the step that is next; past the last one when all is done."""
    if election.state == State.APPROVED:
        return 3 if standing.next else 4
    return {State.PREPARING: 0, State.SUBMITTED: 1, State.HELD: 5}.get(State(election.state), 6)


def _to(name: str, election: Election) -> str:
    return reverse(f"organizations:{name}", args=[election.pk])


def _choose(election: Election) -> tuple[Link, ...]:
    return (
        Link("报上级批复", _to("election_submission", election), is_main=True, is_post=True),
        Link("调整候选人", _to("election_candidates", election)),
        Link("调整名额和日期", _to("election_settings", election)),
    )


def _decide(election: Election, rights: Rights) -> tuple[Link, ...]:
    links = []
    if rights.decides and not rights.asked:
        links.append(Link("批复", _to("election_decision", election), is_main=True))
    if rights.files:
        links.append(Link("登记批复文件(线下已批)", _to("election_reply", election), is_main=not links))
    return tuple(links)


def _vote(election: Election, standing: Standing) -> tuple[Link, ...]:
    if election.held_on > timezone.localdate():
        return ()
    links = [Link("登记计票结果", _to("election_ballots", election), is_main=True)]
    if standing.open_members and standing.of("member"):
        links.append(Link("会议决定减少名额", _to("election_fewer", election)))
    return tuple(links)


def _result(election: Election) -> tuple[Link, ...]:
    return (Link("报送结果", _to("election_result", election), is_main=True),)


def _candidates_note(election: Election) -> str:
    return "系统已按覆盖科室、任职和党龄推荐,请核对" if election.state == State.PREPARING else "已报送"


def _waiting_note(election: Election, at: int, place: int, above: str) -> str:
    if at > place:
        return "已批复"
    if at < place:
        return ""
    when = day(timezone.localdate(election.asked_at)) if election.asked_at else ""
    return f"{when}已报{above},等待批复"


def _meeting_note(election: Election, standing: Standing) -> str:
    if not election.chair_id:
        return f"应到 {standing.due} 人;请定主持人、监票人、计票人和不计入应到的党员"
    return f"应到 {standing.due} 人,主持人、监票人、计票人已定"


def _vote_note(election: Election, standing: Standing, at: int) -> str:
    if at > 3:
        return "已选足名额" if election.state != State.CANCELLED else ""
    if election.held_on > timezone.localdate() and at == 3:
        return f"{day(election.held_on)}开会后,在这里登记计票结果;日期有变请先改会议安排"
    return standing.next.words if standing.next else ""
