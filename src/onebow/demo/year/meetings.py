"""Meetings of the year: held, held again for want of a quorum, forgotten and made up, ahead."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial

from django.utils import timezone

from onebow.apps.meetings.models import Meeting, MeetingKind, Resolution
from onebow.apps.meetings.queries.due import due_people
from onebow.apps.meetings.services.drafts import NOTHING, Anchors, PlanDraft, RecordDraft, ResolutionDraft
from onebow.apps.meetings.services.planning import plan_meeting
from onebow.apps.meetings.services.recording import record_meeting
from onebow.apps.meetings.services.resolutions import AdoptionDraft, adopt_resolution
from onebow.apps.organizations.models import Membership, Organization
from onebow.apps.plans.models import Drive, Occurrence
from onebow.apps.plans.services.duties import miss_occurrence
from onebow.demo import frame, shape
from onebow.demo.story import Deed
from onebow.demo.year import words
from onebow.demo.year.telling import LATER, Year, chosen, noon

BRANCHES = range(1, shape.GENERAL + 1)
OWN = 2  # the branch of the sign-ins
FORGETFUL, SLACK = 5, 6  # two branches that let things slip
BIWEEKLY, MONTHS = 23, 11
FORGOTTEN = 2  # the month of the own branch's theme day that was made up later
SEMINARS = (
    "就业促进科", "职业介绍科", "征缴二科", "支付科", "服务窗口科", "立案科",
    "调解科", "工伤科", "人才服务科", "档案管理科", "失业保险科", "信访科",
)  # fmt: skip
REASONS = ("sick", "private")
MADE_UP_AFTER = timedelta(days=36)


@dataclass(frozen=True)
class Held:
    """What was held: `also` are kinds that it was at once, `away` the share of those who did not come."""

    kind: str
    title: str
    hours: str
    also: tuple[str, ...] = ()
    resolutions: tuple[str, ...] = ()
    away: float = 0.0
    # How many came by choice, where nobody is due.
    open_to: int = 0
    turn: int = 0


def meetings(year: Year) -> Iterator[Deed]:
    """All of it."""
    for number in BRANCHES:
        yield from _theme_days(year, number)
        yield from _committees(year, number)
        yield from _studies(year, number)
    yield from _hall(year)
    yield from _seminars(year)
    yield from _without_quorum(year)
    missed = year.spread(MONTHS)[FORGOTTEN]
    yield min(missed + MADE_UP_AFTER, year.last), LATER, partial(_make_up, year, missed)
    yield year.last, LATER, partial(_plan_ahead, year)


def _theme_days(year: Year, number: int) -> Iterator[Deed]:
    """One a month; once a quarter it is a members' meeting and a lecture at the same time."""
    for place, on in enumerate(year.spread(MONTHS)):
        if (number == FORGETFUL and place in (3, 7, 9)) or (number == OWN and place == FORGOTTEN):
            continue
        if place % 3 == 1:
            title = f"主题党日暨党课:{words.LECTURES[(place + number) % len(words.LECTURES)]}"
            held = Held("theme-day", title, "2.5", also=("members-meeting", "lecture"), turn=place)
        else:
            title = f"主题党日:{words.TOPICS[(place + number) % len(words.TOPICS)]}"
            held = Held("theme-day", title, "2", turn=place)
        yield _deed(year, frame.branch_key(number), on, held)


def _committees(year: Year, number: int) -> Iterator[Deed]:
    for place, on in enumerate(year.spread(MONTHS)):
        if number != SLACK or place % 4:
            also = () if number in (FORGETFUL, SLACK) else _summaries(place)
            agreed = ("同意本月重点工作安排",)
            held = Held("committee-meeting", "研究本月党建和业务重点工作", "1", also=also, resolutions=agreed)
            yield _deed(year, frame.branch_key(number), on - timedelta(days=3), held)


def _summaries(place: int) -> tuple[str, ...]:
    """The month's work is summed up at the same time; at the end of a quarter, and of half a year, that too."""
    if place % 3 != 2:
        return ("monthly-summary",)
    half = ("half-year-summary",) if place == 5 else ()
    return ("monthly-summary", "quarterly-review", "exchange", *half)


def _studies(year: Year, number: int) -> Iterator[Deed]:
    for place, on in enumerate(year.spread(BIWEEKLY)):
        if number != SLACK or place % 2 == 0:
            title = f"双周学习:{words.LECTURES[(place + 2 * number) % len(words.LECTURES)]}"
            yield _deed(year, frame.branch_key(number), on, Held("biweekly-study", title, "1.5", turn=place))


def _hall(year: Year) -> Iterator[Deed]:
    """The open lecture hall of the organ committee."""
    for topic, on in zip(words.HALL, year.spread(len(words.HALL)), strict=True):
        yield _deed(year, frame.COMMITTEE, on, Held("weekend-lecture", f"周末大讲堂:{topic}", "2", open_to=60))


