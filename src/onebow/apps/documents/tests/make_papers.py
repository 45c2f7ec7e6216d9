"""Plain data for every shipped template; all names are made up."""

from datetime import UTC, date, datetime
from typing import Any

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
COMMITTEE = "中共示例市人力资源和社会保障局机关委员会"
SUPERIOR = "中共示例市直属机关工作委员会"
UNIT = "示例市人力资源和社会保障局"
BRANCH = "中共示例市人力资源和社会保障局养老保险科支部委员会"
ELECTION = ["《中国共产党基层组织选举工作条例》第十四条", "《中国共产党支部工作条例（试行）》第二十一条"]
FOUNDING = ["《中国共产党支部工作条例（试行）》第四条", "《中国共产党党和国家机关基层组织工作条例》第七条"]
NAMES = ("马一鸣", "王怀远", "李知行", "张望舒", "陈景明", "赵思齐", "钱若水", "孙言蹊", "周行己", "吴问渠")
SECTIONS = ("养老保险科", "工伤保险科", "就业促进科", "职业能力建设科", "劳动关系科", "调解仲裁管理科", "人才开发科")
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 160" font-family="sans-serif" font-size="14">'
    '<rect x="20" y="40" width="60" height="100" fill="#b5382a"/><rect x="120" y="100" width="60" height="40"'
    ' fill="#2f5d8a"/><text x="20" y="30">调整前</text><text x="120" y="90">调整后</text></svg>'
)


def branches(count: int, **more: Any) -> list[dict[str, Any]]:
    """Planned branches, each on one section."""
    return [
        {
            "no": number,
            "name": f"{SECTIONS[number % len(SECTIONS)]}党支部",
            "sections": SECTIONS[number % len(SECTIONS)],
            "members": 8,
            "head": NAMES[number % len(NAMES)],
            **more,
        }
        for number in range(1, count + 1)
    ]


def members(count: int) -> list[dict[str, Any]]:
    """Members of a branch, partly masked as the app above hands them over."""
    return [
        {
            "no": number,
            "name": NAMES[number % len(NAMES)],
            "sex": "女" if number % 3 else "男",
            "born": "1985.06",
            "joined": date(2008, 7, 1),
            "full_since": date(2009, 7, 1) if number % 9 else None,
            "section": SECTIONS[number % len(SECTIONS)],
            "post": "书记" if number == 1 else "",
        }
        for number in range(1, count + 1)
    ]


HEADED = {"issuer": COMMITTEE, "head": f"{COMMITTEE}文件", "number": "示人社机党〔2026〕3号"}
UPWARD = {**HEADED, "signer": "王怀远", "to": SUPERIOR, "contact": "李知行，010-00000000"}
IMPRINT = {"copies": "局党组，局属各单位", "printer": f"{UNIT}机关党委办公室", "printed_on": date(2026, 3, 3)}
DOWNWARD = {**HEADED, **IMPRINT, "date": date(2026, 3, 2)}
QUORUM = {"quorum": (4, 5), "majority": (1, 2)}


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


