"""Small rosters for the tests: made as files, read as the product reads them."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django_q.models import OrmQ
from openpyxl import Workbook as Book

from onebow.apps.base.files import keep_file
from onebow.apps.documents.reading import read_workbook
from onebow.apps.organizations import tasks
from onebow.apps.organizations.identity import check_digit
from onebow.apps.organizations.models import Organization, RosterImport
from onebow.apps.organizations.roster.facts import RosterFacts
from onebow.apps.organizations.roster.reading import read_roster
from onebow.apps.organizations.roster.sections import Known
from onebow.apps.organizations.services.imports import apply_roster, begin_applying, check_roster, open_import
from onebow.apps.organizations.services.imports_plan import Plan

BUREAU = Path(__file__).parent / "data" / "bureau-roster.xlsx"
AT = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
HEADER = ("姓名", "性别", "公民身份号码", "出生日期", "政治面貌", "入党时间", "转正时间", "所属单位", "科室", "职务",
          "办公地点", "所在党支部", "手机号码", "备注")  # fmt: skip
SECTIONS = (("局机关", "办公室"), ("局机关", "法制科"), ("服务中心", "综合科"))


def number(day: str = "19800321", order: int = 386) -> str:
    """A right identity number of the unassigned region."""
    digits = f"990101{day}{order:03}"
    return digits + check_digit(digits)


def row(name: str = "张三", **cells: Any) -> dict[str, Any]:
    """A faultless row with some cells changed."""
    usual = {"姓名": name, "政治面貌": "群众", "所属单位": "局机关", "科室": "办公室", "职务": "科员"}
    return {**usual, **cells}


def write_roster(
    path: Path,
    rows: list[dict[str, Any]],
    *,
    header: tuple[str, ...] = HEADER,
    sections: tuple[tuple[str, ...], ...] = SECTIONS,
    title: str = "某局人员信息表(2019年6月)",
) -> Path:
    """A roster in the shape of the bureau's."""
    book = Book()
    sheet = book.active
    sheet.title = "人员信息"
    sheet.append([title])
    sheet.append(list(header))
    for cells in rows:
        sheet.append([cells.get(word) for word in header])
    if sections:
        other = book.create_sheet("机构设置")
        other.append(["单位", "科室"])
        for section in sections:
            other.append(list(section))
    book.save(path)
    return path


def read(path: Path, known: Known | None = None, **options: Any) -> RosterFacts:
    """The facts of a file."""
    return read_roster(read_workbook(path), known or Known(), **options)


def codes(facts: RosterFacts, *, but: str = "info") -> list[tuple[int, str, str]]:
    """Row, column and code of the findings that ask for a look."""
    return [(one.row, one.column, one.code) for one in facts.findings if one.severity != but]


def import_file(path: Path, root: Organization, *, on: date | None = None) -> Plan:
    """Hand in, check and apply a file."""
    roster = hand_in(path, root, on=on)
    check_roster(roster.pk, at=AT)
    begin_applying(roster.pk, by=None, at=AT)
    plan = apply_roster(roster.pk, by_id=None, at=AT)
    assert plan is not None
    return plan


def hand_in(path: Path, root: Organization, *, on: date | None = None) -> RosterImport:
    """Keep a file for import."""
    upload = SimpleUploadedFile(path.name, path.read_bytes())
    return open_import(keep_file(upload, at=AT, limit_bytes=20_000_000), root, on=on, by=None, at=AT)


def upload_of(path: Path) -> ContentFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(path.name, path.read_bytes())


def work() -> None:
    """What the background worker does with the queue."""
    for queued in OrmQ.objects.order_by("pk"):
        task = queued.task
        queued.delete()
        getattr(tasks, task["func"].rsplit(".", 1)[1])(*task["args"])


MEMBER = {"政治面貌": "中共党员", "入党时间": "2001.01", "转正时间": "2002.01", "所在党支部": "第1党支部"}


def fates(plan: Plan) -> tuple[int, int, int]:
    """How many people were created, changed and left as they are."""
    return plan.count("created"), plan.count("changed"), plan.count("unchanged")


def roster(tmp_path: Path, *rows: dict[str, Any], name: str = "r.xlsx", **options: Any) -> Path:
    return write_roster(tmp_path / name, list(rows), **options)
