"""What changed among the members since a plan was made: line by line, never silently."""

from dataclasses import dataclass

from onebow.apps.organizations.models import Person, Seat
from onebow.apps.organizations.queries.restructuring.facts import Facts, Member
from onebow.apps.organizations.queries.restructuring.plan import Plan

JOINED, LEFT, MOVED = "joined", "left", "moved"


@dataclass(frozen=True)
class StaleLine:
    """One member who is not as the plan has it."""

    person: Person
    kind: str
    words: str


def stale_lines(plan: Plan, facts: Facts) -> list[StaleLine]:
    """Members who joined, left, moved or changed since the seats were read, by name."""
    now = {member.person_id: member for member in facts.members}
    then = {seat.person_id: seat for seat in plan.seats}
    lines = [_changed(plan, seat, now.get(person_id)) for person_id, seat in then.items()]
    joined = Person.objects.in_bulk([person_id for person_id in now if person_id not in then])
    lines += [
        StaleLine(person, JOINED, f"新增:{plan.name_of(now[person_id].section_id)},未编入方案")
        for person_id, person in joined.items()
    ]
    return sorted((line for line in lines if line), key=lambda line: (line.kind, line.person.pinyin, line.person.pk))


def _changed(plan: Plan, seat: Seat, member: Member | None) -> StaleLine | None:
    if member is None:
        gone = "个人信息已删除" if seat.person.erased_on else "已合并到另一条记录" if seat.person.merged_into_id else ""
        return StaleLine(seat.person, LEFT, gone or "已不是本单位的党员")
    words = []
    if member.section_id != seat.section_id:
        words.append(f"由{_section(plan, seat.section_id)}调到{_section(plan, member.section_id)}")
    if member.place_id != seat.place_id:
        words.append(f"办公地点由{plan.office_of(seat.place_id)}改为{plan.office_of(member.place_id)}")
    if member.branch_id != seat.branch_id:
        words.append("所在支部已变化")
    if member.standing != seat.standing:
        words.append(f"由{label(seat.standing)}变为{label(member.standing)}")
    return StaleLine(seat.person, MOVED, ";".join(words)) if words else None


def label(standing: str) -> str:
    """A standing in words."""
    return str(Person.Standing(standing).label)


def _section(plan: Plan, section_id: int | None) -> str:
    return f"“{plan.name_of(section_id)}”"
