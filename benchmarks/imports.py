"""Rows a second of the roster import, beside plain reading of the same file."""

import sys
import time
from pathlib import Path
from random import Random

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from python_calamine import CalamineWorkbook

from onebow import home
from onebow.apps.organizations.models import Person, RosterImport
from onebow.apps.organizations.services import imports
from onebow.apps.organizations.services.imports_root import make_root
from onebow.demo import shape
from onebow.demo.bureau import build
from onebow.demo.names import numbers

HEADER = ["序号", "姓名", "性别", "公民身份号码", "出生日期", "政治面貌", "入党时间", "转正时间"]
HEADER += ["所属单位", "科室", "职务", "办公地点", "所在党支部", "手机号码"]
STANDINGS = {
    "full_member": "中共党员",
    "probationary_member": "中共预备党员",
    "league_member": "共青团员",
    "activist": "入党积极分子",
    "applicant": "入党申请人",
    "candidate": "发展对象",
    "other_party": "民主党派",
    "masses": "群众",
}


def write_roster(path: Path, size: int) -> None:
    """A clean roster of one root unit, with units and branches of its own for every 500 people."""
    today = timezone.localdate()
    number = numbers(Random(1))
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("人员信息")
    sheet.write_row(0, 0, HEADER)
    row = 0
    for chunk in range(size // 500):
        bureau = build(chunk, today)
        nodes = {node.key: node for node in bureau.nodes}
        party = {
            one.person: nodes[one.node].name for one in bureau.belongings if one.side == "party" and not one.ends_on
        }
        work = {one.person: one for one in bureau.belongings if one.side == "staff" and not one.ends_on}
        for person in bureau.people:
            row += 1
            job = work[person.key]
            node = nodes[job.node]
            unit = nodes[node.parent].name if node.kind == "section" else node.name
            branch = party.get(person.key, "")
            values = (
                str(row),
                person.name,
                "女" if person.sex == "female" else "男",
                number(person.born_on, person.sex == "female"),
                person.born_on.isoformat(),
                STANDINGS[person.standing],
                person.joined_on.isoformat() if person.joined_on else "",
                person.full_on.isoformat() if person.full_on else "",
                f"{unit}{chunk + 1}" if chunk else unit,
                node.name if node.kind == "section" else "",
                job.title,
                job.place,
                f"{branch}{chunk + 1}" if branch and chunk else branch,
                person.phone,
            )
            sheet.write_row(row, 0, values)
    book.close()


def seconds_of(deed: object, *words: object, **facts: object) -> tuple[float, object]:
    """How long a call took, and what it returned."""
    started = time.perf_counter()
    result = deed(*words, **facts)  # type: ignore[operator]
    return time.perf_counter() - started, result


def main(size: int) -> None:
    """Print a line for each step."""
    path = home.folder("bench") / f"roster-{size}.xlsx"
    write_roster(path, size)
    reading, _ = seconds_of(lambda: CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python())
    at = timezone.now()
    root = make_root(shape.UNITS[0] + "名册", at=at)
    upload = SimpleUploadedFile(path.name, path.read_bytes())
    roster = imports.hand_in_roster(upload, root_id=root.pk, on=timezone.localdate(), by=None, at=at)
    checking, _ = seconds_of(imports.check_roster, roster.pk, at=at)
    imports.begin_applying(roster.pk, by=None, at=at)
    applying, _ = seconds_of(imports.apply_roster, roster.pk, by_id=None, at=at)
    roster.refresh_from_db()
    if roster.state != RosterImport.State.APPLIED or Person.objects.count() != size:
        raise SystemExit(f"not imported: {roster.state} {roster.failure} {Person.objects.count()}")
    print(f"\nimport of {size:,} rows ({path.stat().st_size / 1e6:.1f} MB)")
    for label, seconds in (("plain reading (calamine)", reading), ("dry run", checking), ("applying", applying)):
        print(f"{seconds:9.2f} s {size / seconds:10,.0f} rows/s  {label}", flush=True)


main(int(sys.argv[1]))
