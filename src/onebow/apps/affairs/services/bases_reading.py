"""A list of bases held against a branch's month: what would become of each row."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from onebow.apps.affairs.lists.bases import BaseRow, read_bases
from onebow.apps.affairs.models import DuesBase
from onebow.apps.affairs.queries.dues.sheet import bases_of
from onebow.apps.affairs.rules.dues import problem_of
from onebow.apps.affairs.services.bases import people_of
from onebow.apps.base.fields import blind_index
from onebow.apps.organizations.identity import compact_id
from onebow.apps.organizations.models import Organization, Person
from onebow.apps.organizations.roster.text import compact

NEW, SAME, BAD = "new", "same", "bad"
FATES = {NEW: "将核定", SAME: "没有变化", BAD: "不能核定"}
KINDS = dict(DuesBase.Kind.choices)
WITHOUT = tuple(kind.value for kind in DuesBase.WITHOUT)


@dataclass(frozen=True)
class BaseFate:
    """What becomes of a row: new, known already, or why it cannot be taken in."""

    row: BaseRow
    fate: str
    note: str = ""
    person_id: int | None = None

    @property
    def label(self) -> str:
        """The fate in words."""
        return FATES[self.fate]

    @property
    def kind(self) -> str:
        """The kind in words."""
        return str(KINDS.get(self.row.kind, ""))


@dataclass
class BaseReading:
    """The fates of a list's rows, or why it has none."""

    fates: list[BaseFate] = field(default_factory=list)
    problem: str = ""

    @property
    def new(self) -> list[BaseFate]:
        """Rows to take in."""
        return [one for one in self.fates if one.fate == NEW]

    def count(self, fate: str) -> int:
        """How many rows have that fate."""
        return sum(one.fate == fate for one in self.fates)


def read_list(text: str, branch: Organization, month: date) -> BaseReading:
    """What a pasted list would set from a month on; a fixed number of statements, nothing is written."""
    found = read_bases(text)
    if found.problem:
        return BaseReading(problem=found.problem)
    people = Person.objects.filter(pk__in=people_of(branch, month)).only("name", "id_index")
    named: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        named[compact(person.name)].append(person)
    told = [(row, *_who(row, named, branch)) for row in found.rows]
    twice = Counter(person.pk for _, person, _ in told if person)
    known = bases_of(list(twice), month)
    return BaseReading([_fate(row, person, note, month, twice, known) for row, person, note in told])


def _who(row: BaseRow, named: dict[str, list[Person]], branch: Organization) -> tuple[Person | None, str]:
    """Whom a row means, or why that is not clear."""
    fitting = named.get(row.name, [])
    if row.number:
        index = blind_index(compact_id(row.number))
        fitting = [one for one in fitting if one.id_index in ("", index)]
    if not fitting:
        return None, f"本月“{branch.name}”没有这名党员,请核对姓名或由其所在支部核定。"
    if len(fitting) > 1:
        return None, f"支部有 {len(fitting)} 名{row.name},请加“身份证号”一列分清。"
    return fitting[0], ""


def _fate(
    row: BaseRow, person: Person | None, note: str, month: date, twice: Counter[int], known: dict[int, DuesBase]
) -> BaseFate:
    if row.problem or person is None:
        return BaseFate(row, BAD, row.problem or note)
    if twice[person.pk] > 1:
        return BaseFate(row, BAD, f"{row.name}在清单里出现 {twice[person.pk]} 次,请只留一行。")
    base = amount_for(row)
    if problem := problem_of(row.kind, base, month):
        return BaseFate(row, BAD, problem)
    old = known.get(person.pk)
    if old and old.kind == row.kind and (Decimal(old.base) if old.base else None) == base:
        return BaseFate(row, SAME, "", person.pk)
    return BaseFate(row, NEW, "原来的基数到上月为止" if old and old.starts_on != month else "", person.pk)


def amount_for(row: BaseRow) -> Decimal | None:
    """The base of a row: a nought written for those who have none is nothing."""
    return None if row.kind in WITHOUT and not row.base else row.base
