"""The left navigation: of the product's main pages, those that the person may open."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from django.urls import NoReverseMatch

from onebow.apps.accounts.requests import Request
from onebow.apps.base.addresses import address
from onebow.apps.base.shell import NavGroup, NavItem
from onebow.apps.desk.roles import ROLES
from onebow.apps.help.places import place_of
from onebow.apps.organizations.queries.reach import MEMBER, Reach
from onebow.apps.organizations.queries.restructuring.visible import may_meet_plans
from onebow.config.policy import BY_METHOD, may_pass


@dataclass(frozen=True)
class Entry:
    """A main page: its door, label and icon; `only` those for whom something could ever stand there."""

    door: str
    label: str
    icon: str
    only: Callable[[Reach], bool] | None = None


def is_member(reach: Reach) -> bool:
    """Whether the person's relation lies in a branch of ours: nobody else pays dues here."""
    return MEMBER in reach.roles


GROUPS: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        "",
        (
            Entry("desk:home", "工作台", "home"),
            Entry("desk:cockpit", "驾驶舱", "gauge"),
            Entry("desk:bow", "一张弓", "bow"),
            Entry("desk:burden", "填报负担", "forms"),
        ),
    ),
    (
        "组织",
        (
            Entry("organizations:trees", "两棵树", "sitemap"),
            Entry("organizations:index", "组织", "building"),
            Entry("organizations:findings", "检查结果", "checklist"),
            Entry("organizations:restructurings", "支部调整", "arrows-exchange", only=may_meet_plans),
            Entry("organizations:elections", "选举", "clipboard-list"),
            Entry("organizations:chains_list", "服务链条", "link"),
            Entry("organizations:people", "党员与人员", "users"),
            Entry("organizations:places", "场所", "map-pin"),
            Entry("organizations:imports", "花名册导入", "file-import"),
            Entry("organizations:accounts", "人员账号", "id"),
            Entry("organizations:rules", "规则依据", "file-text"),
        ),
    ),
    (
        "计划",
        (
            Entry("plans:index", "年度计划", "layout-dashboard"),
            Entry("plans:items", "事项", "list-details"),
            Entry("plans:items_mine", "我的事项", "checklist"),
            Entry("plans:taskbook", "折子工程", "clipboard-list"),
            Entry("plans:dual_posts", "一岗双责", "users"),
            Entry("plans:risks", "廉政风险点", "shield-check"),
            Entry("desk:calendar", "工作日历", "calendar"),
            Entry("desk:clashes", "时间冲突", "list-search"),
            Entry("plans:checks", "检查讲评", "clipboard-check"),
            Entry("plans:gaps", "脱节遗忘", "flag"),
            Entry("desk:load", "工作量", "chart-bar"),
        ),
    ),
    (
        "组织生活",
        (
            Entry("plans:duties", "制度任务", "table"),
            Entry("meetings:index", "会议活动", "clipboard-check"),
            Entry("meetings:hours", "学时和人次", "clock"),
            Entry("plans:absences", "请假出差", "door-exit"),
            Entry("plans:directives", "上级部署", "file-text"),
            Entry("plans:drives", "专项活动", "flag"),
            Entry("plans:bylaws", "支部制度", "books"),
            Entry("methods:index", "工作法", "adjustments-horizontal"),
            Entry("plans:holidays", "放假安排", "calendar"),
        ),
    ),
    (
        "党务",
        (
            Entry("affairs:transfers", "组织关系转接", "arrows-exchange"),
            Entry("affairs:dues", "党费", "calculator"),
            Entry("affairs:dues_mine", "我的党费", "calculator", only=is_member),
            Entry("affairs:talks", "谈心谈话", "users"),
            Entry("affairs:workbooks", "工作手册", "books"),
        ),
    ),
    (
        "台账",
        (
            Entry("organizations:ledger", "工作台账", "books"),
            Entry("organizations:ledger_late", "补录审批", "clipboard-check"),
            Entry("organizations:ledger_proof", "存证校验", "shield-check"),
        ),
    ),
    (
        "管理",
        (
            Entry("accounts:index", "账号", "user-circle"),
            Entry("organizations:grants", "授权", "key"),
            Entry("organizations:offices", "管理员", "shield-lock"),
            Entry("accounts:locks", "登录锁定", "lock"),
            Entry("organizations:audit", "审计", "list-search"),
            Entry("organizations:audit_reads", "查阅记录", "eye"),
        ),
    ),
)


def navigation_of(request: Request) -> tuple[NavGroup, ...]:
    """The groups with at least one page that this person may open."""
    if not request.user.is_authenticated:
        return ()
    office = request.user.office
    roles = request.reach.roles if office == "none" else frozenset()
    open_to = {
        entry.door: href for entry, href in _open_to(office, roles) if entry.only is None or entry.only(request.reach)
    }
    here = _here(request.path, open_to)
    groups = []
    for title, group in GROUPS:
        items = tuple(
            NavItem(entry.label, open_to[entry.door], entry.icon, entry.door == here, entry.door)
            for entry in group
            if entry.door in open_to
        )
        if items:
            groups.append(NavGroup(title, items))
    return tuple(groups)


@lru_cache(maxsize=256)
def _open_to(office: str, roles: frozenset[str]) -> tuple[tuple[Entry, str], ...]:
    """The main pages that these roles may open, with their addresses: looked up once, and asked on every request."""
    entries = [entry for _, group in GROUPS for entry in group if _is_open(entry, office, roles)]
    return tuple((entry, href) for entry in entries if (href := _href(entry)))


def posts_line_of(request: Request) -> str:
    """What the person is here, under the name in the menu."""
    if not request.user.is_authenticated:
        return ""
    if request.user.office != "none":
        return request.user.get_office_display()
    reach = request.reach
    if held := [f"{one.organization.name} {'、'.join(one.posts)}" for one in reach.standing if one.posts]:
        return ";".join(held[:3])
    roles = reach.roles
    return " · ".join(label for role, label in ROLES.items() if role in roles) or "尚未授权"


def reads_href_of(request: Request) -> str:
    """The page that tells a person who looked at their data; empty for whoever is no person of ours."""
    if not request.user.is_authenticated or request.user.office != "none":
        return ""
    reach, door = request.reach, BY_METHOD["organizations:person_reads", "GET"]
    if not reach.person_id or not may_pass(door, "none", reach.roles):
        return ""
    return address(door.name, reach.person_id)


def help_href_of(request: Request) -> str:
    """The section of the manual about this page."""
    if not request.user.is_authenticated:
        return ""
    items = (item for group in request.navigation for item in group.items)
    marked = next((item.door for item in items if item.active), "")
    return place_of(request.resolver_match.view_name if request.resolver_match else "", request.path, marked)


def _is_open(entry: Entry, office: str, roles: frozenset[str]) -> bool:
    if entry.door == "desk:home" and office != "none":
        # An administrator has no desk: the front door leads to the own room.
        return False
    door = BY_METHOD.get((entry.door, "GET"))
    return door is not None and may_pass(door, office, roles)


def _href(entry: Entry) -> str:
    try:
        return address(entry.door)
    except NoReverseMatch:
        return ""


def _here(path: str, hrefs: dict[str, str]) -> str:
    """The page whose address is the longest beginning of this one."""
    fitting = [
        (len(href), door) for door, href in hrefs.items() if path == href or (href != "/" and path.startswith(href))
    ]
    return max(fitting, default=(0, ""))[1]
