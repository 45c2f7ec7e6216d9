"""The list of risk points on a day, on the page, as a sheet and as 《廉政风险防控清单》."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Case, Count, IntegerField, OuterRef, QuerySet, Subquery, Value, When

from onebow.apps.base.filters import day
from onebow.apps.base.prepared import Prepared
from onebow.apps.base.rows import PreparedRows
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.models import RiskLevel
from onebow.apps.plans.queries.risks.due import LIFTED, on_day, soon_after, standing_of
from onebow.apps.plans.queries.risks.ties import Tied, ties_of
from onebow.apps.plans.queries.risks.words import Words
from onebow.apps.plans.queries.visible import risks_for

Level = RiskLevel.Level
HEADER = (
    "权力事项或环节", "组织", "等级", "符合的标准", "防控责任层级", "责任人", "防控措施", "关联岗位、类别和事项",
    "上次复查", "下次复查", "复查情况",
)  # fmt: skip


def risks_on(reach: Reach, on: date, *, lifted: bool) -> PreparedRows:
    """Those that stood on a day, the gravest first; with those that were lifted by then, or without them."""
    return PreparedRows(_listed, reach, on, soon_after(on), lifted)


def _risks(reach: Reach, on: Any, near: Any, lifted: bool) -> QuerySet[Any]:
    whens = [When(level=level, then=Value(place)) for place, level in enumerate(Level.values)]
    rows = on_day(risks_for(reach), on, near).annotate(
        grave=Case(*whens, default=Value(len(whens)), output_field=IntegerField()),
        held=Subquery(RiskLevel.objects.on(on).filter(point=OuterRef("pk")).order_by("-pk").values("held")[:1]),
    )
    rows = rows.select_related("organization", "owner").order_by("grave", "next_on", "pk")
    return rows if lifted else rows.exclude(due=LIFTED)


def standing_rows(reach: Reach, on: Any, near: Any) -> QuerySet[Any]:
    """The rows that stood on a day as a query, to be narrowed further; `near` as in `on_day`."""
    # By the day they were lifted alone: what is due would be computed for rows that are narrowed away.
    return _risks(reach, on, near, lifted=True).exclude(lifted_on__lte=on)


def counts_on(reach: Reach, on: date) -> dict[str, int]:
    """How many stand on a day, by level."""
    counted = Counter(dict(_counts.rows(reach, on, soon_after(on))))
    return {level.value: counted[level] for level in Level}


def _counted(reach: Reach, on: Any, near: Any) -> QuerySet[Any, Any]:
    rows = on_day(risks_for(reach), on, near).exclude(due=LIFTED).order_by()
    return rows.values("level").annotate(whole=Count("pk")).values_list("level", "whole")


def choices_for(reach: Reach) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The organizations and the owners of all that one may read, to filter by: one statement."""
    rows = _choices.rows(reach)
    return _distinct(row[:3] for row in rows), _distinct(row[3:] for row in rows)


def _chosen(reach: Reach) -> QuerySet[Any, Any]:
    places, owners = ("organization__path", "organization_id", "organization__name"), ("pinyin", "id", "name")
    return risks_for(reach).order_by().values_list(*places, *(f"owner__{name}" for name in owners)).distinct()


_listed, _counts, _choices = Prepared(_risks), Prepared(_counted), Prepared(_chosen)


def sheet_lines(rows: Iterable[Any], words: Words, on: date) -> Iterator[tuple[str, ...]]:
    """One line for each."""
    found = list(rows)
    ties = ties_of(row.pk for row in found)
    for row in found:
        told = standing_of(row, on)
        yield (
            row.matter, row.organization.name, _level(row), "、".join(map(str, row.held or ())),
            words.controller(row.level or ""), row.owner.name, row.measure,
            "、".join(ties[row.pk].words), day(row.looked_on), day(row.next_on), f"{told.word} {told.note}".strip(),
        )  # fmt: skip


def paper_of(rows: Iterable[Any], unit: str, words: Words, on: date) -> dict[str, Any]:
    """The data of the paper."""
    found = list(rows)
    ties = ties_of(row.pk for row in found)
    counted = Counter(row.level for row in found)
    return {
        "unit": unit,
        "as_of": on,
        "total": len(found),
        "high": counted[Level.HIGH],
        "medium": counted[Level.MEDIUM],
        "low": counted[Level.LOW],
        "controls": _controls(words),
        "risks": [_row(number, row, ties[row.pk]) for number, row in enumerate(found, 1)],
    }


def printed(label: str) -> str:
    """With the brackets and points of official papers."""
    return label.translate(str.maketrans("(),:;", "\uff08\uff09\uff0c\uff1a\uff1b"))


def _distinct(rows: Iterable[tuple[Any, ...]]) -> list[tuple[str, str]]:
    """Ids and names of rows (what they are sorted by, id, name)."""
    return [(str(pk), name) for _, pk, name in sorted(set(rows))]


def _controls(words: Words) -> list[str]:
    return [f"{printed(level.label)}由{who}防控" for level in Level if (who := words.controller(level))]


def _row(number: int, row: Any, tied: Tied) -> dict[str, Any]:
    return {
        "no": number,
        "matter": row.matter,
        "organization": row.organization.name,
        "level": printed(_level(row)),
        "measure": row.measure,
        "owner": row.owner.name,
        "posts": "、".join(tied.roles),
        "next_on": row.next_on,
    }


def _level(row: Any) -> str:
    return Level(row.level).label if row.level else ""
