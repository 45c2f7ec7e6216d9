"""Scenarios E6, E7, E9 to E13, E16 and E17 held against the year as it stands."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.desk.queries.clashes import clashes_between
from onebow.apps.meetings.models import Meeting, Resolution
from onebow.apps.meetings.queries.figures import Period, counts
from onebow.apps.organizations.models import Approval, Organization
from onebow.apps.organizations.queries.reach import Reach, reach_of
from onebow.apps.plans.models import Checkpoint, Item, ItemKind, Occurrence, Plan, Stage
from onebow.apps.plans.queries.doubles import doubles_in
from onebow.apps.plans.queries.duties.states import State, with_states
from onebow.apps.plans.services.changes import submit_plan
from onebow.apps.plans.services.drafting import ItemDraft, add_item
from onebow.apps.plans.services.item_details import set_requirements
from onebow.apps.plans.services.items import begin_item, pass_stage
from onebow.apps.plans.services.plans import draft_plan
from onebow.demo.lines import Line
from onebow.demo.year import words
from onebow.demo.year.checking_gaps import e12
from onebow.demo.year.checking_risks import risk_lines

LECTURES, DISCUSSIONS = ("lecture", "weekend-lecture"), ("service-seminar", "exchange", "party-seminar")
FOUR_POINTS = len(Stage.Point.values)
AHEAD = timedelta(days=30)
OFFLINE = Approval.Decision.OFFLINE


@dataclass
class Told:
    """The year of the branch of the sign-ins, as the officer reads it."""

    plan: Plan
    officer: User
    at: datetime

    @property
    def today(self) -> date:
        """The day of the check."""
        return timezone.localdate(self.at)

    @cached_property
    def reach(self) -> Reach:
        """What the officer may open."""
        return reach_of(self.officer, self.today)

    @property
    def period(self) -> Period:
        """The plan's year."""
        return Period(date(self.plan.year, 1, 1), date(self.plan.year, 12, 31))

    def item(self, title: str) -> Item:
        """An item of the branch's plan."""
        return self.plan.items.select_related("kind", "stage").filter(title=title).order_by("pk")[0]


def year_lines(at: datetime) -> list[Line]:
    """All lines of the year."""
    branch = Organization.Kind.BRANCH
    plan = Plan.objects.filter(organization__kind=branch, number__gt=0).order_by("-year", "pk").first()
    if plan is None:
        return [Line("E10", "支部有批准的年度计划", "没有", holds=False, where="年度计划 /plans/")]
    told = Told(plan, User.objects.get(username="officer"), at)
    lines = [line for scenario in (_e6, _e7, _e9, _e10, _e11, _e13, _e16) for line in scenario(told)]
    return [*lines, *e12(told.today), *risk_lines(at)]


