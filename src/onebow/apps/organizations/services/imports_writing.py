"""Writing a plan: the short part that holds the database's write lock."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain, islice
from typing import Any

from django.db import models

from onebow.apps.base.bulk import Pattern, insert_rows, update_rows
from onebow.apps.ledger.services import Event, record_all
from onebow.apps.organizations.models import (
    Link,
    Membership,
    Organization,
    Placement,
    Post,
    RosterImport,
    RosterRow,
)
from onebow.apps.organizations.models.organizations import segment_of, within
from onebow.apps.organizations.services.imports_people import STAFF_TOLD, PersonPlan
from onebow.apps.organizations.services.imports_plan import Plan, Progress
from onebow.apps.organizations.services.imports_reconciling import Changes, Row

BATCH = 2_000
PERSON_COLUMNS = [
    "name", "pinyin", "initials", "sex", "id_number", "id_index", "born_on", "born_precision", "standing",
    "joined_on", "joined_precision", "full_on", "full_precision", "phone", "phone_index", "note", "version",
    "updated_at",
]  # fmt: skip
COVERING = (*Organization.BRANCH_KINDS, Organization.Kind.GENERAL_BRANCH)
COVERED = (Organization.Kind.SECTION, Organization.Kind.DEPARTMENT)


def write_plan(plan: Plan, source: RosterImport, *, at: datetime, progress: Progress) -> Iterator[Event]:
    """Write everything a plan holds. Must run inside a transaction.

    Returns what is to be recorded once all else is written.
    """
    founded = write_organizations(plan, at)
    _write_people(plan, source, at, progress)
    _write_holdings(plan, source, at, progress)
    made, ended = derive_coverage(plan)
    data = {"created": plan.count("created"), "changed": plan.count("changed"), "links": [made, ended]}
    applied = Event("import.applied", organization_id=plan.state.root.pk, source=source, data=data, happened_on=plan.on)
    return chain(founded, _events_of(plan, source), [applied])


def record_in_batches(events: Iterator[Event], *, by_id: int | None, at: datetime) -> None:
    """Record a batch at a time: as many entries as people would not all be held in memory."""
    while batch := list(islice(events, BATCH)):
        record_all(batch, by_id=by_id, at=at)


def write_organizations(plan: Plan, at: datetime) -> list[Event]:
    """Save offices, then organizations from the top down, then what ties them."""
    todo = plan.organizations
    insert_rows(todo.places)
    levels: dict[int, list[Organization]] = defaultdict(list)
    for organization in todo.new:
        levels[organization.depth].append(organization)
    for depth in sorted(levels):
        _save_level(levels[depth])
    insert_rows([Placement(child=one, parent=one.parent, starts_on=one.starts_on) for one in todo.new])
    for changed in todo.changed:
        changed.updated_at = at
    insert_rows(todo.former)
    update_rows(todo.changed, ["place", "supervisor", "duties", "updated_at"])
    insert_rows(todo.seats)
    return [_founded(one) for one in todo.new]


def _save_level(level: list[Organization]) -> None:
    insert_rows(level)
    for one in level:
        one.path = (one.parent.path if one.parent else "") + segment_of(one.pk)
    update_rows(level, ["path"])


def _founded(one: Organization) -> Event:
    return Event("organization.founded", organization_id=one.pk, source=one, data={"kind": one.kind})


def _write_people(plan: Plan, source: RosterImport, at: datetime, progress: Progress) -> None:
    created = [one.person for one in plan.people if one.fate == "created"]
    insert_rows(created, _teller(progress, len(created), "正在登记人员"))
    changed = [one.person for one in plan.people if one.fate == "changed"]
    for person in changed:
        person.version, person.updated_at = person.version + 1, at
    update_rows(changed, PERSON_COLUMNS, _teller(progress, len(changed), "正在更新人员"))
    insert_rows([one.former for one in plan.people if one.former])
    rows: dict[bool, list[RosterRow]] = {True: [], False: []}
    pattern = Pattern(RosterRow, source=source)
    for one in plan.people:
        if one.content:
            row = pattern.row({"person": one.person}, content=one.content)
            rows[one.person.pk in plan.state.last_rows].append(row)
    insert_rows(rows[False], _teller(progress, len(rows[False]), "正在登记名册"))
    update_rows(rows[True], ["content", "source"], _teller(progress, len(rows[True]), "正在登记名册"))


def _teller(progress: Progress, total: int, text: str) -> Callable[[int], None]:
    return lambda done: progress(done, total, text)


def _write_holdings(plan: Plan, source: RosterImport, at: datetime, progress: Progress) -> None:
    memberships = [change for one in plan.people for change in (one.staff, one.party)]
    _write_changes(Membership, memberships, STAFF_TOLD, (source, at, progress))
    _write_changes(Post, [one.posts for one in plan.people], ("title",), (source, at, progress))


def _write_changes(
    model: type[Row],
    changes: Sequence[Changes[Row]],
    told: Sequence[str],
    occasion: tuple[RosterImport, datetime, Progress],
) -> None:
    source, at, progress = occasion
    deleted = [row.pk for change in changes for row in change.deleted]
    for start in range(0, len(deleted), BATCH):
        model._default_manager.filter(pk__in=deleted[start : start + BATCH]).delete()
    ended: list[Row] = [row for change in changes for row in change.ended]
    altered: list[Row] = [row for change in changes for row in change.changed]
    for row in (*ended, *altered):
        row.updated_at = at
    update_rows(ended, ["ends_on", "updated_at"])
    update_rows(altered, [*told, "updated_at"])
    created = [row for change in changes for row in change.created]
    for new in created:
        if new.source_id != source.pk:
            new.source = source
    insert_rows(created, _teller(progress, len(created), "正在登记隶属和任职"))


def derive_coverage(plan: Plan) -> tuple[int, int]:
    """Work out COVERS anew from where the members of each section sit; entered links are left alone."""
    root = plan.state.root
    staff = Membership.objects.filter(side="staff", ends_on=None, organization__kind__in=COVERED)
    pairs = (
        Membership.objects.filter(
            models.Exists(staff.filter(person=models.OuterRef("person"))),
            side="party",
            ends_on=None,
            person__root=root,
            organization__kind__in=COVERING,
            person__memberships__side="staff",
            person__memberships__ends_on=None,
            person__memberships__organization__kind__in=COVERED,
        )
        .values_list("organization_id", "person__memberships__organization_id")
        .distinct()
    )
    wanted = set(pairs)
    open_links = Link.objects.filter(within(root.path, "target__path"), kind=Link.Kind.COVERS, ends_on=None)
    have = {(link.source_id, link.target_id): link for link in open_links}
    starts_on = None if plan.state.first_on is None or plan.on == plan.state.first_on else plan.on
    new = [
        Link(kind=Link.Kind.COVERS, source_id=one, target_id=other, derived=True, starts_on=starts_on)
        for one, other in sorted(wanted - have.keys())
    ]
    insert_rows(new)
    gone = [link for pair, link in have.items() if link.derived and pair not in wanted]
    _end_links(gone, plan)
    return len(new), len(gone)


def _end_links(gone: Iterable[Link], plan: Plan) -> None:
    """On the day they were worked out they were an error and go; later they end."""
    same_day = plan.state.last_on is None or plan.state.last_on == plan.on
    ids = [link.pk for link in gone]
    links = Link.objects.filter(pk__in=ids)
    if same_day:
        links.delete()
    else:
        links.filter(starts_on=plan.on).delete()
        Link.objects.filter(pk__in=ids).exclude(starts_on__gt=plan.on).update(ends_on=plan.on)


def _events_of(plan: Plan, source: RosterImport) -> Iterator[Event]:
    root_id = plan.state.root.pk
    for one in plan.people:
        if one.fate == "created":
            yield _of_person("person.registered", one, root_id, source, {})
        elif one.fate == "changed":
            yield _of_person("person.changed", one, root_id, source, {"fields": sorted(one.fields)})
            yield from _moves(one, source)


def _of_person(kind: str, one: PersonPlan, root_id: int, source: RosterImport, data: dict[str, Any]) -> Event:
    told = {**data, "import": source.pk}
    return Event(kind, organization_id=root_id, people=((one.person.pk, "subject"),), source=one.person, data=told)


def _moves(one: PersonPlan, source: RosterImport) -> Iterable[Event]:
    people = ((one.person.pk, "subject"),)
    told = (
        ("membership.started", [*one.staff.created, *one.party.created]),
        ("membership.changed", [*one.staff.changed, *one.party.changed]),
        ("membership.ended", [*one.staff.ended, *one.party.ended, *one.staff.deleted, *one.party.deleted]),
        ("post.started", one.posts.created),
        ("post.ended", [*one.posts.ended, *one.posts.deleted]),
    )
    for kind, rows in told:
        for row in rows:
            data = {"import": source.pk}
            yield Event(kind, organization_id=row.organization_id, people=people, source=row, data=data)
