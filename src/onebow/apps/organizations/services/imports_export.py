"""Files that leave the product: the roster, and the findings of an import. Each says on itself who took it out,
when and why, and stands in the access log.
"""

import re
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.accounts.queries import has_factor
from onebow.apps.base.files import path_of
from onebow.apps.base.filters import moment
from onebow.apps.base.refusals import Refused
from onebow.apps.documents.reading import read_workbook
from onebow.apps.documents.tables import Sheet
from onebow.apps.documents.writing import Grid, Origin, Table, write_grids, write_xlsx
from onebow.apps.ledger.access import Look, log_access
from onebow.apps.ledger.models import AccessRecord
from onebow.apps.organizations import rules
from onebow.apps.organizations.identity import masked
from onebow.apps.organizations.models import Organization, RosterImport
from onebow.apps.organizations.queries.imports_export import HEADER, SECTION_HEADER, roster_of
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.organizations.roster.sheets import PRIVATE, table_of
from onebow.apps.organizations.roster.text import shown

REMARK = "检查结果"
# In cells of any column: identity numbers, old and new, and mobile numbers.
NUMBERS = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{15}|1[3-9]\d{9})(?![\dXx])")
What = AccessRecord.What


@transaction.atomic
def export_roster(
    root_id: int, *, on: date, full: bool = False, reason: str = "", by: User | None, at: datetime
) -> bytes:
    """The roster of a root on a day as .xlsx, in the shape it came in.

    A person says what for; so does whoever takes full numbers at the command line. From a browser full numbers ask
    for a second factor besides.

    Raises:
        Refused: `by` does not manage the root, gives no reason, or lacks what full numbers ask for.
    """
    root, today = Organization.objects.get(pk=root_id), timezone.localdate(at)
    rules.check_can_manage(root, authority_of(by, today))
    if full or by is not None:
        rules.check_reason(reason, "用途")
    if full and by is not None:
        rules.check_has_factor(has_factor(by))
    sheets = roster_of(root, on, today, full=full)
    what = What.EXPORT_FULL if full else What.EXPORT_MASKED
    look = Look(what, organization_id=root.pk, reason=reason, rows=sheets.persons, as_of=on)
    record = log_access(look, by_id=by.pk if by else None, at=at)
    total = ("合计", *[""] * (len(HEADER) - 2), f"共{sheets.persons}人")
    people = Table("人员信息", HEADER, sheets.people, title=sheets.title, footer=total)
    return write_xlsx([people, Table("机构设置", SECTION_HEADER, sheets.sections)], _origin(record, by))


@transaction.atomic
def export_findings(import_id: int, *, by: User, at: datetime) -> bytes:
    """The handed-in sheet again, with a last column that says what was found in each row.

    Who handed it in gets it as it was, to correct it; anybody else with numbers masked.

    Raises:
        Refused: `by` does not manage the root, or the file is gone.
    """
    roster = RosterImport.objects.select_related("root", "file").get(pk=import_id)
    rules.check_can_manage(roster.root, authority_of(by, timezone.localdate(at)))
    path = path_of(roster.file.sha256)
    if not path.is_file():
        raise Refused("上传的文件已不在系统中。")
    full = roster.made_by_id == by.pk
    look = Look(
        What.EXPORT_FINDINGS,
        organization_id=roster.root_id,
        fields=("full" if full else "masked",),
        rows=roster.report.get("people", 0),
        as_of=roster.effective_on,
    )
    record = log_access(look, by_id=by.pk, at=at)
    grids = [_grid(sheet, roster, full=full) for sheet in read_workbook(path).sheets]
    return write_grids(grids, _origin(record, by))


def _origin(record: AccessRecord, by: User | None) -> Origin:
    who = by.display_name if by else "命令行"
    is_full = record.what == What.EXPORT_FULL or record.fields == "full"
    parts = (
        f"{who}于{moment(record.at)}导出",
        f"用途:{record.reason}" if record.reason else "",
        "含完整号码,请妥善保管,用后删除" if is_full else "号码已遮盖",
        f"查阅记录第 {record.pk} 号",
    )
    # A remark by its first word, so that the file can be handed in again as it is.
    return Origin(who, f"说明:{';'.join(part for part in parts if part)}。")


def _grid(sheet: Sheet, roster: RosterImport, *, full: bool) -> Grid:
    table = table_of(sheet)
    header = table.header.row if table else 0
    width = max((len(row.cells) for row in sheet.rows), default=0)
    rows = {row.number: [shown(cell) for cell in row.cells] for row in sheet.rows}
    if not full:
        private = {table.header.columns.get(name) for name in PRIVATE} if table else set()
        rows = {number: _hidden(cells, private if number > header else set()) for number, cells in rows.items()}
    remarks, marked = _remarks(roster, sheet.name)
    for number, texts in remarks.items():
        cells = rows.setdefault(number, [])
        cells += [""] * (width - len(cells)) + [" ".join(texts)]
    if header and len(rows[header]) <= width:
        rows[header] += [""] * (width - len(rows[header])) + [REMARK]
    return Grid(sheet.name or "名册", rows, frozenset(marked), header)


def _hidden(cells: list[str], private: set[int | None]) -> list[str]:
    """Cells with their numbers masked: whole columns of numbers, and what looks like one elsewhere."""
    return [
        masked(cell) if column in private else NUMBERS.sub(lambda found: masked(found[0]), cell)
        for column, cell in enumerate(cells)
    ]


def _remarks(roster: RosterImport, sheet_name: str) -> tuple[dict[int, list[str]], set[int]]:
    """What was found in each row of a sheet, and the rows that need a look."""
    remarks: dict[int, list[str]] = {}
    marked: set[int] = set()
    for finding in roster.report.get("findings", []):
        if finding["sheet"] != sheet_name:
            continue
        column = f"{finding['column']}:" if finding["column"] else ""
        remarks.setdefault(finding["row"], []).append(f"{column}{finding['message']}{finding['suggestion']}")
        if finding["severity"] != "info":
            marked.add(finding["row"])
    return remarks, marked
