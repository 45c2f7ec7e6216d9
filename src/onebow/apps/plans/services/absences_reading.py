"""A list of leave and trips held against what is recorded: which of its rows are new."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import Membership, Person
from onebow.apps.organizations.queries.reach import Operator, Reach
from onebow.apps.organizations.roster.text import compact
from onebow.apps.plans.lists.away import AwayRow, read_away
from onebow.apps.plans.lists.fates import BAD, NEW, SAME, PersonFate, Reading
from onebow.apps.plans.models import Away
from onebow.apps.plans.queries.absences import away_between, people_led
from onebow.apps.plans.rules import absences as rules


class AwayFate(PersonFate[AwayRow]):
    """A row of leave or a trip."""

    WORDS = {NEW: "将登记", SAME: "已登记", BAD: "不能登记"}
    KINDS = dict(Away.Kind.choices)


AwayReading = Reading[AwayFate]


def read_absences(text: str, authority: Reach | Operator, today: date) -> AwayReading:
    """What a pasted list would record on that authority; a fixed number of statements, nothing is written."""
    found = read_away(text, today.year)
    if found.problem:
        return AwayReading(problem=found.problem)
    people = _people(found.rows, authority, today)
    sections = _sections([one for named in people.values() for one in named], today)
    taken = _taken(found.rows, people)
    return AwayReading([_fate(row, people.get(row.name, []), sections, taken) for row in found.rows])


def _people(rows: Iterable[AwayRow], authority: Reach | Operator, today: date) -> dict[str, list[Person]]:
    named: dict[str, list[Person]] = defaultdict(list)
    names = {row.name for row in rows if row.name}
    for person in people_led(authority, today).filter(name__in=names):
        named[person.name].append(person)
    return named


def _sections(people: Iterable[Person], today: date) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    rows = Membership.objects.on(today).filter(person__in=[one.pk for one in people])
    for person_id, name in rows.values_list("person_id", "organization__name"):
        found[person_id].add(compact(name))
    return found


def _taken(rows: Iterable[AwayRow], people: dict[str, list[Person]]) -> dict[int, list[Away]]:
    """What is recorded of these people around the days of the list."""
    days = [day for row in rows for day in (row.first, row.last) if day]
    found: dict[int, list[Away]] = defaultdict(list)
    if days:
        ids = [one.pk for named in people.values() for one in named]
        for away in away_between(ids, min(days), max(days)):
            found[away.person_id].append(away)
    return found


def _fate(row: AwayRow, named: list[Person], sections: dict[int, set[str]], taken: dict[int, list[Away]]) -> AwayFate:
    if row.problem:
        return AwayFate(row, BAD, row.problem)
    fitting = [one for one in named if not row.section or row.section in sections[one.pk]]
    if len(fitting) != 1:
        return AwayFate(row, BAD, _unclear(row, named, fitting))
    person, draft = fitting[0], _unsaved(row, fitting[0])
    others = [one for one in taken[person.pk] if _touch(one, draft)]
    if any(_same(one, draft) for one in others):
        return AwayFate(row, SAME, "", person.pk)
    try:
        rules.check_days(*_days(row))
        rules.check_no_overlap(person, others)
    except Refused as refused:
        return AwayFate(row, BAD, str(refused), person.pk)
    taken[person.pk].append(draft)
    return AwayFate(row, NEW, "", person.pk)


def _unclear(row: AwayRow, named: list[Person], fitting: list[Person]) -> str:
    if not named:
        return f"您所管理的人员中没有“{row.name[:20]}”。"
    if not fitting:
        return f"“{row.name}”不在“{row.section[:30]}”,请核对科室。"
    return f"有 {len(fitting)} 名“{row.name}”,请加一列“科室”写明是哪一位。"


def _days(row: AwayRow) -> tuple[date, date]:
    if row.first is None or row.last is None:
        raise Refused("日期看不懂。")
    return row.first, row.last


def _unsaved(row: AwayRow, person: Person) -> Away:
    """The row as an absence that is not written; its last day is the last one away."""
    first, last = _days(row)
    return rules.unsaved(person.pk, row.kind, first, last)


def _touch(one: Away, other: Away) -> bool:
    return bool(
        one.starts_on and one.ends_on and other.starts_on and other.ends_on
        and one.starts_on < other.ends_on and other.starts_on < one.ends_on
    )  # fmt: skip


def _same(one: Away, other: Away) -> bool:
    return (one.kind, one.starts_on, one.ends_on) == (other.kind, other.starts_on, other.ends_on)
