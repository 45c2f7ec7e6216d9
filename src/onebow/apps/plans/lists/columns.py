"""Which column of a list says what, by the words of its head."""

import re
from collections.abc import Sequence

from onebow.apps.organizations.roster.text import compact

# The words of a head, each whole; what stands in brackets does not count.
WORDS = {
    "key_point": ("工作要点", "要点", "重点工作", "工作重点", "目标任务", "一级任务"),
    "title": (
        "事项", "项目", "任务", "工作事项", "工作任务", "工作项目", "具体事项", "具体任务", "任务名称", "项目名称",
        "事项名称", "工作内容", "主要任务", "工作措施", "具体措施", "名称",
    ),
    "kind": ("类别", "事项类别", "类型", "项目类别", "任务类别"),
    "organization": (
        "主责单位", "责任科室", "责任单位", "牵头单位", "牵头科室", "承办单位", "承办科室", "主办科室", "主办单位",
        "责任部门", "牵头部门", "责任支部", "责任党组织", "科室", "单位", "部门",
    ),
    "person": ("责任人", "负责人", "责任领导", "具体责任人", "经办人", "承办人", "联系人"),
    "units": ("协办单位", "协办科室", "配合单位", "配合科室", "配合部门", "协同单位", "参与单位", "参加单位"),
    "starts_on": ("开始时间", "开始日期", "起始时间", "启动时间", "计划开始"),
    "due_on": (
        "完成时限", "完成时间", "完成期限", "完成日期", "时限", "期限", "时间", "办结时限", "截止时间", "截止日期",
        "时间要求", "时间节点", "完成时间节点", "计划完成", "计划时间", "进度安排", "时间安排",
    ),
    "hours": ("工时", "预计工时", "工作量", "学时", "小时"),
    "text": ("内容", "说明", "目标", "工作目标", "具体要求", "工作要求", "备注", "预期成果", "成果"),
    "party_building": ("党建要求",),
    "political": ("政治要求",),
    "integrity": ("廉政要求", "廉洁要求", "廉政风险防控要求"),
    "style": ("作风要求",),
    "discipline": ("纪律要求",),
    "study": ("学习要求",),
}  # fmt: skip
LABELS = {
    "key_point": "工作要点", "title": "事项", "kind": "类别", "organization": "主责单位", "person": "责任人",
    "units": "协办单位", "starts_on": "开始时间", "due_on": "完成时限", "hours": "工时", "text": "内容",
    "party_building": "党建要求", "political": "政治要求", "integrity": "廉政要求", "style": "作风要求",
    "discipline": "纪律要求", "study": "学习要求",
}  # fmt: skip
# Columns that group rows: an empty cell beneath means the one above, as merged cells are pasted.
GROUPS = ("key_point", "kind", "organization")
BRACKETS = re.compile(r"[((][^))]*[))]")
BY_WORD = {word: field for field, words in WORDS.items() for word in words}
SEARCH_ROWS = 12
PLACE = ("序号", "编号", "号")


def field_of(head: object) -> str:
    """What a column of that head says; empty if it is not known.

    >>> field_of("完成时限(月底前)"), field_of("责 任 人"), field_of("序号")
    ('due_on', 'person', '')
    """
    return BY_WORD.get(BRACKETS.sub("", compact(str(head or ""))).rstrip(":"), "")


def columns_of(cells: Sequence[object]) -> dict[str, int]:
    """Field → place of a head row; of two columns of the same meaning the first."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        if field := field_of(cell):
            found.setdefault(field, place)
    # A list whose only text column is called 内容 or 目标 names its items there.
    if "title" not in found and "text" in found:
        found["title"] = found.pop("text")
    return found


def is_head(columns: dict[str, int]) -> bool:
    """A head names the items and at least one thing more."""
    return "title" in columns and len(columns) >= 2
