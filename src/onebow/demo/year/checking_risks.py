"""Scenario E17 held against the demonstration: risk points with level, owner, measure and day of review."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from onebow.apps.plans.counting import counting_on, latest_review
from onebow.apps.plans.models import RiskLevel, RiskPoint
from onebow.apps.plans.queries.risks.due import DUE, LIFTED, POST, STATES, on_day
from onebow.apps.plans.services.risks import ReviewDraft, review_risk
from onebow.demo.lines import Line

WHERE = "廉政风险点 /risks/"
Level = RiskLevel.Level


def risk_lines(at: datetime) -> Iterator[Line]:
    """What the list holds, what is due, and that the level follows from counting."""
    today = timezone.localdate(at)
    rows = list(on_day(RiskPoint.objects.select_related("organization"), today).exclude(due=LIFTED))
    counted = Counter(row.level for row in rows)
    told = "、".join(f"{level.label} {counted[level]} 个" for level in Level)
    yield Line(
        "E17",
        "风险点分三级,逐个有责任人、措施和复查日期",
        f"{len(rows)} 个:{told}",
        len(rows) > 15 and min(counted[level] for level in Level) > 0 and all(row.measure for row in rows),
        WHERE,
    )
    due = Counter(row.due for row in rows if row.due in DUE)
    yield Line(
        "E17",
        "到期和岗位换人的提醒复查",
        "、".join(f"{STATES[state]} {count} 个" for state, count in due.items()) or "没有",
        due.total() >= 2 and due[POST] > 0,
        f"{WHERE}?sort=next",
    )
    yield _counting(rows, at)


def _counting(rows: list[Any], at: datetime) -> Line:
    """Tried here and taken back: one more criterion holds, and the level rises by itself."""
    today = timezone.localdate(at)
    words, point = counting_on(today).text, next((row for row in rows if row.level == Level.LOW), None)
    if point is None:
        return Line("E17", words, "没有三级风险点可以试", holds=False, where=WHERE)
    review = ReviewDraft(today, (1, 2), latest_review(today, today), "试算")
    with transaction.atomic():
        review_risk(point.pk, review, version=point.version, by=None, at=at)
        found = point.levels.get(ends_on=None).get_level_display()
        transaction.set_rollback(True)
    said = f"“{point.matter}”由一条改为两条:定为{found}"
    return Line("E17", words, said, found == Level.MEDIUM.label, f"廉政风险点 /risks/{point.pk}/")
