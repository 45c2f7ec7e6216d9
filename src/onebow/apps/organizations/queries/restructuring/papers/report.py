"""前后对比报告: figures, moves, branches and remarks; the pictures are drawn above."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from onebow.apps.organizations.queries.restructuring.papers.dossier import Dossier, sentence
from onebow.apps.organizations.queries.restructuring.papers.request import exceptions, joined_units
from onebow.apps.organizations.queries.restructuring.papers.tables import Rows, branch_rows
from onebow.apps.organizations.queries.restructuring.structures import Structure

# Long lists of names are cut, so that a remark stays one.
MOST_NAMES = 12


def report_data(dossier: Dossier) -> dict[str, Any]:
    """The fields of `before_after`, without its pictures."""
    return {
        "unit": dossier.unit,
        "before_on": dossier.plan.facts_on,
        "after_on": dossier.plan.effective_on,
        "members": dossier.comparison.before.figures.members,
        "summary": summary(dossier),
        "remarks": list(remarks(dossier)),
        "issuer": dossier.issuer,
        "date": dossier.today,
        "figures": figure_rows(dossier),
        "moves": move_rows(dossier),
        "branches": branch_rows(dossier, "no", "name", "general", "sections", "offices", "members", "head"),
    }


def summary(dossier: Dossier) -> str:
    """Before and after in three sentences."""
    before, after = dossier.comparison.before, dossier.comparison.after
    moving, staying = dossier.comparison.moving, dossier.comparison.staying
    return (
        f"调整前{_size(before)}；调整后{_size(after)}。"
        f"单独成立党支部的科室由{before.figures.own}个变为{after.figures.own}个，"
        f"跨办公区的党支部由{before.figures.over_offices}个变为{after.figures.over_offices}个。"
        f"{moving}名党员变动所在党支部，{staying}名党员随原党支部延续。"
    )


def _size(side: Structure) -> str:
    figures = side.figures
    if not figures.branches:
        return "没有党支部"
    general = f"党总支{figures.generals}个、" if figures.generals else ""
    return f"设{general}党支部{figures.branches}个，平均每个{figures.average}名党员"


def figure_rows(dossier: Dossier) -> Rows:
    """The figures, and by how much they change."""
    before, after = dossier.comparison.before.figures, dossier.comparison.after.figures
    limits = dossier.comparison.limits
    items = (
        ("党总支（个）", "generals"),
        ("党支部（个）", "branches"),
        ("平均党员数（名）", "average"),
        ("党员最少的党支部（名）", "smallest"),
        ("党员最多的党支部（名）", "largest"),
        ("党员数的中位数（名）", "median"),
        (f"正式党员不足{limits.least_full}名的党支部（个）", "too_small"),
        (f"党员超过{limits.most}名的党支部（个）", "too_large"),
        ("跨科室的党支部（个）", "over_sections"),
        ("跨办公区的党支部（个）", "over_offices"),
        ("单独成立党支部的科室（个）", "own"),
        ("党员分在几个党支部的科室（个）", "spread"),
        ("书记兼科室负责人的党支部（个）", "heads"),
        ("不在党支部的党员（名）", "outside"),
    )
    return [_figure(item, getattr(before, name), getattr(after, name)) for item, name in items]


def _figure(item: str, before: Any, after: Any) -> dict[str, str]:
    return {"item": item, "before": _told(before), "after": _told(after), "change": change(before, after)}


def _told(value: Decimal | int | None) -> str:
    return "—" if value is None else str(value)


def change(before: Decimal | int | None, after: Decimal | int | None) -> str:
    """By how much a figure changes, with its sign.

    >>> change(6, 40), change(Decimal("53.3"), Decimal("8.0")), change(2, 2), change(None, 1)
    ('+34', '−45.3', '不变', '—')
    """
    if before is None or after is None:
        return "—"
    difference = after - before
    if not difference:
        return "不变"
    return f"+{difference}" if difference > 0 else f"−{-difference}"


def move_rows(dossier: Dossier) -> Rows:
    """From which branch to which, in numbers; those who stay are left out."""
    before, after = dossier.comparison.before.by_id, dossier.comparison.after.by_id
    return [
        {"from_branch": before[flow.before].name, "to_branch": after[flow.after].name, "members": flow.members}
        for flow in dossier.comparison.flows
        if not flow.stays
    ]


def remarks(dossier: Dossier) -> Iterator[str]:
    """What a reader must know: units joined, sections without members, reasons, members in no branch."""
    yield from joined_units(dossier)
    if empty := memberless(dossier):
        named = "、".join(empty[:MOST_NAMES])
        more = f"等{len(empty)}个科室" if len(empty) > MOST_NAMES else ""
        yield f"没有党员的科室由本单位最大的党支部覆盖：{named}{more}。"
    for reason in dossier.reasons:
        if reason.rule == "ORG-LEVEL":
            yield f"{reason.name}党员人数少于一般标准，理由是：{reason.words}"
    yield from exceptions(dossier)
    if dossier.comparison.after.figures.outside:
        yield f"{dossier.comparison.after.figures.outside}名党员没有编入拟设立的党支部。"
    if dossier.plan.basis:
        yield f"调整的原因和依据：{sentence(dossier.plan.basis)}"


def memberless(dossier: Dossier) -> list[str]:
    """Sections in which no member works, by name."""
    held = {share.id for share in dossier.comparison.sections}
    nodes = dossier.places.nodes
    return [nodes[section].name for section in dossier.places.sections if section not in held]
