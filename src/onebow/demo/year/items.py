"""The plans of the year and their items: drafted with their requirements, approved, changed, moved stage by stage."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from typing import cast

from onebow.apps.plans.models import ONE_BY_ONE, Checkpoint, Directive, Item, Stage, Tie
from onebow.apps.plans.services.changes import ChangeDraft, draft_change, submit_change, submit_plan
from onebow.apps.plans.services.deciding import decide, record_paper
from onebow.apps.plans.services.drafting import ItemDraft, add_item
from onebow.apps.plans.services.item_details import set_people
from onebow.apps.plans.services.items import (
    TripDraft,
    VisitDraft,
    acknowledge_checkpoints,
    begin_item,
    close_item,
    do_checkpoints,
    hear_on_site,
    note_progress,
    pass_stage,
    pass_urgently,
    set_trip,
)
from onebow.apps.plans.services.plans import add_key_point, draft_plan
from onebow.apps.plans.services.ties import say_untied, tie_items
from onebow.demo import frame
from onebow.demo.story import Deed
from onebow.demo.year import words
from onebow.demo.year.bow import serve
from onebow.demo.year.meetings import OWN
from onebow.demo.year.telling import LATER, Year, noon

BUREAU, BRANCH = "bureau", "branch"
ALONE = "全局性基础工作,党建要求已写入岗位职责"


def items(year: Year) -> Iterator[Deed]:
    """Plans in the first week, then each item in its own time."""
    start = year.first
    yield start, LATER, partial(_plan, year, BUREAU)
    yield start, LATER, partial(_plan, year, BRANCH)
    listed = [*words.BUREAU_ITEMS, *words.BRANCH_ITEMS]
    for place, row in enumerate(listed):
        if row.far is not None and row.title != words.RESEARCH:
            yield from _course(year, row, place)
    yield from _trip(year)
    yield from _change(year)


def _plan(year: Year, name: str) -> None:
    """Draft a plan with key points and items, tie it together, hand it in, have it approved."""
    key, points, rows = _facts(name)
    at, user = noon(year.first), year.leader(year.first) if name == BRANCH else year.user("officer")
    plan = draft_plan(year.organization(key), year.number, by=user, at=at)
    year.plans[name] = plan
    ids = []
    for point in points:
        texts = {"party_building": point.party_building, "political": point.political, "integrity": point.integrity}
        ids.append(add_key_point(plan.pk, point.title, texts=texts, by=user, at=at).pk)
    for row in rows:
        year.items[row.title] = add_item(plan.pk, _draft(year, row, ids[row.point]), by=user, at=at)
    if name == BRANCH:
        _tie(year)
    else:
        serve(year, plan, ids)
    change = submit_plan(plan.pk, _steps(year, name), by=user, at=at)
    deciders = ("committee", "head") if name == BRANCH else ("head",)
    for decider in deciders:
        decide(change.pk, approved=True, reason="", by=year.user(decider), at=at)


def _facts(name: str) -> tuple[str, tuple[words.Point, ...], tuple[words.Listed, ...]]:
    if name == BUREAU:
        return frame.COMMITTEE, words.BUREAU_POINTS, words.BUREAU_ITEMS
    return frame.branch_key(OWN), words.BRANCH_POINTS, words.BRANCH_ITEMS


def _steps(year: Year, name: str) -> list[int]:
    keys = (frame.COMMITTEE, frame.GROUP) if name == BRANCH else (frame.GROUP,)
    return [year.organization(key) for key in keys]


def _draft(year: Year, row: words.Listed, point: int) -> ItemDraft:
    section = year.organization(frame.section_key(frame.index_of(row.section)))
    starts = date(year.number, max(1, row.month - 5), 8)
    return ItemDraft(
        year.item_kind(row.kind), row.title, section, year.head(section, year.first), point, starts,
        date(year.number, row.month, 28), Decimal(40),
    )  # fmt: skip


def _tie(year: Year) -> None:
    """Party items that serve the branch's business, and one item that honestly needs none."""
    plan, at, user = year.plans[BRANCH], noon(year.first), year.leader(year.first)
    branch, secretary = year.organization(frame.branch_key(OWN)), year.person("secretary")
    for kind, title in words.PARTY_ITEMS:
        draft = ItemDraft(year.item_kind(kind), title, branch, secretary, due_on=date(year.number, 12, 20))
        year.items[title] = add_item(plan.pk, draft, by=user, at=at)
    double = ItemDraft(year.item_kind("party-task"), words.DOUBLE, branch, secretary, due_on=date(year.number, 11, 28))
    add_item(plan.pk, double, by=user, at=at)
    (_, walks), (_, risks) = words.PARTY_ITEMS
    for source, target in ((walks, words.RESEARCH), (walks, words.FOUR), (risks, words.FOUR)):
        tie_items(year.items[source].pk, year.items[target].pk, Tie.Kind.SUPPORTS, by=user, at=at)
    say_untied(year.items["零工市场日常服务"].pk, ALONE, by=user, at=at)


def _course(year: Year, row: words.Listed, place: int) -> Iterator[Deed]:
    """Begin an item, pass as many stages as it has come, tell of it, close it if it is done."""
    stages = 4 if row.far == -1 else row.far or 0
    first, last = 0.06 + place % 7 / 100, 0.5 + place % 5 / 15
    when = [year.share(first + (last - first) * step / max(1, stages)) for step in range(stages + 1)]
    yield when[0], LATER, partial(_begin, year, row.title, when[0])
    for step in range(stages):
        closes = row.far == -1 and step == stages - 1
        yield when[step + 1], LATER, partial(_go_on, year, row.title, when[step + 1], closes=closes)


