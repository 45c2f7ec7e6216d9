"""What happened to an organization or a person, newest first, with who recorded it."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import pairwise

from django.db.models import QuerySet

from onebow.apps.base.filters import day
from onebow.apps.base.models import File
from onebow.apps.organizations.models import (
    Approval,
    Election,
    Link,
    Membership,
    Organization,
    Person,
    Post,
    Restructuring,
    RestructuringLine,
    SetAside,
)
from onebow.apps.organizations.queries.history_entries import Fact, signed
from onebow.apps.organizations.queries.history_rows import Row, approvals_of, rows_of, rows_of_person
from onebow.cores.regulations.table import rule


def history_of(organization: Organization, on: date, today: date) -> list[Fact]:
    """Founding, names, parents, ties, posts, people and changes of an organization, up to a day gone by.

    Other organizations bear the names of that day. Two statements.
    """
    table, rows = organization._meta.label_lower, rows_of(organization, on, today)
    facts = [
        Fact(organization.starts_on, f"设立{organization.get_kind_display()}", "",
             ("organization.founded", table, organization.pk)),
        *(Fact(row.ends_on, f"由“{row.name}”更名", row.basis, ("organization.renamed", table, organization.pk))
          for row in rows.get("named", ())),
        *_moves(rows.get("placed", []), organization),
    ]  # fmt: skip
    for part, told in TOLD_BY.items():
        for row in rows.get(part, ()):
            facts += told(row)
    if organization.ends_on:
        facts.append(Fact(organization.ends_on, "撤销", "", ("organization.dissolved", table, organization.pk)))
    return signed(facts, organization, on, today)


def history_of_person(person: Person, on: date, today: date) -> list[Fact]:
    """Registration, memberships, posts and changes of a person, up to a day gone by."""
    rows = rows_of_person(person, on, today)
    facts = [Fact(None, "登记人员信息", "", ("person.registered", person._meta.label_lower, person.pk))]
    for row in rows.get("post", ()):
        facts += _post(row, f"任“{row.name}”{_title(row)}")
    for row in rows.get("belongs", ()):
        facts += _membership(row, after=f"“{row.name}”")
    return signed([*facts, *_standings(person)], person, on, today)


def scans_of(organization: Organization, approval_id: int) -> QuerySet[File]:
    """The scan of one of these decisions; empty where it has none."""
    return File.objects.filter(pk__in=approvals_of(organization).filter(pk=approval_id).values("scan"))


def _moves(rows: list[Row], organization: Organization) -> Iterator[Fact]:
    source = ("organization.moved", organization._meta.label_lower, organization.pk)
    # A start that nobody knows lies before every day.
    for row in sorted(rows, key=lambda row: (row.starts_on or date.min, row.pk))[1:]:
        if row.name:
            yield Fact(row.starts_on, f"调整到“{row.name}”之下", row.basis, source)


def _tie(row: Row) -> Iterator[Fact]:
    table, words = Link._meta.label_lower, f"{Link.Kind(row.kind).label}:“{row.name}”"
    yield Fact(row.starts_on, words, row.basis, ("link.made", table, row.pk))
    if row.ends_on:
        yield Fact(row.ends_on, f"解除{words}", "", ("link.ended", table, row.pk))


def _line(row: Row) -> Iterator[Fact]:
    """What an enacted plan did to the organization, or to another that was dissolved into it."""
    label = RestructuringLine.Kind(row.kind).label
    words = f"{label},由“{row.name}”承继" if row.name else label
    if row.part == "heir":
        words = f"承继“{row.name}”({label})"
    source = ("restructuring.enacted", Restructuring._meta.label_lower, row.pk)
    yield Fact(row.starts_on, words, f"支部调整方案“{row.basis}”", source)


def _approval(row: Row) -> Iterator[Fact]:
    source, scan = ("approval.decided", Approval._meta.label_lower, row.pk), row.pk if row.scan else None
    yield Fact(row.starts_on, f"批复:{Approval.Step(row.kind).label}", row.basis, source, href=scan)


def _reason(row: Row) -> Iterator[Fact]:
    table, known = SetAside._meta.label_lower, rule(row.kind, on=row.starts_on or date.min)
    what = known.title if known else row.kind
    words = f"检查结果“{what}”说明理由:{row.words}"
    yield Fact(row.starts_on, words, row.basis, ("finding.set_aside", table, row.pk))
    if row.ends_on:
        yield Fact(row.ends_on, f"检查结果“{what}”撤回理由", "", ("finding.reopened", table, row.pk))


def _election(row: Row) -> Iterator[Fact]:
    text = str(Election.Occasion(row.kind).label) + (f",任期至 {day(row.ends_on)}" if row.ends_on else "")
    yield Fact(row.starts_on, text, row.basis, ("election.finished", Election._meta.label_lower, row.pk))


def _title(row: Row) -> str:
    return row.words or Post.Role(row.kind).label


def _post(row: Row, text: str) -> Iterator[Fact]:
    table, manner = Post._meta.label_lower, Post.Appointed(row.manner).label
    yield Fact(row.starts_on, f"{text}({manner})", row.basis, ("post.started", table, row.pk))
    if row.ends_on:
        yield Fact(row.ends_on, f"{text}结束", "", ("post.ended", table, row.pk))


def _membership(row: Row, before: str = "", after: str = "") -> Iterator[Fact]:
    """Coming and going, each between words."""
    table, party = Membership._meta.label_lower, row.kind == Membership.Side.PARTY
    came, left = ("组织关系转入", "组织关系转出") if party else ("到岗", "离岗")
    yield Fact(row.starts_on, f"{before}{came}{after}", row.basis, ("membership.started", table, row.pk))
    if row.ends_on:
        yield Fact(row.ends_on, f"{before}{left}{after}", "", ("membership.ended", table, row.pk))


# The parts of an organization's rows, in the order in which one day's facts are told.
TOLD_BY: dict[str, Callable[[Row], Iterable[Fact]]] = {
    "tied": _tie,
    "line": _line,
    "heir": _line,
    "post": lambda row: _post(row, f"{row.name}任{_title(row)}"),
    "belongs": lambda row: _membership(row, before=row.name or ""),
    "approval": _approval,
    "aside": _reason,
    "election": _election,
}


def _standings(person: Person) -> Iterator[Fact]:
    """What the person was registered as before, and since when not any more."""
    rows = list(person.former_standings.order_by("ends_on"))
    for column, text in (("joined_on", "入党"), ("full_on", "转为正式党员")):
        days = {getattr(row, column) for row in (*rows, person)} - {None}
        yield from (Fact(day, text, "", ("", "", 0)) for day in sorted(days))
    labels = [*(row.get_standing_display() for row in rows), person.get_standing_display()]
    for row, (was, became) in zip(rows, pairwise(labels), strict=True):
        yield Fact(row.ends_on, f"政治面貌由“{was}”变为“{became}”", "", ("", "", 0))
