"""The kinds of meetings in a list as choices with their numbers; talks, of which a branch has hundreds, stand apart."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value

from onebow.apps.meetings.models import Meeting, MeetingAlso

# Choices that are no kind: all but talks, and all.
OTHERS, ALL = "meetings", "all"
WORDS = {OTHERS: "会议和学习", ALL: "全部"}
COLUMNS = ("key", "name", "order", "keeps_minutes")


@dataclass(frozen=True)
class Kinds:
    """What a list can be narrowed to; `tabs` are those beside which the list is read, if it holds talks and others."""

    choices: list[tuple[str, str]]
    tabs: tuple[str, ...] = ()


def kinds_query(rows: QuerySet[Meeting]) -> QuerySet[Any, Any]:
    """Kinds that occur and how often, those of meetings held at the same time as rows of their own."""
    main = _counted(rows.order_by(), main=1)
    also = MeetingAlso.objects.filter(meeting__in=rows.order_by().values("pk")).order_by()
    return main.union(_counted(also, main=0), all=True)


def kinds_of(found: Iterable[tuple[Any, ...]]) -> Kinds:
    """The choices from the rows of `kinds_query`."""
    names: dict[str, str] = {}
    sums: dict[str, int] = {}
    talks: list[str] = []
    whole = apart = 0
    for key, name, _, keeps, main, count in sorted(found, key=lambda row: (row[2], row[0])):
        names[key] = name
        sums[key] = sums.get(key, 0) + count
        talks += [] if keeps or key in talks else [key]
        whole, apart = whole + main * count, apart + (0 if keeps else main * count)
    told = [(key, f"{name}({sums[key]})") for key, name in names.items()]
    if not 0 < apart < whole:
        return Kinds(told)
    both = {OTHERS: whole - apart, ALL: whole}
    first, last = ((key, f"{WORDS[key]}({both[key]})") for key in (OTHERS, ALL))
    return Kinds([first, *told, last], (OTHERS, *talks, ALL))


def of_kind(rows: QuerySet[Meeting], key: str) -> QuerySet[Meeting]:
    """Those that were of a kind, by whatever version of it, mainly or at the same time."""
    if key == ALL:
        return rows
    if key == OTHERS:
        return rows.filter(kind__keeps_minutes=True)
    also = MeetingAlso.objects.filter(meeting=OuterRef("pk"), kind__key=key)
    return rows.filter(Q(kind__key=key) | Q(Exists(also)))


def _counted(rows: QuerySet[Any], main: int) -> QuerySet[Any, Any]:
    named = rows.values_list(*(f"kind__{name}" for name in COLUMNS), Value(main, IntegerField()))
    return named.annotate(count=Count("pk"))
