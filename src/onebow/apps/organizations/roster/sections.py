"""Units, sections and offices: which exist, and which of them each row means."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from onebow.apps.organizations.roster.facts import Note, PersonFacts, SectionFacts
from onebow.apps.organizations.roster.organizations import key_of, read_organization
from onebow.apps.organizations.roster.sheets import Table, data_rows
from onebow.apps.organizations.roster.text import compact
from onebow.apps.organizations.roster.words import quoted

OFFICE_WORD = "办公区"


@dataclass(frozen=True)
class Known:
    """What the database knows below the root: names as `key_of` gives them; unit empty is the root itself."""

    root: str = ""
    units: frozenset[str] = frozenset()
    sections: frozenset[tuple[str, str]] = frozenset()
    places: frozenset[str] = frozenset()


UNIT_NAME = re.compile(r".*(局|中心|院|队|所|站|机关|馆|校|处|委|办|分局|公司|街道|镇|乡|本级|服务厅|基地|医院|总站)")


def units_by_sheet(tables: list[Table], known: Known) -> dict[str, str]:
    """Sheet → unit, where each unit has its own sheet and no column says it; other sheets are left out."""
    bare = [table.sheet.name for table in tables if "unit" not in table.header.columns]
    named = [name for name in bare if UNIT_NAME.fullmatch(compact(name)) or key_of(name) in known.units]
    # One sheet alone is the whole roster, whatever its name.
    return {name: compact(name) for name in named} if len(tables) > 1 else {}


@dataclass
class Directory:
    """All units and sections that rows may name."""

    known: Known
    sections: dict[tuple[str, str], SectionFacts] = field(default_factory=dict)
    # Named by an organization sheet without a column of units: each belongs to the units whose people name it.
    unplaced: set[str] = field(default_factory=set)
    # No sheet of organizations and none in the database: the rows themselves found them.
    open: bool = False
    units: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.units |= self.known.units

    def unit_of(self, name: str) -> str:
        """A unit's name, empty for the root."""
        return "" if key_of(name) == key_of(self.known.root) else name

    def add(self, section: SectionFacts) -> None:
        """Take a section in; the first mention counts."""
        self.sections.setdefault((key_of(section.unit), key_of(section.name)), section)
        self.units.add(key_of(section.unit))

    def settle(self, person: PersonFacts) -> tuple[str, Note] | None:
        """Put the person into a known unit and section; if there is none, into the body, and say so."""
        person.unit = self.unit_of(person.unit)
        unit, section = key_of(person.unit), key_of(person.section)
        if unit and unit not in self.units and not (self.open or self.unplaced):
            note = _unknown_unit(person)
            person.unit, person.section_unknown, person.section = "", bool(section), ""
            return "unit", note
        if not section or (unit, section) in self.sections or (unit, section) in self.known.sections:
            return None
        if self.open or section in self.unplaced:
            self.add(SectionFacts(person.unit, person.section))
            return None
        note = _unknown_section(person)
        person.section_unknown, person.section = True, ""
        return "section", note


def _unknown_unit(person: PersonFacts) -> Note:
    message = f"机构设置中没有单位“{person.unit}”,人员暂时放在上级单位。"
    return Note("warning", "unknown_unit", message, "请改正单位名称,或先在机构设置中补上。")


def _unknown_section(person: PersonFacts) -> Note:
    message = f"机构设置中,{person.unit or '本单位'}没有“{person.section}”,人员暂时放在单位。"
    return Note("warning", "unknown_section", message, "请改正科室名称,或先在机构设置中补上后重新导入。")


def directory_of(tables: Iterable[Table], known: Known) -> Directory:
    """The directory of the organization sheets and the database."""
    directory = Directory(known)
    seen = False
    for table in tables:
        seen = True
        for row in data_rows(table):
            unit, name, place = (
                read_organization(table.cell(row, column)).value for column in ("unit", "section", "place")
            )
            supervisor, duties = (quoted(table.cell(row, column)) for column in ("supervisor", "duties"))
            if "unit" in table.header.columns:
                directory.add(SectionFacts(directory.unit_of(unit), name, place, supervisor[:40], duties))
            else:
                directory.unplaced.add(key_of(name))
    directory.open = not seen and not known.sections
    return directory


def full_places(people: Iterable[PersonFacts], sections: Iterable[SectionFacts], known: Known) -> set[str]:
    """All offices that are written in full anywhere."""
    places = {person.place for person in people} | {section.place for section in sections} | known.places
    return {place for place in places if place}


def full_place(place: str, places: set[str]) -> str:
    """The full name of an office written short: 丽泽 is 丽泽办公区 where that is known."""
    longer = place + OFFICE_WORD
    return longer if place and not place.endswith(OFFICE_WORD) and longer in places else place


def completed(directory: Directory, people: Iterable[PersonFacts], places: set[str]) -> list[SectionFacts]:
    """Sections with the office most of their people sit in and the supervisor all of them name, where not given."""
    offices: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    supervisors: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for person in people:
        if person.section:
            key = (key_of(person.unit), key_of(person.section))
            if person.place:
                offices[key][person.place] += 1
            if person.supervisor:
                supervisors[key].add(person.supervisor)
    full = []
    for key, section in directory.sections.items():
        usual = offices[key].most_common(1)
        place = full_place(section.place, places) or (usual[0][0] if usual else "")
        only = supervisors[key]
        supervisor = section.supervisor or (next(iter(only)) if len(only) == 1 else "")
        full.append(replace(section, place=place, supervisor=supervisor))
    return full
