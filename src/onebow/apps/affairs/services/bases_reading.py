"""A list of bases held against a branch's month: what would become of each row."""

from collections import Counter, defaultdict
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
from onebow.apps.plans.lists.fates import BAD, NEW, SAME, PersonFate, Reading

WITHOUT = tuple(kind.value for kind in DuesBase.WITHOUT)


class BaseFate(PersonFate[BaseRow]):
    """A row of a member's base."""

    WORDS = {NEW: "将核定", SAME: "没有变化", BAD: "不能核定"}
    KINDS = dict(DuesBase.Kind.choices)


BaseReading = Reading[BaseFate]


def read_bases_of(text: str, branch: Organization, month: date) -> BaseReading:
    """What a pasted list would set from a month on; a fixed number of statements, nothing is written."""
    found = read_bases(text)
    if found.problem:
        return BaseReading(problem=found.problem)
    people = Person.objects.filter(pk__in=people_of(branch, month)).only("name", "id_index")
    named: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        named[compact(person.name)].append(person)
    told = [(row, *_who(row, named, branch)) for row in found.rows]
    times = Counter(person.pk for _, person, _ in told if person)
    known = bases_of(list(times), month)
    return BaseReading(
        [
            _fate(row, person, month, known.get(person.pk), times[person.pk])
            if person and not row.problem
            else BaseFate(row, BAD, row.problem or note)
            for row, person, note in told
        ]
    )


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


def _fate(row: BaseRow, person: Person, month: date, old: DuesBase | None, times: int) -> BaseFate:
    if times > 1:
        return BaseFate(row, BAD, f"{row.name}在清单里出现 {times} 次,请只留一行。")
    base = amount_for(row)
    if problem := problem_of(row.kind, base, month):
        return BaseFate(row, BAD, problem)
    if old and old.kind == row.kind and (Decimal(old.base) if old.base else None) == base:
        return BaseFate(row, SAME, "", person.pk)
    return BaseFate(row, NEW, "原来的基数到上月为止" if old and old.starts_on != month else "", person.pk)


def amount_for(row: BaseRow) -> Decimal | None:
    """The base of a row: a nought written for those who have none is nothing."""
    return None if row.kind in WITHOUT and not row.base else row.base
