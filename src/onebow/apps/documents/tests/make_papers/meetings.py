"""Meetings, and members who go elsewhere."""

from datetime import date
from typing import Any

from onebow.apps.documents.tests.make_papers.facts import (
    BRANCH,
    COMMITTEE,
)

MEETINGS: dict[str, dict[str, Any]] = {
    "meeting_record": {
        "organization": BRANCH,
        "kind": "支部党员大会",
        "also": "党课",
        "title": "讨论半年工作",
        "held_on": date(2026, 6, 29),
        "began": "15:00",
        "hours": "1.5",
        "place": "丽泽办公区三层会议室",
        "chair": "王怀远",
        "recorder": "李知行",
        "units": ["工资福利科党支部"],
        "has_quorum": True,
        "is_quorate": True,
        "due": 9,
        "present_count": 8,
        "needed": 5,
        "all_due": 11,
        "all_present": 10,
        "present": ["王怀远", "李知行"],
        "leave": ["马一鸣(出差)"],
        "agenda": ["听取半年工作报告", "讨论下半年安排"],
        "minutes": "王怀远作半年工作报告。\n与会党员逐项讨论。",
        "resolutions": [
            {
                "no": 1,
                "text": "通过半年工作报告",
                "yes": 8,
                "no_votes": 0,
                "abstained": 0,
                "outcome": "通过",
                "person": "李知行",
                "due_on": "2026年7月10日",
            }
        ],
        "attendance": [
            {"no": 1, "name": "王怀远", "part": "出席"},
            {"no": 2, "name": "马一鸣", "part": "请假(出差)"},
        ],
    },
    "meeting_sheet": {
        "organization": BRANCH,
        "kind": "支部党员大会",
        "title": "讨论半年工作",
        "held_on": date(2026, 6, 29),
        "began": "15:00",
        "place": "丽泽办公区三层会议室",
        "due": 2,
        "spare": 3,
        "people": [{"no": 1, "name": "王怀远"}, {"no": 2, "name": "李知行"}],
    },
    "transfer_letter": {
        "number": "2026-017",
        "issuer": COMMITTEE,
        "to": "示例市水务局机关党委",
        "name": "王怀远",
        "sex": "男",
        "born": "1985年6月",
        "standing": "正式党员",
        "id_number": "990101198506070011",
        "source": BRANCH,
        "target": "河道科党支部",
        "reason": "工作调动",
        "paid_until": "2026年3月",
        "valid_days": 90,
        "valid_until": date(2026, 5, 31),
        "date": date(2026, 3, 2),
    },
}
