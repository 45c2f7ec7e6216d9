"""Findings as a sheet."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from onebow.apps.base.filters import day, moment
from onebow.apps.documents.writing import Origin, Table
from onebow.apps.organizations.queries.findings import STATES, STRENGTHS, FindingRow

HEADER = (
    "组织",
    "类别",
    "程度",
    "状态",
    "规则",
    "情况",
    "依据",
    "依据说明",
    "怎么办",
    "理由",
    "批复文号",
    "理由有效期至",
    "规则编号",
)


def sheet_of(rows: Iterable[FindingRow]) -> Table:
    """One line for each finding; no person is named."""
    return Table("检查结果", HEADER, _lines(rows))


def origin_of(who: str, whose: str, on: date, at: datetime) -> Origin:
    """Who took the sheet out, when, and what it speaks of."""
    text = f"说明:{whose}检查结果,截至 {day(on)};{who}导出于 {moment(at)}。"
    return Origin(who, text)


def _lines(rows: Iterable[FindingRow]) -> Iterator[tuple[str, ...]]:
    for row in rows:
        rule, reason = row.finding.rule, row.reason
        yield (
            row.name,
            row.kind_label,
            STRENGTHS[rule.strength][0],
            STATES[row.state],
            rule.title,
            row.words,
            rule.citation,
            rule.caveat,
            row.finding.remedy.text,
            reason.reason if reason else "",
            reason.approval.document_number if reason and reason.approval else "",
            day(reason.until, "") if reason else "",
            rule.id,
        )
