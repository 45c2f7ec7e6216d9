"""Papers about items of work, those who answer for them, and what is asked of them."""

from datetime import date
from typing import Any

from onebow.apps.documents.tests.make_papers.facts import (
    BRANCH,
    SECTIONS,
    UNIT,
)

WORK: dict[str, dict[str, Any]] = {
    "check_report": {
        "issuer": UNIT,
        "title": "2026年第1季度讲评",
        "period": "2026年第1季度",
        "is_over": True,
        "as_of": date(2026, 4, 23),
        "found": 1,
        "total": 2,
        "closed": 1,
        "earlier": 1,
        "earlier_closed": 1,
        "left_out": 0,
        "ways": [{"name": "补课", "found": 1, "total": 2, "open": 1, "mended": 0, "closed": 1}],
        "sorts": [{"theme": "遗忘", "name": "应办未落实", "found": 1, "total": 2, "open": 1, "mended": 0, "closed": 1}],
        "gaps": [
            {
                "no": 1,
                "sort": "遗忘：应办未落实",
                "title": "党员大会",
                "unit": "第一党支部",
                "person": "王怀远",
                "late": "原应2026年3月31日，补课时已逾期23天",
                "way": "补课",
                "state": "已销号",
            }
        ],
    },
    "directive_report": {
        "issuer": UNIT,
        "to": "市委组织部",
        "subject": "做好稳就业工作的通知",
        "subject_number": "示组发〔2026〕3号",
        "kind": "上级文件",
        "received_on": date(2026, 2, 3),
        "reply_due_on": date(2026, 3, 31),
        "as_of": date(2026, 3, 2),
        "done": 3,
        "total": 5,
        "progress": ["走访企业：已走访30家（2026年3月1日）。"],
        "drives": ["稳就业行动"],
        "items": [
            {
                "no": 1,
                "title": "走访企业",
                "unit": "就业科",
                "person": "王怀远",
                "due": date(2026, 3, 20),
                "state": "进行中",
            }
        ],
    },
    "dual_post": {
        "unit": UNIT,
        "name": "王怀远",
        "as_of": date(2026, 3, 2),
        "remarks": ["名下没有党建事项。"],
        "posts": [
            {"no": 1, "side": "党建", "organization": BRANCH, "post": "书记", "since": date(2024, 5, 8)},
            {"no": 2, "side": "业务", "organization": "就业科", "post": "科长", "since": None},
        ],
        "items": [
            {
                "no": 1,
                "side": "业务",
                "title": "走访企业",
                "unit": "就业科",
                "due": date(2026, 3, 20),
                "state": "进行中",
            }
        ],
        "answers": [{"no": 1, "organization": BRANCH, "matter": "制度任务", "whole": 12, "open": 2}],
        "risk_count": 1,
        "risks_told": "共1个：本人负责1个；逾期未复查1个。",
        "risks": [
            {
                "no": 1,
                "matter": "提前退休审批",
                "organization": "就业科",
                "owner": "王怀远",
                "way": "本人负责",
                "level": "一级（高）",
                "measure": "双人审核、结果公示",
                "next_on": date(2026, 2, 20),
                "state": "已逾期10天",
            }
        ],
    },
    "risk_list": {
        "unit": UNIT,
        "as_of": date(2026, 3, 2),
        "total": 1,
        "high": 1,
        "medium": 0,
        "low": 0,
        "controls": ["一级（高）由单位主要负责人防控"],
        "risks": [
            {
                "no": 1,
                "matter": "提前退休审批",
                "organization": "工资福利科",
                "posts": "行政负责人",
                "level": "一级（高）",
                "measure": "双人审核、结果公示",
                "owner": "王怀远",
                "next_on": date(2027, 3, 2),
            }
        ],
    },
    "bylaw": {
        "organization": BRANCH,
        "name": "首问负责制",
        "version": 2,
        "starts_on": date(2026, 3, 1),
        "basis": "2026年2月20日支部党员大会通过",
        "text": "第一条　首问必答。\n第二条　一次告知。",
    },
    "trip_sheet": {
        "title": "企业用工情况调研",
        "unit": UNIT,
        "owner": "马一鸣",
        "starts_on": date(2026, 3, 9),
        "ends_on": date(2026, 3, 11),
        "place": "示例市高新区",
        "text": "到 12 户企业了解用工和社会保险缴纳情况。",
        "requirements": [{"category": "廉政要求", "text": "不接受调研对象宴请"}],
        "checkpoints": [
            {"stage": "行前准备", "text": "行前提醒并逐项核对", "who": "每名外出人员", "state": "已落实 2026年3月6日"},
            {"stage": "制定方案", "text": "方案载明政治要求", "who": "责任人", "state": "待落实"},
        ],
        "travellers": [
            {"no": 1, "name": "马一鸣", "section": SECTIONS[0], "confirmed": "2026年3月6日"},
            {"no": 2, "name": "王怀远", "section": SECTIONS[1], "confirmed": ""},
        ],
        "date": date(2026, 3, 6),
    },
}
