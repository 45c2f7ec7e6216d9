"""Which section of the manual is about which page."""

from urllib.parse import quote

from onebow.apps.base.addresses import address

# By the door of a main page: the chapter and the title of the section. Each entry of the navigation has a line.
SECTIONS: dict[str, tuple[str, str]] = {
    "desk:home": ("start", "工作台"),
    "desk:cockpit": ("apart", "驾驶舱"),
    "desk:bow": ("apart", "一张弓"),
    "desk:burden": ("apart", "填报负担"),
    "organizations:trees": ("organizations", "两棵树"),
    "organizations:index": ("organizations", "组织"),
    "organizations:findings": ("organizations", "检查结果"),
    "organizations:restructurings": ("organizations", "支部调整"),
    "organizations:elections": ("organizations", "选举"),
    "organizations:chains_list": ("organizations", "党小组与服务链条"),
    "organizations:people": ("organizations", "党员与人员"),
    "organizations:places": ("organizations", "场所"),
    "organizations:imports": ("organizations", "从花名册开始"),
    "organizations:accounts": ("organizations", "人员账号"),
    "organizations:rules": ("organizations", "规则依据"),
    "plans:index": ("plans", "一份年度计划"),
    "plans:items": ("plans", "事项清单"),
    "plans:items_mine": ("plans", "事项清单"),
    "plans:taskbook": ("plans", "折子工程"),
    "plans:dual_posts": ("plans", "一岗双责"),
    "plans:risks": ("plans", "廉政风险点"),
    "desk:calendar": ("duties", "日历"),
    "desk:clashes": ("duties", "日历"),
    "plans:checks": ("apart", "检查和补齐"),
    "plans:gaps": ("apart", "检查和补齐"),
    "desk:load": ("apart", "工作量"),
    "plans:duties": ("duties", "制度任务"),
    "meetings:index": ("duties", "安排和记录会议"),
    "meetings:hours": ("affairs", "学时"),
    "plans:absences": ("duties", "请假出差"),
    "plans:directives": ("registers", "上级部署"),
    "plans:drives": ("registers", "专项活动"),
    "plans:bylaws": ("registers", "支部制度"),
    "methods:index": ("duties", "工作法"),
    "plans:holidays": ("duties", "放假安排"),
    "affairs:transfers": ("affairs", "组织关系转接"),
    "affairs:dues": ("affairs", "党费"),
    "affairs:dues_mine": ("affairs", "党费"),
    "affairs:talks": ("affairs", "谈心谈话"),
    "affairs:workbooks": ("affairs", "工作手册"),
    "organizations:ledger": ("ledger", "工作台账"),
    "organizations:ledger_late": ("ledger", "补录审批"),
    "organizations:ledger_proof": ("ledger", "存证校验"),
    "accounts:index": ("administrators", "账号"),
    "organizations:grants": ("administrators", "授权"),
    "organizations:offices": ("administrators", "管理员"),
    "accounts:locks": ("administrators", "登录锁定"),
    "organizations:audit": ("administrators", "审计"),
    "organizations:audit_reads": ("administrators", "查阅记录"),
}
# Pages below a main one, or of none, with a section of their own.
INNER: dict[str, tuple[str, str]] = {
    "organizations:person_reads": ("ledger", "谁看过我的信息"),
    "plans:item": ("plans", "办理事项"),
    "plans:item_ties": ("plans", "挂钩"),
    "plans:submission": ("plans", "报批和变更"),
}
# Pages that no entry leads to, by the first word of their address.
WORDS: dict[str, tuple[str, str]] = {
    "account": ("start", "登录"),
    "ceilings": ("apart", "工作量"),
    "notices": ("start", "通知"),
    "occurrences": ("duties", "制度任务"),
    "roster": ("organizations", "从花名册开始"),
    "search": ("start", "查找"),
    "todo": ("start", "工作台"),
}


def place_of(door: str, path: str, marked: str) -> str:
    """The address of the section about a page, behind `door`; `marked`: the door of the entry marked there, if any.

    The front page if no section is about it.

    Empty on the pages of the manual itself.
    """
    word = path.split("/")[1]
    if word == "help":
        return ""
    section = INNER.get(door) or SECTIONS.get(marked) or WORDS.get(word)
    if section is None:
        return address("help:index")
    chapter, title = section
    return f"{address('help:chapter', chapter)}#{quote(title)}"