def _seminars(year: Year) -> Iterator[Deed]:
    """Sections discuss how to serve better: three measures each, which become items."""
    for place, (name, on) in enumerate(zip(SEMINARS, year.spread(len(SEMINARS)), strict=True)):
        measures = words.MEASURES[3 * place : 3 * place + 3]
        yield on, LATER, partial(_seminar, year, frame.section_key(frame.index_of(name)), on, measures)


def _seminar(year: Year, section: str, on: date, measures: tuple[str, ...]) -> None:
    anchors = Anchors(drive_id=Drive.objects.order_by("pk").values_list("pk", flat=True).first())
    meeting = _hold(year, section, on, Held("service-seminar", "便民措施研讨", "1.5", resolutions=measures), anchors)
    head = year.head(meeting.organization_id, on)
    draft = AdoptionDraft(year.item_kind("service-measure"), head, date(year.number, 12, 20))
    for pk in Resolution.objects.filter(meeting=meeting).order_by("order").values_list("pk", flat=True):
        adopt_resolution(meeting.pk, pk, draft, by=year.user("officer"), at=noon(on))


def _without_quorum(year: Year) -> Iterator[Deed]:
    """A members' meeting to which too few came, and the same a week later."""
    on, title = year.share(0.55), "支部党员大会:讨论半年工作"
    again = min(on + timedelta(days=7), year.last)
    yield _deed(year, frame.branch_key(OWN), on, Held("members-meeting", title, "1.5", away=0.6))
    passed = Held("members-meeting", title, "1.5", resolutions=("通过支部半年工作报告",))
    yield _deed(year, frame.branch_key(OWN), again, passed)


def _make_up(year: Year, missed: date) -> None:
    """The theme day that was forgotten: said to be missed, then made up."""
    on = min(missed + MADE_UP_AFTER, year.last)
    branch = year.organization(frame.branch_key(OWN))
    rows = Occurrence.objects.filter(organization=branch, duty__key="theme-day", starts_on__lte=missed)
    row = rows.filter(ends_on__gt=missed, ends_on__lte=on).first()
    if row is None:
        return
    reason = "当月集中迎检,支部未及时安排"
    miss_occurrence(row.pk, reason, version=row.version, by=year.leader(on), at=noon(on))
    held = Held("theme-day", "主题党日(补课):走访企业听诉求", "2")
    _hold(year, frame.branch_key(OWN), on, held, Anchors(occurrence_id=row.pk))


def _plan_ahead(year: Year) -> None:
    """Two meetings of the own branch ahead, at the same hour of the same day: people cannot be at both."""
    day = year.today + timedelta(days=6)
    at = datetime.combine(day, time(14, 30), timezone.get_current_timezone())
    branch = year.organization(frame.branch_key(OWN))
    for kind, title in (("committee-meeting", "研究年度总结"), ("biweekly-study", "双周学习:怎样写好总结")):
        draft = PlanDraft(branch, year.meeting_kind(kind), title, at, chair_id=year.person("secretary"))
        plan_meeting(draft, by=year.leader(year.last), at=noon(year.last))


def _deed(year: Year, organization: str, on: date, held: Held) -> Deed:
    return on, LATER, partial(_hold, year, organization, on, held)


def _hold(year: Year, key: str, on: date, held: Held, anchors: Anchors = NOTHING) -> Meeting:
    """Record a meeting on its day; a few were ill or had leave."""
    organization = Organization.objects.get(pk=year.organization(key))
    kind = MeetingKind.objects.get(pk=year.meeting_kind(held.kind))
    draft = RecordDraft(
        on, Decimal(held.hours), held.title, exceptions=_exceptions(organization, kind, held, on), began=time(14, 30),
        also=tuple(year.meeting_kind(one) for one in held.also), invited=_comers(organization, held, on),
        resolutions=tuple(ResolutionDraft(text) for text in held.resolutions),
    )  # fmt: skip
    by = year.leader(on) if key == frame.branch_key(OWN) else year.user("officer")
    return record_meeting(organization.pk, kind.pk, draft, anchors=anchors, by=by, at=noon(on))


def _exceptions(organization: Organization, kind: MeetingKind, held: Held, on: date) -> tuple[tuple[int, str], ...]:
    """Who was not there: many, or now and then two who were ill or had leave."""
    if not held.away and held.turn % 2 == 0:
        return ()
    due = [one.person.pk for one in due_people(organization, kind, on, on)]
    if held.away:
        return tuple((pk, "absent") for pk in due[: round(len(due) * held.away)])
    return tuple(zip(chosen(due[3:], held.turn), REASONS, strict=False))


def _comers(organization: Organization, held: Held, on: date) -> tuple[int, ...]:
    """Who came by choice: members of all branches, other ones each time."""
    if not held.open_to:
        return ()
    rows = Membership.objects.on(on).filter(
        side=Membership.Side.PARTY, organization__path__startswith=organization.path
    )
    people = list(rows.order_by("person_id").values_list("person_id", flat=True).distinct())
    start = on.month * 20 % max(1, len(people) - held.open_to)
    return tuple(people[start : start + held.open_to])
