"""One row → one person, with the notes about each cell."""

from collections.abc import Callable
from typing import Any

from onebow.apps.documents.tables import Row
from onebow.apps.organizations.identity import born_on_of, sex_of
from onebow.apps.organizations.roster.dates import read_date
from onebow.apps.organizations.roster.facts import DateFact, Finding, Note, PersonFacts, Reading
from onebow.apps.organizations.roster.numbers import HIDDEN, read_id, read_phone
from onebow.apps.organizations.roster.organizations import (
    GENERAL_KINDS,
    is_leaders,
    kind_of_branch,
    read_branch,
    read_organization,
)
from onebow.apps.organizations.roster.sheets import Table
from onebow.apps.organizations.roster.text import plain
from onebow.apps.organizations.roster.words import (
    elsewhere_of,
    engagement_of,
    quoted,
    read_name,
    read_sex,
    read_standing,
)

READERS: dict[str, Callable[[Any], Reading[Any]]] = {
    "sex": read_sex,
    "id_number": read_id,
    "born": read_date,
    "standing": read_standing,
    "joined": read_date,
    "full": read_date,
    "unit": read_organization,
    "section": read_organization,
    "place": read_organization,
    "branch": read_branch,
    "phone": read_phone,
}


class RowReader:
    """Reads rows of one table; `refused` tells of the last row whether an error stands in it."""

    def __init__(self, table: Table, findings: list[Finding]) -> None:
        self.table, self.findings = table, findings
        columns = table.header.columns
        self.readers = [(name, columns[name], reader) for name, reader in READERS.items() if name in columns]
        self.refused = False

    def say(self, row: Row, name: str, note: Note) -> None:
        """Put a note about a cell of the row among the findings."""
        self.findings.append(self.table.finding(row, name, note))
        self.refused = self.refused or note.severity == "error"

    def read(self, row: Row) -> PersonFacts | None:
        """The person of a row; None if the row is refused."""
        self.refused = False
        name = self._name(row)
        if not name:
            missing = Note(
                "error", "missing_name", "没有姓名,本行没有导入。", "请补填姓名后重新导入;不是人员的行请删除。"
            )
            self.say(row, "name", missing)
        values = self._values(row)
        branch, branch_title = values.pop("branch", ("", ""))
        person = PersonFacts(
            sheet=self.table.sheet.name,
            row=row.number,
            name=name,
            branch=branch,
            branch_title=quoted(self.table.cell(row, "branch_title")) or branch_title,
            title=quoted(self.table.cell(row, "title"))[:60],
            supervisor=quoted(self.table.cell(row, "supervisor"))[:40],
            note=quoted(self.table.cell(row, "note")),
            **values,
        )
        self._complete(person, row)
        self._check(person, row)
        return None if self.refused else person

    def _name(self, row: Row) -> str:
        reading = read_name(self.table.cell(row, "name"))
        for note in reading.notes:
            self.say(row, "name", note)
        return reading.value

    def _values(self, row: Row) -> dict[str, Any]:
        """The regular values of the cells that are filled."""
        cells, width = row.cells, len(row.cells)
        values: dict[str, Any] = {}
        for name, column, reader in self.readers:
            cell = cells[column] if column < width else None
            if cell is None:
                continue
            reading = reader(cell)
            for note in reading.notes:
                self.say(row, name, note)
            if HIDDEN in reading.notes:
                values["silent"] = values.get("silent", frozenset()) | {name}
            if reading.value is not None:
                values[name] = reading.value
        return values

    def _complete(self, person: PersonFacts, row: Row) -> None:
        """What follows from several cells together."""
        if is_leaders(person.section):
            person.leader, person.section = True, ""
        kind = quoted(self.table.cell(row, "engagement"))
        person.engagement = engagement_of(f"{person.note} {kind} {person.title}")
        person.relation_elsewhere = elsewhere_of(person.note) or elsewhere_of(person.branch)
        if person.relation_elsewhere:
            if person.relation_elsewhere == "外单位" and person.branch and not elsewhere_of(person.branch):
                person.relation_elsewhere = person.branch
            person.branch = ""
        if person.id_number and person.born is None and (born := born_on_of(person.id_number)):
            person.born = DateFact(born)
        if person.id_number and not person.sex:
            person.sex = sex_of(person.id_number)

    def _check(self, person: PersonFacts, row: Row) -> None:
        self._check_identity(person, row)
        self._check_dates(person, row)
        self._check_party(person, row)

    def _check_identity(self, person: PersonFacts, row: Row) -> None:
        if not person.id_number:
            return
        born = born_on_of(person.id_number)
        if born and person.born and not person.born.agrees(DateFact(born)):
            self.say(row, "born", BIRTH_MISMATCH)
        if person.sex and person.sex != sex_of(person.id_number):
            self.say(row, "sex", SEX_MISMATCH)

    def _check_dates(self, person: PersonFacts, row: Row) -> None:
        if person.joined and person.full and person.full.on < person.joined.on:
            self.say(row, "full", FULL_BEFORE_JOINED)
            person.full = None
        if person.joined and person.born and person.joined.on <= person.born.on:
            self.say(row, "joined", JOINED_BEFORE_BORN)
            person.joined = None

    def _check_party(self, person: PersonFacts, row: Row) -> None:
        if person.is_member and not person.branch and not person.relation_elsewhere:
            # Without a column of branches it is said once, of the sheet.
            if "branch" in self.table.header.columns:
                self.say(row, "branch", NO_BRANCH)
        elif person.branch and not person.standing:
            # A standing that was written but not understood has been said already.
            if not plain(self.table.cell(row, "standing")):
                self.say(row, "standing", NO_STANDING)
            person.branch = ""
        elif person.branch and not person.is_member:
            self.say(row, "branch", BRANCH_OF_NO_MEMBER)
            person.branch = ""
        elif person.branch and kind_of_branch(person.branch) in GENERAL_KINDS:
            self.say(row, "branch", IN_GENERAL_BRANCH)


BIRTH_MISMATCH = Note(
    "warning", "id_birth_mismatch", "出生日期与身份号码中的不一致,两处都按原样保留。", "请核对,改正其中一处。"
)
SEX_MISMATCH = Note("warning", "sex_id_mismatch", "性别与身份号码不一致,两处都按原样保留。", "请核对,改正其中一处。")
FULL_BEFORE_JOINED = Note(
    "warning",
    "full_before_joined",
    "转正时间早于入党时间,不可能。转正时间留空,人员照常导入。",
    "请对照入党志愿书核对。",
)
JOINED_BEFORE_BORN = Note(
    "warning", "joined_before_born", "入党时间不晚于出生日期,不可能。入党时间留空,人员照常导入。", "请核对。"
)
NO_BRANCH = Note(
    "warning",
    "member_without_branch",
    "党员没有填写所在党支部,暂不编入支部。",
    "请补填所在党支部;关系在外单位的请在备注写明。",
)
NO_STANDING = Note("warning", "unknown_status", "填了党支部但政治面貌不明,暂不编入支部。", "请补填政治面貌后重新导入。")
BRANCH_OF_NO_MEMBER = Note(
    "warning", "branch_without_membership", "政治面貌不是党员,却填了党支部,没有编入。", "请核对政治面貌或党支部。"
)
IN_GENERAL_BRANCH = Note(
    "info", "member_in_general_branch", "填的是上级党组织而不是党支部,已按原样编入。", "今后划分支部后再调整。"
)
