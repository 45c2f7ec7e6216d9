"""What the pages of an import show."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from onebow.apps.base.progress import Progress, read_progress
from onebow.apps.organizations.models import RosterImport
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.organizations.queries.visible import imports_for

RUNNING = (RosterImport.State.CHECKING, RosterImport.State.APPLYING)
FATES = {
    "created": ("新增", "ok"),
    "changed": ("更新", "business"),
    "unchanged": ("不变", "neutral"),
    "joined": ("合并", "warn"),
    "refused": ("未导入", "bad"),
}
SEVERITIES = {"error": ("须改正", "bad"), "warning": ("请核对", "warn"), "info": ("已处理", "neutral")}
CODES = {
    "id_checksum": "身份号码有误",
    "id_birth_mismatch": "出生日期与身份号码不一致",
    "id_as_number": "身份号码存成了数字",
    "id_old": "15 位旧身份号码",
    "masked": "遮盖过的号码",
    "id_other": "不是公民身份号码",
    "sex_id_mismatch": "性别与身份号码不一致",
    "sex_unreadable": "性别无法识别",
    "phone_invalid": "电话号码有误",
    "date_unreadable": "日期无法识别",
    "full_before_joined": "转正早于入党",
    "joined_before_born": "入党早于出生",
    "full_after_roster": "尚未到转正时间",
    "duplicate_person": "同一人出现多次",
    "duplicate_differs": "重复行内容不一致",
    "identity_unsure": "无法确认身份",
    "unknown_section": "科室不在机构设置中",
    "unknown_unit": "单位不在机构设置中",
    "missing_name": "没有姓名",
    "unknown_status": "政治面貌无法识别",
    "member_without_branch": "党员没有党支部",
    "branch_without_membership": "非党员填了党支部",
    "member_in_general_branch": "直接编入上级党组织",
    "normalised": "写法已规范",
    "hidden_rows": "有隐藏的行",
    "hidden_columns": "有隐藏的列",
    "hidden_sheet": "有隐藏的表",
    "merged_cells": "合并单元格",
    "formula_values": "公式按结果读取",
    "formula_without_value": "公式没有结果",
    "error_cell": "单元格是错误值",
    "column_ignored": "重复的列",
    "no_branch_column": "没有党支部列",
    "no_rows": "没有人员",
    "unit_from_sheet": "单位取自表名",
    "row_skipped": "不是数据的行",
    "sheet_skipped": "没有读取的表",
    "not_in_roster": "系统中有、名册中没有",
    "two_secretaries": "支部有两名书记",
    "newer_in_database": "系统中有更新的记录",
}


@dataclass(frozen=True)
class FindingLine:
    """A finding as a table shows it."""

    sheet: str
    row: int
    column: str
    value: str
    severity: str
    code: str
    message: str
    suggestion: str
    label: str
    word: str
    state: str


@dataclass(frozen=True)
class FateLine:
    """What becomes of one row."""

    sheet: str
    row: int
    name: str
    fate: str
    word: str
    state: str


def import_rows(reach: Reach) -> QuerySet[RosterImport]:
    """Imports that one may see, newest first."""
    return imports_for(reach).select_related("root", "file", "made_by").order_by("-pk")


def finding_lines(roster: RosterImport) -> list[FindingLine]:
    """The findings that were kept."""
    return [
        FindingLine(**finding, label=CODES.get(finding["code"], finding["code"]), word=word, state=state)
        for finding in roster.report.get("findings", [])
        for word, state in [SEVERITIES[finding["severity"]]]
    ]


def fate_lines(roster: RosterImport) -> list[FateLine]:
    """The fate of each row, as far as kept."""
    return [FateLine(sheet, row, name, fate, *FATES[fate]) for sheet, row, name, fate in roster.report.get("fates", [])]


def code_choices(roster: RosterImport) -> list[tuple[Any, str]]:
    """The codes that occur, with their counts."""
    return [
        (line["code"], f"{CODES.get(line['code'], line['code'])}({line['count']})")
        for line in roster.report.get("codes", [])
    ]


def progress_of(roster: RosterImport) -> Progress:
    """How far the import has come; silent if it says that it runs but nothing was heard."""
    if roster.state not in RUNNING:
        return Progress(1, 1, roster.get_state_display())
    return read_progress(f"import-{roster.pk}") or Progress(0, 0, "没有收到进度", silent=True)
