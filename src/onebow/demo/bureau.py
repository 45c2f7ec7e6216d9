"""Builds the demonstration bureau from a seed: pure, no database, no clock."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from onebow.demo import frame, shape
from onebow.demo.crowd import FULL, PROBATIONARY, Crowd, shares, standings
from onebow.demo.days import Days
from onebow.demo.facts import Belonging, Bureau, Duty, Human, Node

LEADER_AGES, HEAD_AGES, DEPUTY_AGES, STAFF_AGES, HIRED_AGES = (46, 57), (36, 55), (32, 52), (24, 58), (23, 40)
TITLE = "云杉区人力资源和社会保障局"
COMPANY = "云杉区众合人力服务公司党支部"
LAW_FIRM = "云杉区律师行业第三联合党支部"


@dataclass
class _Builder:
    """Collects facts section by section."""

    days: Days
    crowd: Crowd
    belongings: list[Belonging] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    cast: dict[str, int] = field(default_factory=dict)
    # Branch number -> heads of its sections who are full members, first choice for its committee.
    heads: dict[int, list[int]] = field(default_factory=dict)

    def place(self, person: Human, node: str, title: str, office: str, **facts: Any) -> date:
        """A person at work, from a day drawn between the founding and now."""
        leaderly = title.endswith(("长", "主任"))
        latest = self.days.first_change - timedelta(days=31) if leaderly else self.days.today - timedelta(days=20)
        # Most came years ago; three in a hundred since the second change.
        if not leaderly and self.crowd.random.random() > 0.03:
            latest = min(latest, self.days.second_change - timedelta(days=31))
        starts_on = self.crowd.entry_day(person, self.days.founded, latest)
        self.belongings.append(
            Belonging(person.key, node, "staff", starts_on, title=title, place=shape.OFFICES[office], **facts)
        )
        return starts_on

    def enrol(self, person: Human, branch: int, since: date) -> None:
        """The Party relation of a member, from entry or admission on."""
        if person.standing in (FULL, PROBATIONARY) and person.joined_on:
            self.belongings.append(
                Belonging(person.key, frame.branch_key(branch), "party", max(since, person.joined_on))
            )


def build(seed: int, today: date, title: str = TITLE) -> Bureau:
    """The bureau of M5 before its reform: 500 people, 320 members, 40 sections, 6 branches and a general branch.

    The same seed and day give the same bureau, to the last character.
    """
    days = Days(today)
    builder = _Builder(days, Crowd(Random(seed), today))  # noqa: S311 (made-up people, no secret)
    deputies = _leaders(builder)
    directors = _directors(builder)
    for index, count in enumerate(_members_by_section()):
        _fill_section(builder, index, count)
    _logistics(builder)
    _party_posts(builder, deputies, directors)
    _past(builder)
    supervisors = {number: builder.crowd.people[key].name for number, key in deputies.items()}
    nodes: tuple[Node, ...] = tuple(frame.nodes(title, supervisors, days))
    return Bureau(
        root=frame.ROOT,
        nodes=nodes,
        areas=frame.areas(),
        people=tuple(builder.crowd.people),
        belongings=tuple(builder.belongings),
        duties=tuple(builder.duties),
        ties=tuple(frame.ties(days)),
        cast=builder.cast,
    )


def _members_by_section() -> list[int]:
    counts = [0] * len(shape.SECTIONS)
    for branch, total in shape.SECTION_MEMBERS.items():
        indexes = [index for index, section in enumerate(shape.SECTIONS) if section.branch == branch]
        weights = [shape.SECTIONS[index].people - _outsiders(index) for index in indexes]
        for index, share in zip(indexes, shares(total, weights), strict=True):
            counts[index] = share
    return counts


def _outsiders(index: int) -> int:
    name = shape.SECTIONS[index].name
    return shape.THIRD_PARTY.get(name, 0) + shape.PART_TIME.get(name, 0)


def _leaders(builder: _Builder) -> dict[int, int]:
    """The director and six deputies; returns branch number -> deputy."""
    deputies = {}
    for number in range(7):
        person = builder.crowd.add(LEADER_AGES, FULL)
        title = "局长" if number == 0 else "副局长"
        since = builder.place(person, frame.unit_key(shape.ORGAN), title, "丽泽")
        builder.enrol(person, max(1, number), since)
        builder.duties += [
            Duty(person.key, frame.ROOT, "deputy_head" if number else "unit_head", title, since),
            Duty(
                person.key,
                frame.GROUP,
                "committee_member" if number else "secretary",
                "党组成员" if number else "党组书记",
                since,
            ),
        ]
        if number:
            deputies[number] = person.key
        else:
            builder.cast["unit_head"] = person.key
    return deputies


def _directors(builder: _Builder) -> dict[int, int]:
    """The heads of the four institutions; returns branch number -> director."""
    directors = {}
    for unit, branch in shape.DIRECTOR_BRANCH.items():
        person = builder.crowd.add(LEADER_AGES, FULL)
        title = "院长" if unit == shape.COURT else "主任"
        since = builder.place(person, frame.unit_key(unit), title, shape.DIRECTOR_OFFICE[unit])
        builder.enrol(person, branch, since)
        builder.duties.append(Duty(person.key, frame.unit_key(unit), "unit_head", title, since))
        directors[branch] = person.key
    return directors


def _fill_section(builder: _Builder, index: int, members: int) -> None:
    section, node = shape.SECTIONS[index], frame.section_key(index)
    insiders = section.people - _outsiders(index)
    lay = section.name in shape.LAY_HEADS
    rows = standings(insiders, members, head_is_member=not lay, probationary=section.name in shape.PROBATIONARY_IN)
    for position, standing in enumerate(rows):
        title, ages, role = _rank(section.name, position, section.people)
        person = builder.crowd.add(ages, standing)
        since = builder.place(person, node, title, section.office)
        builder.enrol(person, section.branch, since)
        if role:
            builder.duties.append(Duty(person.key, node, role, title, since))
        if position == 0 and not lay:
            builder.heads.setdefault(section.branch, []).append(person.key)
        _cast(builder, section.name, position, person)
    _add_outsiders(builder, section, node)


def _rank(name: str, position: int, people: int) -> tuple[str, tuple[int, int], str]:
    noun = "主任" if name in ("办公室", "信息中心") else "队长" if name.endswith("队") else "科长"
    if position == 0:
        return noun, HEAD_AGES, "unit_head"
    if position == 1 and people >= 9:
        return f"副{noun}", DEPUTY_AGES, "deputy_head"
    return ("一级科员" if position % 3 else "四级主任科员"), STAFF_AGES, ""


def _cast(builder: _Builder, section: str, position: int, person: Human) -> None:
    """The people behind the demonstration sign-ins, all of one section, so that their views can be compared."""
    if section != "就业促进科":
        return
    if position == 0:
        builder.cast["secretary"] = person.key
    elif person.standing == FULL and position == 3:
        builder.cast["member"] = person.key
    elif not person.joined_on and "staff" not in builder.cast:
        builder.cast["staff"] = person.key


def _add_outsiders(builder: _Builder, section: shape.SectionShape, node: str) -> None:
    for number in range(shape.THIRD_PARTY.get(section.name, 0)):
        person = builder.crowd.add(HIRED_AGES, FULL if number == 0 else "")
        elsewhere = COMPANY if number == 0 else ""
        facts = {"engagement": "third_party", "relation_elsewhere": elsewhere}
        builder.place(person, node, "窗口服务人员", section.office, **facts)
    for _ in range(shape.PART_TIME.get(section.name, 0)):
        person = builder.crowd.add(HEAD_AGES, FULL)
        facts = {"engagement": "part_time", "relation_elsewhere": LAW_FIRM}
        builder.place(person, node, "兼职仲裁员", section.office, **facts)


def _logistics(builder: _Builder) -> None:
    """A unit with two members: too few for a branch of its own."""
    node = frame.unit_key(shape.LOGISTICS)
    for position, standing in enumerate((FULL, FULL, "", "")):
        person = builder.crowd.add(STAFF_AGES, standing)
        since = builder.place(person, node, "主任" if position == 0 else "职员", "丽泽")
        builder.enrol(person, 1, since)
        if position == 0:
            builder.duties.append(Duty(person.key, node, "unit_head", "主任", since))


def _party_posts(builder: _Builder, deputies: dict[int, int], directors: dict[int, int]) -> None:
    """Secretaries are the deputies; in the second branch the head of a section since the second change (一肩挑)."""
    elected = builder.days.first_change
    for number in range(1, shape.GENERAL + 1):
        node, heads = frame.branch_key(number), builder.heads[number]
        lead = directors[number] if number == shape.GENERAL else deputies[number]
        if number == 2:
            change = builder.days.second_change
            builder.duties.append(Duty(lead, node, "secretary", "书记", elected, change, "elected"))
            builder.duties.append(Duty(heads[0], node, "secretary", "书记", change, None, "elected"))
            heads = heads[1:]
        else:
            builder.duties.append(Duty(lead, node, "secretary", "书记", elected, None, "elected"))
        roles = ("organization_member", "publicity_member", "discipline_member")
        for role, label, key in zip(roles, ("组织委员", "宣传委员", "纪检委员"), heads, strict=False):
            builder.duties.append(Duty(key, node, role, label, elected, None, "elected"))
    builder.duties.append(Duty(deputies[1], frame.COMMITTEE, "secretary", "书记", elected, None, "elected"))
    builder.cast["committee"] = deputies[1]
    builder.duties.append(Duty(deputies[6], frame.UNION, "chair", "主席", elected, None, "elected"))


def _past(builder: _Builder) -> None:
    """Give some present memberships a past: the dissolved section, the one that moved, six transfers."""
    random, days = builder.crowd.random, builder.days
    old_enough = [
        row
        for row in builder.belongings
        if row.side == "staff" and row.starts_on < days.first_change and not row.title.endswith(("长", "主任"))
    ]
    social = [frame.section_key(frame.index_of("档案科")), frame.section_key(frame.index_of("居民保险科"))]
    from_dissolved = [row for row in old_enough if row.node in social][:5]
    for row in from_dissolved:
        _split(builder, row, frame.DISSOLVED, days.first_change)
    movers = random.sample([row for row in old_enough if row not in from_dissolved and row.node in _QUIET], 6)
    for row in movers:
        twin = _QUIET[row.node]
        _split(builder, row, twin, days.second_change)
    moved = frame.section_key(frame.MOVED)
    workers = {row.person for row in builder.belongings if row.node == moved}
    for row in [row for row in builder.belongings if row.side == "party" and row.person in workers]:
        if row.starts_on < days.second_change:
            _split(builder, row, frame.FORMER_BRANCH_OF_CENTRE, days.second_change)


# Sections of one branch that exchange people: who moves between them keeps the Party relation.
_QUIET = {
    frame.section_key(frame.index_of("审核一科")): frame.section_key(frame.index_of("审核二科")),
    frame.section_key(frame.index_of("审核二科")): frame.section_key(frame.index_of("审核一科")),
    frame.section_key(frame.index_of("立案科")): frame.section_key(frame.index_of("调解科")),
    frame.section_key(frame.index_of("调解科")): frame.section_key(frame.index_of("立案科")),
}


def _split(builder: _Builder, row: Belonging, before: str, on: date) -> None:
    """The person was elsewhere until a day, and is here from then on."""
    position = builder.belongings.index(row)
    builder.belongings[position : position + 1] = [replace(row, node=before, ends_on=on), replace(row, starts_on=on)]
