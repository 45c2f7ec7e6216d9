"""What happened to an organization or a person, newest first, with who recorded it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Model, QuerySet

from onebow.apps.accounts.models import User
from onebow.apps.base.filters import day
from onebow.apps.base.models import File
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import Approval, Election, Link, Membership, Organization, Person, Post
from onebow.cores.regulations.table import rule

LIMIT = 500


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


def history_of(organization: Organization) -> list[Fact]:
    """Founding, names, parents, ties, posts, people and changes of an organization."""
    table = _label(organization)
    facts = [
        Fact(organization.starts_on, f"设立{organization.get_kind_display()}", "",
             ("organization.founded", table, organization.pk)),
        *(Fact(name.ends_on, f"由“{name.name}”更名", name.basis, ("organization.renamed", table, organization.pk))
          for name in organization.former_names.all()),
        *_placements(organization, table),
        *_links(organization),
        *_posts(organization.posts.select_related("person")[:LIMIT], with_person=True),
        *_memberships(organization.memberships.select_related("person")[:LIMIT], with_person=True),
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
    return _signed(facts, _changes(organization, "organization.changed", "修改组织信息"))


def history_of_person(person: Person) -> list[Fact]:
    """Registration, memberships, posts and changes of a person."""
    table = _label(person)
    facts = [
        Fact(None, "登记人员信息", "", ("person.registered", table, person.pk)),
        *_posts(person.posts.select_related("organization"), with_person=False),
        *_memberships(person.memberships.select_related("organization"), with_person=False),
    ]
    if person.joined_on:
        facts.append(Fact(person.joined_on, "入党", "", ("", "", 0)))
    if person.full_on:
        facts.append(Fact(person.full_on, "转为正式党员", "", ("", "", 0)))
    changes = _changes(person, "person.changed", "修改人员信息") + _changes(person, "person.merged", "合并重复记录")
    return _signed(facts, changes)


def approvals_of(organization: Organization) -> QuerySet[Approval]:
    """Decisions about an organization, on paper or in the product."""
    label = organization._meta.label_lower
    return Approval.objects.filter(subject=label, subject_id=organization.pk).select_related("scan")


def scans_of(organization: Organization, approval_id: int) -> QuerySet[File]:
    """The scan of one of these decisions; empty where it has none."""
    return File.objects.filter(pk__in=approvals_of(organization).filter(pk=approval_id).values("scan"))


def _placements(organization: Organization, table: str) -> Iterable[Fact]:
    rows = organization.placements.select_related("parent").order_by("starts_on", "pk")
    for order, row in enumerate(rows):
        if order and row.parent:
            source = ("organization.moved", table, organization.pk)
            yield Fact(row.starts_on, f"调整到“{row.parent.name}”之下", row.basis, source)


def _links(organization: Organization) -> Iterable[Fact]:
    for link in [*organization.links_out.select_related("target"), *organization.links_in.select_related("source")]:
        other = link.target if link.source_id == organization.pk else link.source
        label = Link.Kind(link.kind).label
        yield Fact(link.starts_on, f"{label}:“{other.name}”", link.basis, ("link.made", _label(link), link.pk))
        if link.ends_on:
            yield Fact(link.ends_on, f"解除{label}:“{other.name}”", "", ("link.ended", _label(link), link.pk))


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


def _signed(facts: list[Fact], changes: list[Fact]) -> list[Fact]:
    """Join each fact with the entry that recorded it, and put the newest first; unknown days come last."""
    wanted = {fact.source for fact in facts if fact.source[0]}
    rows = Entry.objects.filter(source__in={source for _, source, _ in wanted}, source_id__in={s[2] for s in wanted})
    found = {
        (kind, source, pk): (at, by)
        for kind, source, pk, at, by in rows.values_list("kind", "source", "source_id", "recorded_at", "by_id")
    }
    for fact in facts:
        if fact.source in found:
            fact.recorded_at, by_id = found[fact.source]
            fact.recorded_by = str(by_id or "")
    everything = facts + changes
    ids = {int(fact.recorded_by) for fact in everything if fact.recorded_by}
    users = dict(User.objects.filter(pk__in=ids).values_list("pk", "display_name"))
    for fact in everything:
        fact.recorded_by = users.get(int(fact.recorded_by), "") if fact.recorded_by else ""
    return sorted(everything, key=lambda fact: fact.on or date.min, reverse=True)


def _label(row: Model) -> str:
    return row._meta.label_lower
