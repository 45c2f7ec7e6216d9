"""The sorts of what waits: one line each, in the order in which their sums stand. How to add one: docs/apps/desk.md."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from onebow.apps.plans.checking.sorts import ABOUT
from onebow.apps.plans.models import Category, Sort

STATES_OF_REQUEST = {"first": "首次报批", "change": "计划变更"}
CATEGORIES: dict[str, str] = dict(Category.choices)
GAPS: dict[str, str] = dict(Sort.choices)
# Gaps that never had a due day: what has been missing since then.
LACKING: dict[str, str] = {sort: about.lacks for sort, about in ABOUT.items() if about.lacks}


@dataclass(frozen=True)
class Shown:
    """A sort: its title and unit, the page that has all of it, the page of one line; why it waits, what finishes it.

    `why` may name {as} (您是书记,), {place}, {note} and {state} by the words of `states`. With `looks` the deed is for
    whoever leads there; others are told that instead, and may look. `since`: its day is the one from which it waits,
    not one by which it is due. `first_late`: it is the first day on which it was late; in the states `lacking` nothing
    was due, and its words say what has been missing since. `asks`: somebody waits for the user's yes or no. `fold`: on
    the front page, many that are alike are one line: all of them (then `folded` tells it, {n} how many), those of one
    title and day ("same"), or those of one title and organization ("matter").
    """

    sort: str
    title: str
    unit: str
    all_door: str
    door: str
    query: str = ""
    part: str = ""
    why: str = ""
    deed: str = "去办理"
    deed_door: str = ""
    deed_part: str = ""
    states: Mapping[str, str] = field(default_factory=dict)
    looks: str = ""
    since: bool = False
    first_late: bool = False
    lacking: Mapping[str, str] = field(default_factory=dict)
    asks: bool = False
    fold: str = ""
    folded: str = ""


SORTS = (
    Shown(
        "returned", "退回给我的计划和变更", "件", "plans:index", "plans:change", why="您起草的,被退回:{note}",
        deed="修改", since=True,
    ),
    Shown(
        "request", "等我审批的计划和变更", "件", "plans:index", "plans:change", part="waiting",
        why="等您审批:{state}", states=STATES_OF_REQUEST, deed="审批", since=True, asks=True,
    ),
    Shown(
        "reform", "等我审批的支部调整", "件", "organizations:restructurings", "organizations:restructuring",
        why="等您审批:支部调整方案", deed="审批", since=True, asks=True,
    ),
    Shown(
        "reform_returned", "退回给我的支部调整", "件", "organizations:restructurings", "organizations:restructuring",
        why="您提交的,被退回:{note}", deed="修改", since=True,
    ),
    Shown(
        "reform_stuck", "到期没有实施的支部调整", "件", "organizations:restructurings", "organizations:restructuring",
        why="到了实施日期没有实施:{note}", deed="处理",
    ),
    Shown(
        "election", "等我批复的选举", "次", "organizations:elections", "organizations:election", "view=open",
        why="等您批复:{state}", states={"submitted": "候选人", "held": "选举结果"}, deed="批复", since=True, asks=True,
        fold="all", folded="{n} 次选举等您批复",
    ),
    Shown(
        "late_entries", "等我审批的补录", "批", "organizations:ledger_late", "organizations:ledger_late",
        why="等您审批:迟于 3 个工作日补记的工作", deed="审批", since=True, asks=True,
    ),
    Shown(
        "import", "等待处理的花名册", "份", "organizations:imports", "organizations:import",
        why="{as}{state}", states={"checked": "预检完成,等您确认导入", "failed": "没有导入完成"}, deed="处理",
        since=True,
    ),
    Shown(
        "make_up", "待补办", "项", "plans:items_mine", "plans:item", part="make-ups", deed_part="deed",
        why="紧急先行的事项,{state}要事后补办:{note}", states=CATEGORIES, deed="补办",
    ),
    Shown(
        "confirm", "需要本人确认", "项", "plans:items_mine", "plans:item", part="confirm", deed_part="deed",
        why="需要您本人确认,{state}:{note}", states=CATEGORIES, deed="确认",
    ),
    Shown(
        "check", "由我落实的检查点", "项", "plans:items_mine", "plans:item", part="check", deed_part="deed",
        why="由您落实的检查点,{state}:{note}", states=CATEGORIES, deed="落实",
    ),
    Shown(
        "mine", "我负责的事项", "件", "plans:items_mine", "plans:item", part="items", deed_part="deed",
        why="您是责任人", deed="办理",
    ),
    Shown(
        "unclear", "近 60 天情况不明的应办", "项", "plans:duties", "plans:occurrence", "view=list&state=unclear",
        why="{as}到期后没有记录", deed="补记录", deed_part="deeds", fold="all",
        folded="{n} 项应办情况不明",
    ),
    Shown(
        "unrecorded", "待记录的会议", "次", "meetings:index", "meetings:show", "state=planned",
        why="{as}会后还没有记录", deed="记录", deed_door="meetings:record",
    ),
    Shown(
        "receipt", "待回执的组织关系", "件", "affairs:transfers", "affairs:transfer", "state=issued",
        why="{as}等待回执:{note}", deed="登记回执",
    ),
    Shown(
        "relief", "待审批的党费减免", "件", "affairs:dues", "affairs:dues_relief", part="reliefs",
        why="等您审批:{state}党费", states={"waived": "免交", "reduced": "少交"}, deed="审批", since=True, asks=True,
    ),
    Shown(
        "reply", "待反馈的上级部署", "件", "plans:directives", "plans:directive",
        why="{as}应向{note}反馈", deed="反馈", deed_door="plans:directive_reply",
    ),
    Shown(
        "gap", "由我补上的脱节、遗忘", "项", "plans:gaps", "plans:gap", "mine=answer&state=open",
        why="{as}检查中发现:{state}", states=GAPS, deed="补上", deed_part="deed", first_late=True, lacking=LACKING,
        fold="matter", folded="{title}({n} 项)",
    ),
    Shown(
        "closing", "等我销号的", "项", "plans:gaps", "plans:gap", "mine=close&state=mended",
        why="{as}已经补上,等您核对:{state}", states=GAPS, deed="销号", deed_part="deed", since=True,
        fold="all", folded="{n} 项脱节、遗忘已经补上,等您销号",
    ),
    Shown(
        "risk", "待复查的廉政风险点", "个", "plans:risks", "plans:risk", "sort=next",
        why="{as}{state}应复查,责任人:{note}", states={"post": "岗位人员变动,", "process": "流程已调整,"}, deed="复查",
        deed_door="plans:risk_review", looks="您是责任人,{state}应复查",
    ),
    Shown(
        "late", "逾期的事项", "件", "plans:items", "plans:item", "state=late", deed_part="deed",
        why="{as}责任人:{note}", deed="督办",
    ),
    Shown(
        "due", "14 天内到期的应办", "项", "plans:duties", "plans:occurrence", "view=list&state=coming",
        why="{as}按制度应办", looks="{as}近期将要开展", deed="安排", deed_part="deeds", fold="same",
    ),
    Shown(
        "meeting", "14 天内的会议", "次", "meetings:index", "meetings:show", "state=planned",
        why="{as}按时召开,会后记录", looks="{as}按时参加", deed="看安排", fold="same",
    ),
    Shown(
        "term", "到期换届", "个", "organizations:elections", "organizations:show",
        why="{as}任期届满,应按期换届", deed="准备选举", deed_door="organizations:election_new", fold="all",
        folded="{n} 个组织到期换届",
    ),
    Shown(
        "unelected", "负责人待选举", "个", "organizations:elections", "organizations:show",
        why="{as}负责人还没有选举产生", deed="准备选举", deed_door="organizations:election_new", fold="all",
        folded="{n} 个组织的负责人待选举",
    ),
)  # fmt: skip
BY_SORT = {one.sort: one for one in SORTS}
# Names of sorts, for the statement and for who is told at once.
FOLD_ALL = tuple(one.sort for one in SORTS if one.fold == "all")
FOLD_SAME = tuple(one.sort for one in SORTS if one.fold == "same")
FOLD_MATTER = tuple(one.sort for one in SORTS if one.fold == "matter")
SINCE = tuple(one.sort for one in SORTS if one.since)
ASKING = tuple(one.sort for one in SORTS if one.asks)
