"""Files that leave the product: the roster, and the findings of an import; both are recorded."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.files import path_of
from onebow.apps.base.refusals import Refused
from onebow.apps.documents.reading import read_workbook
from onebow.apps.documents.writing import Grid, Table, write_grids, write_xlsx
from onebow.apps.ledger.services import Event, record
from onebow.apps.organizations import rules
from onebow.apps.organizations.models import Organization, RosterImport
from onebow.apps.organizations.queries.imports_export import HEADER, SECTION_HEADER, roster_of
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.organizations.roster.sheets import table_of
from onebow.apps.organizations.roster.text import shown

REMARK = "检查结果"
LEAST_REASON = 4


@transaction.atomic
def export_roster(
    root_id: int, *, on: date, full: bool = False, reason: str = "", by: User | None, at: datetime
) -> bytes:
    """The roster of a root on a day as .xlsx, in the shape it came in; full numbers only for a reason.

    Raises:
        Refused: `by` does not manage the root, or full numbers without a reason.
    """
    root = Organization.objects.get(pk=root_id)
    rules.check_can_manage(root, authority_of(by, timezone.localdate(at)))
    if full and by is not None and len(reason.strip()) < LEAST_REASON:
        raise Refused("导出完整号码请写明用途(至少 4 个字),用途会记入台账。")
    sheets = roster_of(root, on, full=full)
    data = {"full": full, "reason": reason.strip()[:200], "people": sheets.persons, "on": on.isoformat()}
    record(Event("roster.exported", organization_id=root.pk, data=data), by_id=by.pk if by else None, at=at)
    total = ("合计", *[""] * (len(HEADER) - 2), f"共{sheets.persons}人")
    stamp = f"{by.display_name if by else '命令行'} 导出于 {timezone.localtime(at):%Y-%m-%d %H:%M}"
    people = Table("人员信息", HEADER, sheets.people, title=sheets.title, footer=total, stamp=stamp)
    return write_xlsx([people, Table("机构设置", SECTION_HEADER, sheets.sections, stamp=stamp)])


@transaction.atomic
def export_findings(import_id: int, *, by: User, at: datetime) -> bytes:
    """The handed-in sheet again, with a last column that says what was found in each row.

    Raises:
        Refused: `by` does not manage the root, or the file is gone.
    """
    roster = RosterImport.objects.select_related("root", "file").get(pk=import_id)
    rules.check_can_manage(roster.root, authority_of(by, timezone.localdate(at)))
    path = path_of(roster.file.sha256)
    if not path.exists():
        raise Refused("上传的文件已不在系统中。")
    record(
        Event("roster.exported", organization_id=roster.root_id, source=roster, data={"findings": True}),
        by_id=by.pk,
        at=at,
    )
    return write_grids(_grids(roster))


def _grids(roster: RosterImport) -> list[Grid]:
    remarks: dict[tuple[str, int], list[str]] = {}
    marked: dict[str, set[int]] = {}
    for finding in roster.report.get("findings", []):
        where = (finding["sheet"], finding["row"])
        column = f"{finding['column']}:" if finding["column"] else ""
        remarks.setdefault(where, []).append(f"{column}{finding['message']}{finding['suggestion']}")
        if finding["severity"] != "info":
            marked.setdefault(finding["sheet"], set()).add(finding["row"])
    grids = []
    for sheet in read_workbook(path_of(roster.file.sha256)).sheets:
        table = table_of(sheet)
        width = max((len(row.cells) for row in sheet.rows), default=0)
        rows = {row.number: [shown(cell) for cell in row.cells] for row in sheet.rows}
        for (name, number), texts in remarks.items():
            if name == sheet.name:
                cells = rows.setdefault(number, [])
                cells += [""] * (width - len(cells)) + [" ".join(texts)]
        header = table.header.row if table else 0
        if header and len(rows[header]) <= width:
            rows[header] += [""] * (width - len(rows[header])) + [REMARK]
        grids.append(Grid(sheet.name or "名册", rows, frozenset(marked.get(sheet.name, ())), header))
    return grids