def _e6(told: Told) -> Iterator[Line]:
    """What comes due by itself, what was missed, what a meeting without quorum proves."""
    rows = Occurrence.objects.filter(organization=told.plan.organization_id, starts_on__year=told.plan.year)
    asked = Counter(rows.values_list("duty__key", flat=True))
    stood = told.plan.organization.ends_on or date(told.plan.year + 1, 1, 1)
    days = (stood - told.period.first).days
    wanted = {"biweekly-study": days // 14, "monthly-theme": days // 30, "exchange": days // 91}
    found = {key: asked[key] for key in wanted}
    yield Line(
        "E6",
        f"双周、月、季的任务由日历自动生成:每年约 {'、'.join(str(one) for one in wanted.values())} 期",
        f"{told.plan.organization.name}:双周学习 {found['biweekly-study']}、月主题活动 {found['monthly-theme']}、"
        f"季度交流 {found['exchange']} 期",
        all(abs(found[key] - wanted[key]) <= 1 for key in wanted),
        f"制度任务 /duties/organizations/{told.plan.organization_id}/?year={told.plan.year}",
    )
    within = Occurrence.objects.filter(starts_on__year=told.plan.year)
    states = Counter(with_states(within, told.today).values_list("state", flat=True))
    yield Line(
        "E6",
        "遗忘的会被标出,补课的另计",
        f"情况不明 {states[State.UNCLEAR]} 期,已补课 {states[State.MADE_UP]} 期,已完成 {states[State.DONE]} 期",
        min(states[State.UNCLEAR], states[State.MADE_UP], states[State.DONE]) > 0,
        f"制度任务 /duties/?year={told.plan.year}",
    )
    yield from _quorum(told)


def _quorum(told: Told) -> Iterator[Line]:
    held = Meeting.objects.filter(organization=told.plan.organization_id, kind__key="members-meeting")
    rows = held.filter(state=Meeting.State.HELD, needed__gt=0)
    short, quorate = rows.filter(present__lt=F("needed")).first(), rows.filter(present__gte=F("needed")).count()
    words_of = f"应到 {short.due}、实到 {short.present}、至少 {short.needed}" if short else "没有"
    yield Line(
        "E6",
        "人数不足的党员大会不算召开,另行召开的算",
        f"人数不足的 1 次({words_of}),达到人数的 {quorate} 次",
        short is not None and quorate > 0,
        f"会议活动 /meetings/{short.pk}/" if short else "会议活动 /meetings/",
    )


def _e7(told: Told) -> Iterator[Line]:
    _, kinds = counts(Meeting.objects.all(), told.period)
    held = {row.key: row.meetings for row in kinds}
    lectures, discussions = (sum(held.get(key, 0) for key in keys) for keys in (LECTURES, DISCUSSIONS))
    measures = Item.objects.filter(kind__key="service-measure").exclude(state=Item.State.CANCELLED)
    sourced = Resolution.objects.filter(item__in=measures).count()
    yield Line(
        "E7",
        "授课 30 次以上、研讨 10 次以上、措施 30 项以上,按类型计数,每项有来源",
        f"授课 {lectures} 次、研讨 {discussions} 次、措施 {measures.count()} 项(其中 {sourced} 项来自会议决议)",
        lectures > 30 and discussions > 10 and measures.count() > 30 and sourced == measures.count(),
        "会议活动 › 计数 /meetings/counts/,事项 /items/",
    )


def _e9(told: Told) -> Iterator[Line]:
    item = told.item(words.FOUR)
    passed = item.stage_entries.exclude(stage__point="").filter(left_at__isnull=False)
    points = set(passed.values_list("stage__point", flat=True))
    done = item.checkpoints.filter(state=Checkpoint.State.DONE).exclude(stage__point="")
    party = set(done.values_list("stage__point", flat=True))
    yield Line(
        "E9",
        "同一事项经过部署、落实、检查、考核四个点,每个点都有党建内容",
        f"“{item.title}”{item.get_state_display()}:经过 {len(points)} 个点,{len(points & party)} 个点落实了党建要求",
        item.state == Item.State.DONE and len(points) == len(points & party) == FOUR_POINTS,
        f"事项 /items/{item.pk}/",
    )


def _e10(told: Told) -> Iterator[Line]:
    """Tried here and taken back: a plan whose requirements are filled in one after another."""
    with transaction.atomic():
        said = _try_requirements(told)
        transaction.set_rollback(True)
    first, second, last = said
    yield Line(
        "E10",
        "党建、政治、廉政要求缺一项,计划就不能报批",
        f"都没有:{first} 只缺廉政:{second} 补齐后:{last or '可以报批'}",
        "党建" in first and "廉政" in second and "党建" not in second and not last,
        "年度计划 /plans/",
    )


def _try_requirements(told: Told) -> list[str]:
    """What is said with none, with two and with all three requirements; empty: handed in."""
    plan, at, officer = told.plan, told.at, told.officer
    committee = plan.organization.parent or plan.organization
    made = draft_plan(committee.pk, told.today.year + 1, by=officer, at=at)
    like = told.item(words.FOUR)
    kind, due_on = ItemKind.objects.get(key="project", ends_on=None), date(made.year, 10, 30)
    draft = ItemDraft(kind.pk, "试办事项", like.organization_id, like.person_id, due_on=due_on)
    item = add_item(made.pk, draft, by=officer, at=at)
    two = {"party_building": "党员领办", "political": "按部署办理"}
    said = []
    for texts in ({}, two, two | {"integrity": "全程公开"}):
        if texts:
            set_requirements(item.pk, texts, by=officer, at=at)
        said.append(_said(lambda: submit_plan(made.pk, [committee.pk], by=officer, at=at)))
    return said


def _said(deed: Callable[[], object]) -> str:
    """What a deed is refused with; empty if it is not."""
    try:
        with transaction.atomic():
            deed()
    except Refused as refused:
        return str(refused)
    return ""


def _e11(told: Told) -> Iterator[Line]:
    clashes = [one for one in clashes_between(told.reach, told.today, told.today + AHEAD) if one.is_certain]
    doubles = doubles_in(told.reach, told.plan.year)
    named = "、".join(f"“{one.one.title}”" for one in doubles[:2])
    yield Line(
        "E11",
        "三张清单之间时间、人员、内容的冲突会报告",
        f"今后 30 天同一批人同一时间 {len(clashes)} 处;内容重复 {len(doubles)} 处({named})",
        bool(clashes and doubles),
        "时间冲突 /clashes/,/clashes/content/",
    )


def _e13(told: Told) -> Iterator[Line]:
    trip = told.item(words.RESEARCH)
    asked = trip.checkpoints.filter(who="traveller").order_by("order")
    confirmed = min((one.acknowledgements.count() for one in asked), default=0)
    travellers = trip.people.filter(is_traveller=True).count()
    yield Line(
        "E13",
        "调研经过方案、行前、现场、起草各阶段;行前提醒由每名外出人员确认",
        f"“{trip.title}”{trip.get_state_display()},经过 {trip.stage_entries.count()} 个阶段;"
        f"{travellers} 人外出,{confirmed} 人确认",
        trip.state == Item.State.DONE and travellers > 1 and confirmed == travellers,
        f"事项 /items/{trip.pk}/",
    )
    with transaction.atomic():
        item = told.item(words.LATE_ITEM)
        if item.state == Item.State.PLANNED:
            item = begin_item(item.pk, by=None, at=told.at)
        stage_id = item.stage_id or 0
        said = _said(lambda: pass_stage(item.pk, stage_id, by=None, at=told.at))
        transaction.set_rollback(True)
    yield Line(
        "E13",
        "检查点没有落实,下一阶段不能开始",
        said or "没有拦住",
        "检查点没有落实" in said,
        f"事项 /items/{item.pk}/",
    )


def _e16(told: Told) -> Iterator[Line]:
    plan = told.plan
    change = plan.changes.filter(is_first=False, state="approved").order_by("-pk").first()
    steps = list(change.steps.select_related("approval").order_by("order")) if change else []
    paper = sum(step.approval is not None and step.approval.decision == OFFLINE for step in steps)
    titles = [{row["title"] for row in one.content["items"]} for one in plan.versions.order_by("number")]
    added = len(titles) > 1 and words.LATE_ITEM in titles[-1] - titles[0]
    yield Line(
        "E16",
        "变更经逐级审批(其中一级线下已批)后列入,各版本都保留",
        f"{len(steps)} 级审批,{paper} 级线下已批;{len(titles)} 个版本,新增事项{'在' if added else '不在'}最新版中",
        len(steps) > 1 and paper >= 1 and added,
        f"年度计划 › 比较 /plans/{plan.pk}/versions/1..{len(titles)}/",
    )
