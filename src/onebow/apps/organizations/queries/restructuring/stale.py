"""What changed among the members since a plan was made: line by line, never silently."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import Organization, Person, Place, PlannedOrganization, Seat
from onebow.apps.organizations.queries.restructuring.facts import Facts, Member
from onebow.apps.organizations.queries.restructuring.lines import ending, parent_id_of
from onebow.apps.organizations.queries.restructuring.plan import Plan

JOINED, LEFT, MOVED = "joined", "left", "moved"


@dataclass(frozen=True)
class StaleLine:
    """One member who is not as the plan has it."""

    person: Person
    kind: str
    words: str

    @property
    def name(self) -> str:
        """Who is not."""
        return self.person.name


@dataclass(frozen=True)
class StaleOrganization:
    """An organization that was changed otherwise than by the plan."""

    name: str
    words: str


def stale_lines(plan: Plan, facts: Facts) -> list[StaleLine]:
    """Members who joined, left, moved or changed since the seats were read, by name."""
    now = {member.person_id: member for member in facts.members}
    then = {seat.person_id: seat for seat in plan.seats}
    names = _names(plan, now, then)
    lines = [_changed(names, seat, now.get(person_id)) for person_id, seat in then.items()]
    joined = Person.objects.in_bulk([person_id for person_id in now if person_id not in then])
    lines += [
        StaleLine(person, JOINED, f"新增:{names.section(now[person_id].section_id)},未编入方案")
        for person_id, person in joined.items()
    ]
    return sorted((line for line in lines if line), key=lambda line: (line.kind, line.person.pinyin, line.person.pk))


def ended_organizations(plan: Plan, facts: Facts) -> list[StaleOrganization]:
    """What the plan goes on with, or sets an organization in, and stands no more."""
    return [*_ended(plan, facts)]


def stale_organizations(plan: Plan, facts: Facts, since: datetime) -> list[StaleOrganization]:
    """What was founded, ended, renamed or moved since the plan was handed in: enacting it would undo that."""
    return [*_ended(plan, facts), *_founded(plan, facts, since), *_renamed(plan, since), *_moved(plan, since)]


def _ended(plan: Plan, facts: Facts) -> Iterator[StaleOrganization]:
    for one in plan.organizations:
        row = one.row
        if row.continues is not None and row.continues.pk not in facts.organizations:
            yield StaleOrganization(row.continues.name, "已撤销或不在本单位,不能沿用")
        if row.unit is not None and row.unit.pk not in plan.places.nodes:
            yield StaleOrganization(row.unit.name, f"已撤销或不在本单位,“{row.name}”不能设在其中")


def _founded(plan: Plan, facts: Facts, since: datetime) -> Iterator[StaleOrganization]:
    for one in ending(plan, facts):
        if one.created_at > since:
            yield StaleOrganization(one.name, "在方案提交后设立")


def _renamed(plan: Plan, since: datetime) -> Iterator[StaleOrganization]:
    for row, now in _changed_since(plan, "organization.renamed", since):
        if row.name != now.name:
            yield StaleOrganization(row.name, f"在方案提交后更名为“{now.name}”")


def _moved(plan: Plan, since: datetime) -> Iterator[StaleOrganization]:
    for row, now in _changed_since(plan, "organization.moved", since):
        if now.parent_id != parent_id_of(row, plan):
            yield StaleOrganization(now.name, "在方案提交后调整了上级")


def _changed_since(plan: Plan, kind: str, since: datetime) -> Iterator[tuple[PlannedOrganization, Organization]]:
    """What goes on and was changed so, with what it is now: the day of a change may lie before the hour it was told."""
    rows = {one.row.continues.pk: one.row for one in plan.organizations if one.row.continues}
    told = Entry.objects.filter(kind=kind, recorded_at__gt=since, source=Organization._meta.label_lower)
    for number in told.filter(source_id__in=rows).order_by("source_id").values_list("source_id", flat=True).distinct():
        row = rows[number or 0]
        assert row.continues is not None  # noqa: S101 (by what the rows were chosen)
        yield row, row.continues


@dataclass(frozen=True)
class _Names:
    """Sections and office areas by id, those of the plan and those of today."""

    sections: Mapping[int, str]
    places: Mapping[int, str]

    def section(self, number: int | None) -> str:
        return self.sections.get(number or 0, "不在本单位工作")

    def place(self, number: int | None) -> str:
        return self.places.get(number or 0, "办公地点不详")


def _names(plan: Plan, now: Mapping[int, Member], then: Mapping[int, Seat]) -> _Names:
    sections = {number: node.name for number, node in plan.places.nodes.items()}
    places = {number: place.name for number, place in plan.offices.items()}
    # What ended since, and what nobody sat in before; mostly nothing, and then nothing is asked.
    if gone := {seat.section_id for seat in then.values()} - sections.keys() - {None}:
        sections |= dict(Organization.objects.filter(pk__in=gone).values_list("pk", "name"))
    if new := {member.place_id for member in now.values()} - places.keys() - {None}:
        places |= dict(Place.objects.filter(pk__in=new).values_list("pk", "name"))
    return _Names(sections, places)


def _changed(names: _Names, seat: Seat, member: Member | None) -> StaleLine | None:
    if member is None:
        gone = "个人信息已删除" if seat.person.erased_on else "已合并到另一条记录" if seat.person.merged_into_id else ""
        return StaleLine(seat.person, LEFT, gone or "已不是本单位的党员")
    words = []
    if member.section_id != seat.section_id:
        words.append(f"由“{names.section(seat.section_id)}”调到“{names.section(member.section_id)}”")
    if member.place_id != seat.place_id:
        words.append(f"办公地点由{names.place(seat.place_id)}改为{names.place(member.place_id)}")
    if member.branch_id != seat.branch_id:
        words.append("所在支部已变化")
    if member.standing != seat.standing:
        words.append(f"由{label(seat.standing)}变为{label(member.standing)}")
    return StaleLine(seat.person, MOVED, ";".join(words)) if words else None


def label(standing: str) -> str:
    """A standing in words."""
    return str(Person.Standing(standing).label)
