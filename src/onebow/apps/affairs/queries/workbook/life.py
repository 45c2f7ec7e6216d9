"""会议和活动, 组织生活会和民主评议, 谈心谈话, 学习培训学时: what was held, month by month."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q

from onebow.apps.affairs.queries.talks.reading import TALK
from onebow.apps.affairs.queries.talks.sheets import SORTS, sheets_of
from onebow.apps.affairs.queries.workbook.chapters import Case, Chapter, Sheet
from onebow.apps.meetings.models import Meeting, MeetingAlso, MeetingUnit, Resolution
from onebow.apps.meetings.queries import figures
from onebow.apps.meetings.queries.figures import Period
from onebow.apps.meetings.queries.hours import PACES, people_hours
from onebow.apps.meetings.queries.states import counted
from onebow.apps.organizations.models.organizations import within

# Meetings that have a chapter of their own, in every pack.
LIFE = ("life-meeting", "member-appraisal")
# So much of what was said is a short form.
SHORT = 300
HEADS = {"day": "日期", "kind": "类别", "title": "主题", "present": "实到/应到", "resolutions": "决议"}


def meetings(case: Case) -> Chapter:
    """All that counts but talks, in the order of the days, with what was resolved."""
    found = list(_held(case).exclude(kind__key__in=(TALK, *LIFE)))
    return Chapter("meetings", "会议和活动", [], [Sheet("meetings", "", HEADS, _lines(found, case))], _entries(found))


def life(case: Case) -> Chapter:
    """The life meeting and the appraisal."""
    also = MeetingAlso.objects.filter(meeting=OuterRef("pk"), kind__key__in=LIFE)
    found = list(_held(case).filter(Q(kind__key__in=LIFE) | Q(Exists(also))))
    return Chapter("life", "组织生活会和民主评议", [], [Sheet("life", "", HEADS, _lines(found, case))], _entries(found))


def talks(case: Case) -> Chapter:
    """Pairs and days; nothing else is known of them."""
    [sheet] = sheets_of([(case.branch, case.span)])
    pairs = [
        {"no": number, "names": "、".join(one.names), "sort": SORTS[one.sort], "times": one.times, "last": one.on}
        for number, one in enumerate(sheet.pairs(), 1)
    ]
    heads = {"no": "序号", "names": "谈话人", "sort": "类别", "times": "次数", "last": "最近一次"}
    told = [(one.title, f"已谈 {one.done} 项，应谈 {one.asked} 项") for one in sheet.figures] if sheet.talks else []
    ids = [talk.id for talk in sheet.talks]
    entries = frozenset(Meeting.objects.filter(pk__in=ids).values_list("entry_id", flat=True))
    return Chapter("talks", "谈心谈话", told, [Sheet("talks", "", heads, pairs)], frozenset(filter(None, entries)))


def hours(case: Case) -> Chapter:
    """Study hours of each member against the year, wherever they studied."""
    span = case.span
    period = Period(span.first.replace(month=1, day=1), span.last)
    held = figures.study(Meeting.objects.all(), period)
    inside = within(case.branch.path, "organization__path")
    rows = [row for row in people_hours(figures.presences(held), inside, period) if row.asked is not None]
    lines = [
        {
            "no": number, "name": row.name, "asked": f"{float(row.asked or 0):g}", "done": f"{float(row.hours):g}",
            "missing": f"{float(row.missing):g}",
            "training": f"{row.trainings}/{row.trainings_asked}" if row.trainings_asked else "",
            "pace": dict(PACES)[row.pace],
        }
        for number, row in enumerate(rows, 1)
    ]  # fmt: skip
    heads = {
        "no": "序号", "name": "姓名", "asked": "应学", "done": "已学", "missing": "还差", "training": "集中培训",
        "pace": "进度",
    }  # fmt: skip
    there = figures.presences(held).filter(person__in=[int(row.id) for row in rows])
    entries = Meeting.objects.filter(pk__in=there.values("meeting")).values_list("entry_id", flat=True)
    found = frozenset(pk for pk in entries if pk)
    return Chapter("hours", "学习培训学时", [], [Sheet("hours", "", heads, lines)], found)


def _held(case: Case) -> Any:
    """Meetings of the branch and its groups, and those in which it joined, that count on the last day."""
    joined = MeetingUnit.objects.filter(meeting=OuterRef("pk"), organization=case.branch)
    mine = within(case.branch.path, "organization__path") | Q(Exists(joined))
    rows = counted(Meeting.objects.filter(mine, held_on__gte=case.span.first, held_on__lte=case.span.last))
    return rows.select_related("kind", "organization").order_by("held_on", "pk")


def _entries(found: Sequence[Meeting]) -> frozenset[int]:
    return frozenset(one.entry_id for one in found if one.entry_id)


def _lines(found: Sequence[Meeting], case: Case) -> list[dict[str, Any]]:
    """One line each; the first of a month begins it."""
    ids = [one.pk for one in found]
    passed = _resolutions([one.pk for one in found if not one.kind.is_restricted])
    also: dict[int, list[str]] = defaultdict(list)
    for meeting, name in MeetingAlso.objects.filter(meeting__in=ids).values_list("meeting", "kind__name"):
        also[meeting].append(name)
    lines, month = [], 0
    for one in found:
        held_on = one.held_on or case.span.last
        lines.append(
            {
                "month": f"{held_on.month}月" if held_on.month != month else "", "day": held_on,
                "kind": "、".join([one.kind.name, *also[one.pk]]), "title": one.title,
                "present": f"{one.present}/{one.due}", "resolutions": passed.get(one.pk, ""),
                "minutes": _short(one) if case.with_minutes else "",
            }
        )  # fmt: skip
        month = held_on.month
    return lines


def _short(meeting: Meeting) -> str:
    """The beginning of the minutes; of restricted kinds nothing leaves."""
    if meeting.kind.is_restricted or not meeting.kind.keeps_minutes:
        return ""
    text = " ".join(meeting.minutes.split())
    return text if len(text) <= SHORT else f"{text[:SHORT]}……"


def _resolutions(ids: Sequence[int]) -> dict[int, str]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = Resolution.objects.filter(meeting__in=ids, passed=True).order_by("meeting", "order")
    for meeting, text in rows.values_list("meeting", "text"):
        found[meeting].append(text)
    return {meeting: "；".join(texts) for meeting, texts in found.items()}
