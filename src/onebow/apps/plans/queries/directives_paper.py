"""The report on how a directive was carried out, and the register as a sheet."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet

from onebow.apps.base.filters import day
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.models import Directive, PackDocument
from onebow.apps.plans.queries.directives import Fulfilment, shares_of, standing_of
from onebow.apps.plans.queries.documents import documents_for
from onebow.apps.plans.queries.item_lines import ItemLine

HEADER = (
    "标题", "类别", "来源", "文号", "承办组织", "成文日期", "收到日期", "要求反馈",
    "反馈情况", "反馈日期", "反馈文号", "落实(完成/共)",
)  # fmt: skip


def report_of(directive: Directive, told: Fulfilment, on: date) -> dict[str, Any]:
    """The data of the paper; what was handed in stays out of it."""
    lines = list(enumerate(told.lines, 1))
    return {
        "issuer": directive.organization.name,
        "to": directive.source,
        "subject": directive.title,
        "subject_number": directive.number,
        "kind": directive.get_kind_display(),
        "received_on": directive.received_on,
        "reply_due_on": directive.reply_due_on,
        "as_of": on,
        "done": told.done,
        "total": told.total,
        "items": [_row(number, line) for number, line in lines],
        "progress": [_sentence(line) for line in told.lines if line.progress],
        "drives": [drive.name for drive in told.drives],
    }


def documents_of(directive: Directive, on: date) -> list[PackDocument]:
    """Papers of packs for a directive, of one that was replied to those of that day."""
    on = min(on, directive.replied_on or on)
    return documents_for(directive.organization, PackDocument.Of.DIRECTIVE, [directive.kind], on)


def sheet_lines(rows: QuerySet[Directive], reach: Reach, on: date, today: date) -> Iterator[tuple[str, ...]]:
    """One line for each; the share of items is today's, so it stands in today's sheet alone."""
    found = list(rows)
    shares = shares_of(found, reach) if on == today else {}
    for row in found:
        standing = standing_of(row, on)
        replied = standing.state == "replied"
        done, whole = shares.get(row.pk, (0, 0))
        yield (
            row.title, row.get_kind_display(), row.source, row.number, row.organization.name, day(row.issued_on, ""),
            day(row.received_on), day(row.reply_due_on, ""), f"{standing.word} {standing.note}".strip(),
            day(row.replied_on, "") if replied else "", row.reply_number if replied else "",
            f"{done}/{whole}" if whole else "",
        )  # fmt: skip


def _row(number: int, line: ItemLine) -> dict[str, Any]:
    item = line.item
    return {
        "no": number,
        "title": item.title,
        "unit": item.organization.name,
        "person": item.person.name if item.person else "未明确",
        "due": item.due_on,
        "state": f"{line.word}(逾期)" if line.is_late else line.word,
    }


def _sentence(line: ItemLine) -> str:
    text = line.progress.rstrip("。;； ")
    return f"{line.item.title}:{text}({day(line.progressed_on)})。"
