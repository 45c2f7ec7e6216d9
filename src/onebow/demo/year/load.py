"""Ceilings of workload, and what piles up on a few people in summer: told, explained, and approved all the same."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from onebow.apps.plans.queries.load.over import PERSON
from onebow.apps.plans.queries.load.plans import overs_of_plan
from onebow.apps.plans.services.ceilings import CeilingDraft, Subject, explain_load, set_ceiling
from onebow.apps.plans.services.changes import ChangeDraft, draft_change, edit_change, submit_change
from onebow.apps.plans.services.deciding import decide
from onebow.apps.plans.services.drafting import ItemDraft, add_item
from onebow.demo import frame
from onebow.demo.story import Deed
from onebow.demo.year.items import BUREAU
from onebow.demo.year.telling import LATER, Year, noon

BASIS = "局党组关于为基层减负的若干措施第4条"
REASON = "省里统一部署的专项核查,已把日常巡查调给副科长"


class Heavy(NamedTuple):
    """What keeps somebody busy: section, kind, title, key point, first and last month, hours."""

    section: str
    kind: str
    title: str
    point: int
    first: int
    last: int
    hours: int


HEAVY = (
    Heavy("就业促进科", "project", "就业补助资金专项核查", 0, 6, 8, 240),
    Heavy("就业促进科", "section-work", "夏季重点企业用工保障", 0, 7, 8, 120),
    Heavy("社会保险科", "project", "参保数据比对清理", 1, 6, 9, 480),
    Heavy("劳动监察队", "section-work", "工地欠薪集中排查", 2, 7, 9, 420),
    Heavy("财务科", "routine", "年中预算执行检查", 3, 6, 7, 240),
)
# Set for whom, of what, how much, and what happens above it.
CEILINGS = (
    (frame.ROOT, "hours", 120, "warn"),
    (frame.unit_key(1), "hours", 140, "refuse"),
    (frame.COMMITTEE, "requests", 18, "warn"),
)


def load(year: Year) -> Iterator[Deed]:
    """Ceilings from the first week on; in spring a request brings the summer's campaigns into the bureau's plan."""
    yield year.first, LATER + 1, partial(_ceilings, year)
    yield year.share(0.3), LATER, partial(_summer, year, year.share(0.3))


def _ceilings(year: Year) -> None:
    for key, measure, value, strength in CEILINGS:
        facts = (measure, Decimal(value), strength, BASIS, date(year.number, 1, 1))
        draft = CeilingDraft(year.organization(key), *facts)
        set_ceiling(draft, by=year.user("officer"), at=noon(year.first))


def _summer(year: Year, on: date) -> None:
    """Added, explained where a ceiling warns, asked for and approved."""
    plan, user, at = year.plans[BUREAU], year.user("officer"), noon(on)
    points = list(plan.key_points.order_by("order").values_list("pk", flat=True))
    adds = tuple(add_item(plan.pk, _draft(year, row, points, on), by=user, at=at).pk for row in HEAVY)
    for over in overs_of_plan(plan, on)[:2]:
        if over.sort == PERSON:
            explain_load(plan.pk, Subject(PERSON, over.who, over.month_on), REASON, by=user, at=at)
    told = ChangeDraft("增列夏季专项工作", "上级部署的专项集中在三季度,年初计划未列", None, adds)
    change = draft_change(plan.pk, told, by=user, at=at)
    edit_change(change.pk, told, [year.organization(frame.GROUP)], by=user, at=at)
    submit_change(change.pk, by=user, at=at)
    decide(change.pk, approved=True, reason="", by=year.user("head"), at=at)


def _draft(year: Year, row: Heavy, points: list[int], on: date) -> ItemDraft:
    section = year.organization(frame.section_key(frame.index_of(row.section)))
    days = date(year.number, row.first, 1), date(year.number, row.last, 28)
    return ItemDraft(
        year.item_kind(row.kind), row.title, section, year.head(section, on), points[row.point], *days,
        Decimal(row.hours),
    )  # fmt: skip
