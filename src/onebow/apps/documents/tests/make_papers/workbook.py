"""A branch's manual of a year."""

from datetime import date
from typing import Any

from onebow.apps.documents.tests.make_papers.facts import (
    BRANCH,
    members,
)


def workbook() -> dict[str, Any]:
    """A manual with every chapter, one of them without records."""
    keys = (
        "facts",
        "members",
        "plan",
        "items",
        "duties",
        "gaps",
        "meetings",
        "life",
        "talks",
        "hours",
        "transfers",
        "dues",
        "election",
    )
    held = {"month": "3月", "day": date(2026, 3, 2), "kind": "支委会", "title": "研究工作", "present": "4/5"}
    return {
        "branch": BRANCH, "year": 2026, "period": "2026年1月1日至2026年12月31日", "masked": True,
        **{f"has_{key}": True for key in keys}, **{f"{key}_records": 12 for key in keys},
        "facts_facts": ["党员：38 名"], "plan_facts": ["年度计划：第 2 版"],
        "committee": [{"name": "王怀远", "post": "书记", "how": "选举", "since": date(2025, 4, 1)}],
        "groups": [{"name": "第1党小组", "leader": "李知行", "size": 9}],
        "members": members(3), "points": [{"no": 1, "title": "规范社保经办", "items": 4}],
        "items": [{
            "no": 1, "side": "党建", "title": "支部学习", "unit": "养老保险科党支部", "person": "王怀远",
            "due": date(2026, 6, 30), "state": "已完成", "ties": "待遇核发",
        }],
        "duties": [{"duty": "支委会", "asked": 12, "done": 9, "late": 1, "excused": 0, "open": 1, "coming": 1}],
        "open_duties": [{"duty": "支委会", "due": date(2026, 4, 30), "state": "未落实", "said": "集中迎检"}],
        "gaps_facts": ["脱节和遗忘：1 项，已销号 1 项，补上待销号 0 项，没有补上 0 项"],
        "gaps": [{
            "no": 1, "sort": "遗忘：应办未落实", "title": "支委会（2026年4月）", "person": "王怀远",
            "found": date(2026, 5, 6), "late": "原应 2026年4月30日,补课时已逾期 23 天",
            "how": "2026年5月23日补课；已补开", "closed": "2026年5月25日由李知行销号：看过会议记录",
        }],
        "meetings": [
            {**held, "resolutions": "同意工作安排", "minutes": "讨论三件事"},
            {**held, "month": "", "kind": "主题党日", "resolutions": "", "minutes": ""},
        ],
        "life": [],
        "talks": [
            {"no": 1, "names": "王怀远、李知行", "sort": "委员之间", "times": 2, "last": date(2026, 3, 2)}
        ],
        "hours": [{
            "no": 1, "name": "王怀远", "asked": "56", "done": "40", "missing": "16", "training": "1/1",
            "pace": "跟上进度",
        }],
        "transfers": [
            {"day": date(2026, 5, 6), "name": "张望舒", "way": "转出", "other": "河道科党支部", "state": "已接收"}
        ],
        "dues": [{"month": "3月", "members": 38, "known": 37, "missing": 1}],
        "elections": [
            {"day": date(2025, 4, 1), "occasion": "换届选举", "state": "已完成", "elected": "王怀远（书记）"}
        ],
    }  # fmt: skip