def _begin(year: Year, title: str, on: date) -> None:
    begin_item(year.items[title].pk, by=None, at=noon(on))


def _go_on(year: Year, title: str, on: date, *, closes: bool = False) -> None:
    """Do what this stage asks for, tell of it, and pass to the next, or close."""
    item, stage = _at(year, title)
    _do_open(year, item, on)
    note_progress(item.pk, on=on, text=f"“{stage.name}”已完成", by=None, at=noon(on))
    if closes:
        close_item(item.pk, by=None, at=noon(on))
    else:
        pass_stage(item.pk, stage.pk, by=None, at=noon(on))


def _at(year: Year, title: str) -> tuple[Item, Stage]:
    """An item as it is now, and the stage in which it is."""
    item = Item.objects.select_related("stage").get(pk=year.items[title].pk)
    return item, cast(Stage, item.stage)


def _do_open(year: Year, item: Item, on: date) -> None:
    """What the stage asks for; what each confirms for themselves is confirmed by the sign-ins that take part."""
    rows = item.checkpoints.filter(stage=item.stage_id, state=Checkpoint.State.OPEN)
    notes = {row.pk: "" for row in rows if row.who not in ONE_BY_ONE}
    if notes:
        do_checkpoints(item.pk, notes, by=None, at=noon(on))
    if asked := [row.pk for row in rows if row.who in ONE_BY_ONE]:
        for name in ("secretary", "member"):
            acknowledge_checkpoints(item.pk, asked, by=year.user(name), at=noon(on))


def _trip(year: Year) -> Iterator[Deed]:
    """A research trip through all stages; the last of the checks was passed over once, urgently, and made up."""
    title = words.RESEARCH
    days = [year.share(part) for part in (0.2, 0.24, 0.27, 0.3, 0.36, 0.42)]
    yield days[0], LATER, partial(_set_out, year, days)
    for on in days[1:3]:
        yield on, LATER, partial(_go_on, year, title, on)
    yield days[3], LATER, partial(_on_site, year, days[3])
    yield days[4], LATER, partial(_go_on, year, title, days[4])
    yield days[5], LATER, partial(_go_on, year, title, days[5], closes=True)


def _set_out(year: Year, days: list[date]) -> None:
    # Not by the secretary, who on some days comes to the branch only later in the year.
    item, at = year.items[words.RESEARCH], noon(days[0])
    people = [year.person("secretary"), year.person("member")]
    set_people(item.pk, people, people, by=None, at=at)
    set_trip(item.pk, TripDraft(days[2], days[3], "云杉区产业园"), by=None, at=at)
    begin_item(item.pk, by=None, at=at)


def _on_site(year: Year, on: date) -> None:
    """Three ways of hearing three sides; one check is left for later, for a reason, and made up at once."""
    item, at = year.items[words.RESEARCH], noon(on)
    heard = (("face_to_face", "managers", 4), ("separately", "managed", 11), ("staying", "counterparties", 6))
    for method, who, count in heard:
        hear_on_site(item.pk, VisitDraft(on, method, who, count, "产业园", "缺工集中在一线操作岗"), by=None, at=at)
    _, stage = _at(year, words.RESEARCH)
    pass_urgently(item.pk, stage.pk, reason="企业临时开放夜班车间,先行走访", by=None, at=at)
    late = item.checkpoints.filter(state=Checkpoint.State.MAKE_UP)
    do_checkpoints(item.pk, {row.pk: "次日补办" for row in late}, by=None, at=at)


def _change(year: Year) -> Iterator[Deed]:
    """An instruction from above brings an item into the plan in force: asked, decided twice, the second on paper."""
    days = [year.share(part) for part in (0.6, 0.63, 0.66)]
    yield days[0], LATER, partial(_ask, year, days[0])
    yield days[1], LATER, partial(_agree, year, days[1])
    yield days[2], LATER, partial(_on_paper, year, days[2])


def _ask(year: Year, on: date) -> None:
    plan, user, at = year.plans[BRANCH], year.leader(on), noon(on)
    row = words.Listed("就业促进科", "inspection", words.LATE_ITEM, 0, 12, None)
    point = plan.key_points.order_by("order").values_list("pk", flat=True)[0]
    item = add_item(plan.pk, _draft(year, row, point), by=user, at=at)
    year.items[row.title] = item
    directive = Directive.objects.order_by("-pk").values_list("pk", flat=True).first()
    reason = "上级要求掌握平台企业用工情况,年初计划未列"
    change = draft_change(plan.pk, ChangeDraft(f"增列{row.title}", reason, directive, (item.pk,)), by=user, at=at)
    submit_change(change.pk, by=user, at=at)


def _agree(year: Year, on: date) -> None:
    change = year.plans[BRANCH].changes.get(is_first=False)
    decide(change.pk, approved=True, reason="", by=year.user("committee"), at=noon(on))


def _on_paper(year: Year, on: date) -> None:
    change = year.plans[BRANCH].changes.get(is_first=False)
    number = f"示例党组〔{year.number}〕12号"
    record_paper(change.pk, number=number, on=on, by=year.user("officer"), at=noon(on))