SAMPLES: dict[str, dict[str, Any]] = {
    "workbook": workbook(),
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
    "candidates_request": {
        **UPWARD,
        "issuer": BRANCH,
        "head": "",
        "to": COMMITTEE,
        "occasion": "经批准成立",
        "basis": ELECTION,
        "meeting_on": date(2026, 5, 8),
        "members": 12,
        "voters_due": 11,
        "recommendation": "支部组织全体党员酝酿推荐，根据多数党员的意见，提出候选人预备人选。",
        "has_committee": True,
        "seats": 3,
        "surplus": (1, 5),
        "secretary": "王怀远",
        "deputies": ["李知行"],
        "date": date(2026, 4, 20),
        "candidates": [
            {
                "no": number,
                "name": name,
                "sex": "女",
                "born": "1980.01",
                "joined": "2005.06",
                "post": "养老保险科科长",
                "proposed": "委员",
            }
            for number, name in enumerate(NAMES[:4], 1)
        ],
    },
    "candidates_reply": {
        **DOWNWARD,
        **QUORUM,
        "to": BRANCH,
        "request_title": "关于支部委员会委员和书记、副书记候选人预备人选的请示",
        "basis": ELECTION,
        "meeting": "2026年4月25日委员会会议",
        "has_committee": True,
        "candidates": list(NAMES[:4]),
        "seats": 3,
        "secretary": "王怀远",
        "deputies": ["李知行"],
    },
    "election_rules": {
        **QUORUM,
        "branch": "养老保险科党支部",
        "basis": ["《中国共产党章程》", "《中国共产党基层组织选举工作条例》"],
        "has_committee": True,
        "seats": 3,
        "candidates": 4,
        "surplus": (1, 5),
        "secretaries": "书记1名、副书记1名",
        "scrutineers": 1,
        "tellers": 2,
        "superior": COMMITTEE,
        "date": date(2026, 5, 8),
    },
    "ballot": {
        "branch": "养老保险科党支部",
        "office": "支部委员会委员",
        "seats": 3,
        "write_ins": 2,
        "copies": 11,
        "per_page": 2,
        "date": date(2026, 5, 8),
        "candidates": [{"name": name} for name in NAMES[:4]],
    },
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
    "tally": {
        "branch": "养老保险科党支部",
        "office": "支部委员会委员",
        "date": date(2026, 5, 8),
        "seats": 3,
        "voters_due": 11,
        "needed": 6,
        "write_ins": 3,
        "candidates": [{"name": name} for name in NAMES[:4]],
    },
    "chair_script": {
        **QUORUM,
        "branch": "养老保险科党支部",
        "date": date(2026, 5, 8),
        "place": "丽泽办公区三层会议室",
        "chair": "赵思齐",
        "guests": "机关党委组织委员钱若水同志",
        "voters_due": 11,
        "quorum_voters": 9,
        "needed": 6,
        "has_report": True,
        "has_committee": True,
        "seats": 3,
        "approved_by": COMMITTEE,
        "candidates": list(NAMES[:4]),
        "scrutineers": ["陈景明"],
        "tellers": ["周行己", "吴问渠"],
    },
    "result_report": {
        **UPWARD,
        **QUORUM,
        "issuer": BRANCH,
        "head": "",
        "to": COMMITTEE,
        "basis": ELECTION,
        "meeting_on": date(2026, 5, 8),
        "voters_due": 11,
        "present": 10,
        "issued": 10,
        "collected": 10,
        "valid": 10,
        "void": 0,
        "has_committee": True,
        "committee_on": date(2026, 5, 8),
        "elected": list(NAMES[:3]),
        "secretary": "王怀远",
        "deputies": ["李知行"],
        "date": date(2026, 5, 9),
        "votes": [
            {"name": name, "yes": 10 - number, "no": number, "abstain": 0, "outcome": "当选" if number < 3 else ""}
            for number, name in enumerate(NAMES[:4])
        ],
        "division": [
            {"name": "王怀远", "post": "书记", "section": "养老保险科科长"},
            {"name": "李知行", "post": "副书记、组织委员", "section": "养老保险科"},
            {"name": "马一鸣", "post": "宣传委员、纪检委员", "section": "养老保险科"},
        ],
    },
    "result_reply": {
        **DOWNWARD,
        "to": BRANCH,
        "report_title": "关于选举结果的报告",
        "basis": ELECTION,
        "meeting": "2026年5月15日委员会会议",
        "has_committee": True,
        "secretary": "王怀远",
        "deputies": ["李知行"],
        "term_from": date(2026, 5, 8),
        "term_years": 3,
        "members": [{"name": "王怀远", "post": "书记"}, {"name": "李知行", "post": "副书记、组织委员"}],
    },
}
