"""The organizations of the demonstration bureau, with what changed among them."""

from collections.abc import Iterator

from onebow.demo import shape
from onebow.demo.days import Days
from onebow.demo.facts import Area, Node, Tie

ROOT, COMMITTEE, GROUP, UNION = "root", "committee", "leading-group", "union"
DISSOLVED = "section:retired"
FORMER_BRANCH_OF_CENTRE = f"branch:{shape.GENERAL}"


def unit_key(unit: int) -> str:
    """The key of a unit under the bureau."""
    return f"unit:{unit}"


def section_key(index: int) -> str:
    """The key of the section with that place in the table."""
    return f"section:{index}"


def branch_key(number: int) -> str:
    """The key of a branch, 7 being the general branch."""
    return f"branch:{number}"


def index_of(name: str) -> int:
    """The place of the first section of that name in the table."""
    return next(index for index, section in enumerate(shape.SECTIONS) if section.name == name)


# Moved from the social-insurance centre into the organ, with its people, at the second change.
MOVED = index_of("信息中心")
RENAMED = index_of("创业指导科")


def areas() -> tuple[Area, ...]:
    """Five office areas and a members' home."""
    offices = (Area(name, address=f"云杉区{name.removesuffix('办公区')}路1号") for name in shape.OFFICES.values())
    home = Area("党员之家", "members_home", "云杉区丽泽路1号二层", "党员大会、主题党日和党课")
    return (*offices, home)


def nodes(title: str, supervisors: dict[int, str], days: Days) -> Iterator[Node]:
    """All organizations of both trees, parents first. `supervisors`: branch number -> deputy director's name."""
    start = days.founded
    yield Node(ROOT, "unit", title, starts_on=start, place=shape.OFFICES["丽泽"])
    yield Node(GROUP, "leading_group", f"{title}党组", parent=ROOT, starts_on=start, rank=90)
    yield Node(COMMITTEE, "organ_committee", f"{title}机关党委", set_in=ROOT, starts_on=start)
    yield Node(UNION, "union", f"{title}工会", set_in=ROOT, starts_on=start)
    for index, name in enumerate(shape.UNITS):
        office = shape.OFFICES[shape.DIRECTOR_OFFICE.get(index, "丽泽")]
        yield Node(unit_key(index), "unit", name, parent=ROOT, starts_on=start, rank=index + 1, place=office)
    for number, name in enumerate(shape.BRANCHES, start=1):
        general = number == shape.GENERAL
        yield Node(
            branch_key(number),
            "general_branch" if general else "branch",
            name,
            parent=COMMITTEE,
            set_in=unit_key(shape.SOCIAL) if general else "",
            starts_on=start,
            rank=number,
            place=shape.OFFICES["南院" if general else "丽泽"],
            supervisor=supervisors.get(number, ""),
            term_ends_on=days.term_ends_on,
        )
    yield from _sections(supervisors, days)
    for rank, (section, name) in enumerate(shape.CHAINS):
        yield Node(
            f"chain:{rank}", "service_chain", name, parent=section_key(index_of(section)), starts_on=days.founded
        )


def ties(days: Days) -> Iterator[Tie]:
    """Which branch covers which section, unit by unit."""
    for index, section in enumerate(shape.SECTIONS):
        start = days.second_change if index == MOVED else days.founded
        yield Tie("covers", branch_key(section.branch), section_key(index), start)
    yield Tie("covers", branch_key(1), unit_key(shape.LOGISTICS), days.founded)
    yield Tie("covers", FORMER_BRANCH_OF_CENTRE, section_key(MOVED), days.founded, days.second_change)
    yield Tie("covers", FORMER_BRANCH_OF_CENTRE, DISSOLVED, days.founded, days.first_change)


def _sections(supervisors: dict[int, str], days: Days) -> Iterator[Node]:
    for index, section in enumerate(shape.SECTIONS):
        yield Node(
            section_key(index),
            "section",
            section.name,
            parent=unit_key(section.unit),
            starts_on=days.founded,
            rank=index + 1,
            place=shape.OFFICES[section.office],
            # The centre is led by the first deputy, as its general branch has no deputy of its own.
            supervisor=supervisors.get(section.branch, supervisors.get(1, "")),
            duties=section.duties,
            former_names=(("创业服务科", days.second_change),) if index == RENAMED else (),
            former_parents=((unit_key(shape.SOCIAL), days.second_change),) if index == MOVED else (),
        )
    yield Node(
        DISSOLVED,
        "section",
        "退休人员服务科",
        parent=unit_key(shape.SOCIAL),
        starts_on=days.founded,
        ends_on=days.first_change,
        rank=len(shape.SECTIONS) + 1,
        place=shape.OFFICES["南院"],
        duties="退休人员社会化管理",
    )
