"""A workbook → the facts of a roster and the findings in it."""

from collections.abc import Callable
from datetime import date

from onebow.apps.base.refusals import Refused
from onebow.apps.documents.tables import Limits, Row, Workbook
from onebow.apps.organizations.roster.dates import date_in_title
from onebow.apps.organizations.roster.facts import SEVERITIES, Finding, Note, PersonFacts, RosterFacts
from onebow.apps.organizations.roster.joining import join_people
from onebow.apps.organizations.roster.looks import looks_of
from onebow.apps.organizations.roster.people import RowReader
from onebow.apps.organizations.roster.sections import (
    Known,
    completed,
    directory_of,
    full_place,
    full_places,
    units_by_sheet,
)
from onebow.apps.organizations.roster.sheets import Table, data_rows, table_of

NO_HEADER = (
    "没有找到人员表:前 20 行里没有同时含“姓名”和其他列(如身份号码、科室、政治面貌)的表头。请确认表头文字后重新上传。"
)
NO_ROWS = Note("warning", "no_rows", "表头下面没有任何人员,什么也没有导入。", "请确认上传的是填好的名册。")
Progress = Callable[[int, int], None]
STEP = 2_000
MAX_ROWS = Limits().rows


def read_roster(
    book: Workbook, known: Known, *, on: date | None = None, progress: Progress = lambda done, total: None
) -> RosterFacts:
    """Read people and sections; `on` is the roster's day where the title does not say it, or is overruled.

    Raises:
        Refused: no sheet has a header of people.
    """
    tables = [table for sheet in book.sheets if sheet.rows and (table := table_of(sheet))]
    people = [table for table in tables if table.people]
    if not people:
        raise Refused(NO_HEADER)
    facts = RosterFacts(title=people[0].title)
    facts.dated = on or next((day for table in people if (day := date_in_title(table.title))), None)
    facts.findings.extend(looks_of(book, tables))
    _read_people(people, facts, progress)
    if facts.rows == 0:
        facts.findings.append(people[0].finding(Row(people[0].header.row, []), "", NO_ROWS))
    _settle(tables, facts, known)
    _say_late_conversions(people, facts)
    order = {sheet.name: number for number, sheet in enumerate(book.sheets)}
    facts.findings.sort(key=lambda finding: (order[finding.sheet], finding.row, -_weight(finding)))
    return facts


def _weight(finding: Finding) -> int:
    return -list(SEVERITIES).index(finding.severity)


def _read_people(tables: list[Table], facts: RosterFacts, progress: Progress) -> None:
    total = sum(len(table.sheet.rows) for table in tables)
    for table in tables:
        reader = RowReader(table, facts.findings)
        for row in data_rows(table):
            facts.rows += 1
            if facts.rows > MAX_ROWS:
                raise Refused(f"名册超过 {MAX_ROWS} 行,没有读取。请拆分后分次导入。")
            if facts.rows % STEP == 0:
                progress(facts.rows, total)
            if person := reader.read(row):
                facts.people.append(person)
            else:
                facts.refused.append((table.sheet.name, row.number))


def _settle(tables: list[Table], facts: RosterFacts, known: Known) -> None:
    """Organizations, offices and doubles: what needs all rows at once."""
    directory = directory_of((table for table in tables if not table.people), known)
    places = full_places(facts.people, directory.sections.values(), known)
    say = _sayer(tables, facts.findings)
    by_sheet = units_by_sheet([table for table in tables if table.people], known)
    for table in tables:
        if unit := by_sheet.get(table.sheet.name):
            facts.findings.append(table.finding(Row(table.header.row, []), "", _unit_of_sheet(unit)))
    for person in facts.people:
        person.unit = person.unit or by_sheet.get(person.sheet, "")
        if (place := full_place(person.place, places)) != person.place:
            person.place = place
            say(person, "place", Note("info", "normalised", f"已规范为“{place}”。"))
        if settled := directory.settle(person):
            say(person, *settled)
    facts.people = join_people(facts.people, say)
    facts.sections = completed(directory, facts.people, places)


def _unit_of_sheet(unit: str) -> Note:
    return Note("info", "unit_from_sheet", f"这张表没有单位列,其中人员的单位按表名“{unit}”读取。")


def _sayer(tables: list[Table], findings: list[Finding]) -> Callable[[PersonFacts, str, Note], None]:
    by_name = {table.sheet.name: table for table in tables if table.people}
    rows: dict[str, dict[int, Row]] = {}

    def say(person: PersonFacts, column: str, note: Note) -> None:
        table = by_name[person.sheet]
        if person.sheet not in rows:
            rows[person.sheet] = {row.number: row for row in table.sheet.rows}
        findings.append(table.finding(rows[person.sheet][person.row], column, note))

    return say


def _say_late_conversions(tables: list[Table], facts: RosterFacts) -> None:
    if facts.dated is None:
        return
    say = _sayer(tables, facts.findings)
    for person in facts.people:
        if person.standing == "full_member" and person.full and person.full.on > facts.dated:
            message = f"转正时间晚于名册日期({facts.dated.isoformat()}),到期前按预备党员计。"
            say(person, "full", Note("info", "full_after_roster", message))
