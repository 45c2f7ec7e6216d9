"""What many papers hold: who writes to whom, branches and members; all names are made up."""

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
