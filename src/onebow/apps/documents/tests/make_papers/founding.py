"""What founds and dissolves branches: requests, replies, notices and what became of them."""

from datetime import date
from typing import Any

from onebow.apps.documents.tests.make_papers.facts import (
    COMMITTEE,
    DOWNWARD,
    FOUNDING,
    SUPERIOR,
    SVG,
    UNIT,
    UPWARD,
    branches,
    members,
)

FOUNDINGS: dict[str, dict[str, Any]] = {
    "founding_request": {
        **UPWARD,
        "unit": UNIT,
        "occasion": "为把党支部建在科室上，使党建与业务同步谋划、同步推进",
        "basis": FOUNDING,
        "present": "全局有科室和所属单位40个，分布在5处办公区。\n现有党支部按分管领导划分，每个横跨两到三处办公区。",
        "old_branches": 6,
        "old_general_branches": 1,
        "dissolved": [f"第{sign}党支部" for sign in "一二三四五六"],
        "members": 320,
        "full_members": 311,
        "principles": ["一个科室设一个党支部。", "正式党员不足三名的科室，与业务相近的科室设联合党支部。"],
        "date": date(2026, 3, 1),
        "branches": branches(40, full_members=7),
        "general_branches": [
            {
                "name": "社会保险中心党总支",
                "unit": "社会保险中心",
                "branches": 5,
                "members": 43,
                "reason": "所属科室分布在三处办公区，由党总支统一安排更便于管理。",
            }
        ],
    },
    "founding_reply": {
        **DOWNWARD,
        "issuer": SUPERIOR,
        "head": f"{SUPERIOR}文件",
        "to": COMMITTEE,
        "request_title": "关于设立和调整党支部的请示",
        "request_number": "示人社机党〔2026〕3号",
        "basis": FOUNDING,
        "meeting": "2026年3月10日委员会会议",
        "unit": UNIT,
        "dissolved": [f"第{sign}党支部" for sign in "一二三四五六"],
        "elect_by": date(2026, 5, 31),
        "branches": branches(12),
        "general_branches": [
            {"name": "社会保险中心党总支", "branches": "基金科党支部、稽核科党支部", "members": 43, "head": "孙言蹊"}
        ],
    },
    "founding_notice": {
        **DOWNWARD,
        "to": "局属各党组织",
        "reply_issuer": SUPERIOR,
        "reply_title": "关于同意设立和调整党支部的批复",
        "reply_number": "示直党〔2026〕12号",
        "reply_on": date(2026, 3, 12),
        "effective_on": date(2026, 4, 1),
        "dissolved": [f"第{sign}党支部" for sign in "一二三四五六"],
        "elect_by": date(2026, 5, 31),
        "branches": branches(9, general="社会保险中心党总支"),
    },
    "member_list": {
        "branch": "养老保险科党支部",
        "superior": COMMITTEE,
        "sections": "养老保险科",
        "secretary": "王怀远（指定负责人）",
        "as_of": date(2026, 4, 1),
        "full_members": 36,
        "probationary_members": 4,
        "masked": True,
        "members": members(40),
    },
    "before_after": {
        "unit": UNIT,
        "before_on": date(2026, 3, 31),
        "after_on": date(2026, 4, 1),
        "members": 320,
        "summary": "调整前党支部少而大，一个党支部横跨多处办公区；调整后一个科室设一个党支部。",
        "tree_picture": SVG,
        "size_picture": SVG,
        "office_picture": SVG,
        "remarks": ["社会保险中心党总支党员少于一般标准，已有批复。"],
        "issuer": COMMITTEE,
        "date": date(2026, 4, 2),
        "figures": [
            {"item": "党支部数", "before": "6", "after": "40", "change": "+34"},
            {"item": "平均党员数", "before": "53.3", "after": "8.0", "change": "−45.3"},
        ],
        "moves": [
            {"from_branch": "第一党支部", "to_branch": "养老保险科党支部", "members": 9},
            {"from_branch": "第一党支部", "to_branch": "工伤保险科党支部", "members": 7},
        ],
        "branches": branches(40, general="", offices="丽泽"),
    },
}
