"""What happened to an organization or a person, newest first, with who recorded it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.db.models import Model, Q, QuerySet

from onebow.apps.accounts.models import User
from onebow.apps.base.filters import day
from onebow.apps.base.models import File
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import (
    Approval,
    Election,
    Link,
    Membership,
    Organization,
    Person,
    Placement,
    Post,
    RestructuringLine,
)
from onebow.apps.organizations.queries.subtrees import with_names_on
from onebow.cores.regulations.table import rule

LIMIT = 500
# Of an organization's own lines, those that no other fact tells.
SHOWN_LINES = (
    RestructuringLine.Kind.SPLIT,
    RestructuringLine.Kind.MERGE,
    RestructuringLine.Kind.DISSOLVE,
)


@dataclass
class Fact:
    """One dated fact. `on` is empty where nobody knows the day."""

    on: date | None
    text: str
    basis: str
    # The ledger entry that recorded it: kind, table and row.
    source: tuple[str, str, int]
    # The approval whose scan can be fetched.
    href: int | None = None
    recorded_at: datetime | None = None
    recorded_by: str = ""


def history_of(organization: Organization, on: date, today: date) -> list[Fact]:
    """Founding, names, parents, ties, posts, people and changes of an organization, up to a day gone by.

    Other organizations bear the names of that day.
    """
    table, placements = _label(organization), list(_placed(organization))
    ties, lines = list(_ties(organization)), list(_told_lines(organization))
    ends = [*(row.parent for row in placements), *(other for _, other in ties)]
    ends += [one for row in lines for one in (row.organization, row.successor)]
    with_names_on([organization, *(one for one in ends if one is not None)], on, today)
    facts = [
        Fact(organization.starts_on, f"设立{organization.get_kind_display()}", "",
             ("organization.founded", table, organization.pk)),
        *(Fact(name.ends_on, f"由“{name.name}”更名", name.basis, ("organization.renamed", table, organization.pk))
          for name in organization.former_names.all()),
        *_moves(placements),
        *_links(ties),
        *_lines(lines, organization),
        *_posts(organization.posts.select_related("person").order_by("pk")[:LIMIT], with_person=True),
        *_memberships(organization.memberships.select_related("person").order_by("pk")[:LIMIT], with_person=True),
    ]  # fmt: skip
    facts += [
        Fact(paper.document_on, f"批复:{paper.get_step_display()}", paper.document_number,
             ("approval.decided", _label(paper), paper.pk), href=paper.pk if paper.scan_id else None)
        for paper in approvals_of(organization)
    ]  # fmt: skip
    facts += _reasons(organization)
    facts += _elections(organization)
    if organization.ends_on:
        facts.append(Fact(organization.ends_on, "撤销", "", ("organization.dissolved", table, organization.pk)))
    return _signed(facts, _changes(organization, "organization.changed", "修改组织信息"), on, today)


def history_of_person(person: Person, on: date, today: date) -> list[Fact]:
    """Registration, memberships, posts and changes of a person, up to a day gone by."""
    table = _label(person)
    posts = list(person.posts.select_related("organization").order_by("pk"))
    memberships = list(person.memberships.select_related("organization").order_by("pk"))
    with_names_on([*(row.organization for row in posts), *(row.organization for row in memberships)], on, today)
    facts = [
        Fact(None, "登记人员信息", "", ("person.registered", table, person.pk)),
        *_posts(posts, with_person=False),
        *_memberships(memberships, with_person=False),
        *_standings(person),
    ]
    changes = _changes(person, "person.changed", "修改人员信息") + _changes(person, "person.merged", "合并重复记录")
    return _signed(facts, changes, on, today)


def approvals_of(organization: Organization) -> QuerySet[Approval]:
    """Decisions about an organization, on paper or in the product."""
    label = organization._meta.label_lower
    return Approval.objects.filter(subject=label, subject_id=organization.pk).select_related("scan")


def scans_of(organization: Organization, approval_id: int) -> QuerySet[File]:
    """The scan of one of these decisions; empty where it has none."""
    return File.objects.filter(pk__in=approvals_of(organization).filter(pk=approval_id).values("scan"))


def _placed(organization: Organization) -> Iterable[Placement]:
    return organization.placements.select_related("parent").order_by("starts_on", "pk")


def _moves(placements: Iterable[Placement]) -> Iterable[Fact]:
    for order, row in enumerate(placements):
        if order and row.parent:
            source = ("organization.moved", Organization._meta.label_lower, row.child_id)
            yield Fact(row.starts_on, f"调整到“{row.parent.name}”之下", row.basis, source)


def _ties(organization: Organization) -> Iterable[tuple[Link, Organization]]:
    rows = Link.objects.filter(Q(source=organization) | Q(target=organization)).select_related("source", "target")
    for link in rows.order_by("pk"):
        yield link, link.target if link.source_id == organization.pk else link.source


def _links(ties: Iterable[tuple[Link, Organization]]) -> Iterable[Fact]:
    for link, other in ties:
        label = Link.Kind(link.kind).label
        yield Fact(link.starts_on, f"{label}:“{other.name}”", link.basis, ("link.made", _label(link), link.pk))
        if link.ends_on:
            yield Fact(link.ends_on, f"解除{label}:“{other.name}”", "", ("link.ended", _label(link), link.pk))


def _told_lines(organization: Organization) -> Iterable[RestructuringLine]:
    """What enacted plans did to it, and what was dissolved into it."""
    rows = RestructuringLine.objects.filter(Q(organization=organization) | Q(successor=organization))
    rows = rows.select_related("organization", "successor", "restructuring").order_by("pk")
    return (row for row in rows if row.kind in SHOWN_LINES or row.successor_id == organization.pk)


def _lines(lines: Iterable[RestructuringLine], organization: Organization) -> Iterable[Fact]:
    for row in lines:
        source = ("restructuring.enacted", _label(row.restructuring), row.restructuring_id)
        yield Fact(row.on, _words(row, organization), f"支部调整方案“{row.restructuring.name}”", source)


def _words(row: RestructuringLine, organization: Organization) -> str:
    label = row.get_kind_display()
    if row.organization_id == organization.pk:
        return f"{label},由“{row.successor.name}”承继" if row.successor else label
    return f"承继“{row.organization.name}”({label})"


def _standings(person: Person) -> Iterable[Fact]:
    """What the person was registered as before, and since when not any more."""
    rows = list(person.former_standings.order_by("ends_on"))
    for column, text in (("joined_on", "入党"), ("full_on", "转为正式党员")):
        days = {getattr(row, column) for row in (*rows, person)} - {None}
        yield from (Fact(day, text, "", ("", "", 0)) for day in sorted(days))
    labels = [*(row.get_standing_display() for row in rows), person.get_standing_display()]
    for row, (was, became) in zip(rows, pairwise(labels), strict=True):
        yield Fact(row.ends_on, f"政治面貌由“{was}”变为“{became}”", "", ("", "", 0))


def _reasons(organization: Organization) -> Iterable[Fact]:
    for row in organization.set_asides.select_related("approval"):
        paper, table = row.approval.document_number if row.approval else "", _label(row)
        known = rule(row.rule, on=row.since)
        what = known.title if known else row.rule
        yield Fact(row.since, f"检查结果“{what}”说明理由:{row.reason}", paper, ("finding.set_aside", table, row.pk))
        if row.reopened_on:
            yield Fact(row.reopened_on, f"检查结果“{what}”撤回理由", "", ("finding.reopened", table, row.pk))


def _elections(organization: Organization) -> Iterable[Fact]:
    for row in organization.elections.filter(state=Election.State.FINISHED).select_related("result_approval"):
        paper = row.result_approval.document_number if row.result_approval else ""
        text = str(row.get_occasion_display()) + (f",任期至 {day(row.term_ends_on)}" if row.term_ends_on else "")
        yield Fact(row.held_on, text, paper, ("election.finished", _label(row), row.pk))


def _posts(posts: Iterable[Post], *, with_person: bool) -> Iterable[Fact]:
    for post in posts:
        who = post.person.name if with_person else f"“{post.organization.name}”"
        title = post.title or post.get_role_display()
        text = f"{who}任{title}" if with_person else f"任{who}{title}"
        started, ended = ("post.started", _label(post), post.pk), ("post.ended", _label(post), post.pk)
        yield Fact(post.starts_on, f"{text}({post.get_appointed_display()})", post.basis, started)
        if post.ends_on:
            yield Fact(post.ends_on, f"{text}结束", "", ended)


def _memberships(rows: Iterable[Membership], *, with_person: bool) -> Iterable[Fact]:
    for row in rows:
        party = row.side == Membership.Side.PARTY
        name = row.person.name if with_person else f"“{row.organization.name}”"
        came, left = ("组织关系转入", "组织关系转出") if party else ("到岗", "离岗")
        text = (lambda word, name=name: f"{name}{word}") if with_person else (lambda word, name=name: f"{word}{name}")
        yield Fact(row.starts_on, text(came), row.basis, ("membership.started", _label(row), row.pk))
        if row.ends_on:
            yield Fact(row.ends_on, text(left), "", ("membership.ended", _label(row), row.pk))


def _changes(row: Model, kind: str, text: str) -> list[Fact]:
    names = {field.name: str(field.verbose_name) for field in row._meta.fields}
    names |= {field.attname: str(field.verbose_name) for field in row._meta.fields}
    names |= {"place": "办公地点", "place_id": "办公地点"}
    rows = Entry.objects.filter(kind=kind, source=row._meta.label_lower, source_id=row.pk)
    entries = rows.select_related("body").order_by("-pk")[:LIMIT]
    return [
        Fact(
            entry.happened_on,
            text + ":" * bool(entry.data.get("fields"))
            + "、".join(names.get(name, name) for name in entry.data.get("fields", [])),
            "",
            (kind, entry.source, entry.pk),
            recorded_at=entry.recorded_at,
            recorded_by=str(entry.by_id or ""),
        )
        for entry in entries
    ]  # fmt: skip


def _signed(facts: list[Fact], changes: list[Fact], on: date, today: date) -> list[Fact]:
    """Join each fact with the entry that recorded it, and put the newest first; unknown days come last.

    Of a day gone by nothing is told that happened later.
    """
    if on < today:
        facts = [fact for fact in facts if fact.on is None or fact.on <= on]
        changes = [fact for fact in changes if fact.on is None or fact.on <= on]
    wanted = {fact.source for fact in facts if fact.source[0]}
    rows = Entry.objects.filter(source__in={source for _, source, _ in wanted}, source_id__in={s[2] for s in wanted})
    columns = ("kind", "source", "source_id", "happened_on", "recorded_at", "by_id")
    found: dict[tuple[str, str, int, date | None], tuple[datetime, int | None]] = {}
    for kind, source, pk, happened_on, at, by_id in rows.order_by("pk").values_list(*columns):
        # Several renamings of one organization are told apart by their days.
        found[kind, source, pk, happened_on] = found[kind, source, pk, None] = at, by_id
    for fact in facts:
        kind, source, pk = fact.source
        told = found.get((kind, source, pk, fact.on)) or found.get((kind, source, pk, None))
        if told:
            fact.recorded_at, by_id = told
            fact.recorded_by = str(by_id or "")
    everything = facts + changes
    ids = {int(fact.recorded_by) for fact in everything if fact.recorded_by}
    users = dict(User.objects.filter(pk__in=ids).values_list("pk", "display_name"))
    for fact in everything:
        fact.recorded_by = users.get(int(fact.recorded_by), "") if fact.recorded_by else ""
    return sorted(everything, key=lambda fact: fact.on or date.min, reverse=True)


def _label(row: Model) -> str:
    return row._meta.label_lower
