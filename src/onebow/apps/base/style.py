"""What the page of all components shows: made-up content, in every state that a component knows."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import HttpRequest

from onebow.apps.base.asking import AskingForm, Why
from onebow.apps.base.shell import NavGroup, NavItem
from onebow.apps.base.tables import Column, Filter, Listing

STATES = [
    ("neutral", "未开始"),
    ("ok", "已完成"),
    ("warn", "卡在提醒"),
    ("bad", "逾期 12 天"),
    ("party", "党建"),
    ("business", "业务"),
]
LONG = "关于进一步加强和改进第三方派驻人员组织关系管理并做好与业务工作同部署同落实同检查的通知(征求意见稿)"
COLUMNS = [
    Column("name", "姓名", sort="name"),
    Column("unit", "科室", sort="unit"),
    Column("title", "职务"),
    Column("standing", "政治面貌", sort="standing"),
    Column("hours", "学时", sort="hours", align="end"),
    Column("state", "状态"),
]


@dataclass(frozen=True)
class Row:
    """A line of the sample list."""

    name: str
    unit: str
    title: str
    standing: str
    hours: int
    state: tuple[str, str]


class SampleForm(AskingForm):
    """Every kind of field."""

    TITLE = "样张"
    ASKED = {
        Why.DECISION: ("name", "kind", "number", "covers", "mode", "note"),
        Why.PAPER: ("starts_on", "scan"),
        Why.CONFIRM: ("sure",),
    }

    name = forms.CharField(label="名称", max_length=60, help_text="为什么要填:名册、公文和公示都用这个名称。")
    kind = forms.ChoiceField(
        label="种类", choices=[("", "请选择"), ("branch", "党支部"), ("general", "党总支"), ("group", "党小组")]
    )
    starts_on = forms.DateField(label="成立日期", help_text="不知道哪一天可以不填,显示为“不详”。", required=False)
    number = forms.IntegerField(label="届期(年)", min_value=1, max_value=5, required=False)
    covers = forms.MultipleChoiceField(
        label="覆盖科室", choices=[("1", "就业促进科"), ("2", "信息中心"), ("3", LONG)], required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    mode = forms.ChoiceField(
        label="产生方式", choices=[("elected", "选举"), ("appointed", "任命")], widget=forms.RadioSelect
    )
    note = forms.CharField(label="说明", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    scan = forms.FileField(label="批文扫描件", required=False)
    sure = forms.BooleanField(label="已与业务科室核对", required=False)


def rows(count: int) -> list[Row]:
    """So many lines, the same ones each time."""
    families, given = "赵钱孙李周吴郑王冯陈", ["一帆", "明", "晓雨", "建国", "思源", "文静", "海", "欣怡"]
    units = ["就业促进科", "信息中心", "劳动关系科", "窗口服务队"]
    standings = ["中共党员", "中共预备党员", "群众", "共青团员"]
    return [
        Row(
            families[i % 10] + given[i % 8],
            units[i * 7 % 4] if i != 3 else LONG[:24],
            "科长" if i % 9 == 0 else "",
            standings[i * 3 % 4],
            i * 37 % 200,
            STATES[i % 4],
        )
        for i in range(count)
    ]


def content(request: HttpRequest) -> dict[str, Any]:
    """All that the page needs."""
    standings = [(word, word) for word in ("中共党员", "中共预备党员", "群众", "共青团员")]
    filters = [Filter("standing", "政治面貌", standings)]
    short = [Column("name", "事项"), Column("unit", "提出"), Column("state", "状态")]
    wrong = {"name": "", "kind": "", "starts_on": "2026-11-23", "number": "9", "note": LONG, "mode": "elected"}
    return {
        "user": SimpleNamespace(is_authenticated=True, display_name="赵一帆"),
        "navigation": navigation(),
        "posts_line": "就业促进科 · 书记、科长",
        "people": Listing(request, rows(200), COLUMNS, filters, ("name", "unit")),
        "few": Listing(request, rows(3), short, prefix="few-"),
        "nobody": Listing(request, [], short, prefix="none-"),
        "form": SampleForm(initial={"name": "第五党支部", "kind": "branch", "mode": "elected"}),
        "wrong": SampleForm(wrong, auto_id="wrong_%s"),
        "read": read_list(),
        "states": STATES,
        "long": LONG,
    }


def read_list() -> SimpleNamespace:
    """A list with a row of each fate."""
    told = (
        ("new", "将登记", "ok", ""), ("tick", "待勾标准", "warn", "没有写符合哪几条。"),
        ("same", "已登记", "neutral", ""), ("bad", "不能登记", "bad", "查不到这个人,请核对姓名。"),
    )  # fmt: skip
    fates = [
        SimpleNamespace(fate=fate, label=label, colour=colour, note=note, row=SimpleNamespace(line=line))
        for line, (fate, label, colour, note) in enumerate(told, 2)
    ]
    return SimpleNamespace(fates=fates, count=lambda *wanted: sum(one.fate in wanted for one in fates))


def navigation() -> list[NavGroup]:
    """A navigation as an officer has it."""
    return [
        NavGroup("", (NavItem("工作台", "#", "home"),)),
        NavGroup(
            "组织",
            (
                NavItem("两棵树", "#", "sitemap"),
                NavItem("组织", "#", "building"),
                NavItem("党员与人员", "#", "users", active=True),
                NavItem("场所", "#", "map-pin"),
                NavItem("名册导入", "#", "file-import"),
            ),
        ),
        NavGroup("管理", (NavItem("授权", "#", "key"), NavItem("样式", "#", "palette"))),
    ]
