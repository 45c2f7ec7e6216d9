"""What ties the two sides of the bureau's plan: most branches serve their sections' business, two run apart."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from onebow.apps.organizations.models import Post
from onebow.apps.plans.models import Plan, Tie
from onebow.apps.plans.services.drafting import ItemDraft, add_item
from onebow.apps.plans.services.items import begin_item
from onebow.apps.plans.services.ties import say_untied, tie_items, untie_items
from onebow.demo import frame, shape
from onebow.demo.story import Deed
from onebow.demo.year.telling import LATER, Year, noon


class Served(NamedTuple):
    """A Party item of a branch, and the business items that it serves."""

    branch: int
    kind: str
    title: str
    targets: tuple[str, ...] = ()


# The two branches that let things slip keep their Party work to themselves.
SERVED = (
    Served(1, "party-task", "党员先锋岗领办公文提速", ("公文提质",)),
    Served(1, "party-task", "支部领办文件清理攻坚", ("规范性文件清理",)),
    Served(1, "integrity-task", "预算执行廉政提醒", ("预算执行序时督办",)),
    Served(2, "party-task", "党员包联重点群体", ("重点群体就业帮扶", "技能提升行动")),
    Served(2, "party-task", "招聘会党员服务队", ("春季招聘活动",)),
    Served(2, "integrity-task", "贷款贴息审核廉政提醒", ("创业担保贷款贴息",)),
    Served(3, "party-task", "支部领办职称评审一次办", ("职称评审材料电子提交",)),
    Served(3, "integrity-task", "公开招聘全程监督", ("公开招聘全程公示",)),
    Served(3, "party-task", "人才服务先锋岗", ("人才落户材料按情形拆分", "流动人员档案查询邮寄送达")),
    Served(4, "party-task", "党员突击组助推参保扩面", ("灵活就业人员参保扩面",)),
    Served(4, "party-task", "退休审批党员示范岗", ("退休审批提速",)),
    Served(4, "integrity-task", "费用审核回避检查", ("门诊费用审核",)),
    Served(5, "party-task", "支部书屋建设"),
    Served(5, "party-task", "重温入党誓词系列活动"),
    Served(5, "party-task", "红色影片观摩"),
    Served(6, "party-task", "党史知识竞赛"),
    Served(6, "party-task", "支部文化墙更新"),
    Served(shape.GENERAL, "party-task", "征缴一线党员突击组", ("缴费基数申报", "企业批量参保预审")),
    Served(shape.GENERAL, "party-task", "待遇核定党员复核岗", ("待遇核定差错率压降",)),
    Served(shape.GENERAL, "integrity-task", "基金安全廉政风险排查", ("基金安全专项稽核", "待遇核定差错率压降")),
)
# Business of sections that the year would tell nothing of else: section, title, key point, last month.
WORK = (
    ("专业技术人员管理科", "职称评审材料电子提交", 3, 10),
    ("事业单位人事管理科", "公开招聘全程公示", 3, 11),
    ("人才服务科", "人才落户材料按情形拆分", 0, 12),
    ("档案管理科", "流动人员档案查询邮寄送达", 0, 9),
    ("基金监督科", "基金监督现场检查", 1, 12),
    ("信息中心", "业务系统国产化改造", 3, 12),
    ("服务窗口科", "综合窗口一次告知", 1, 11),
    ("失业保险科", "失业登记与待遇申领一表办", 0, 12),
)
ALONE = (
    ("干部轮训", "全员培训由组织人事科统一安排,党建要求已写入培训方案"),
    ("培训机构年度评估", "委托第三方评估,本科只管合同和验收"),
    ("业务系统国产化改造", "上级统一部署的技术改造,支部没有可以分担的内容"),
)
# Tied for show in spring; taken back when it was looked at again.
FOR_SHOW = ("红色影片观摩", "基金监督现场检查")


def serve(year: Year, plan: Plan, points: list[int]) -> None:
    """Add the branches' Party items and some more business to the bureau's draft, and tie them together."""
    at, user = noon(year.first), year.user("officer")
    for section, title, point, month in WORK:
        year.items[title] = add_item(plan.pk, _work(year, section, title, points[point], month), by=user, at=at)
    for one in SERVED:
        year.items[one.title] = add_item(plan.pk, _task(year, one, points[3]), by=user, at=at)


def bow(year: Year) -> Iterator[Deed]:
    """Ties in the first week, a reason where none is needed, and one tie that did not last."""
    yield year.first, LATER, partial(_tie, year)
    for place, one in enumerate(SERVED):
        on = year.share(0.05 + place % 6 / 20)
        yield on, LATER, partial(_begin, year, one.title, on)
    for place, (_, title, *_) in enumerate(WORK):
        on = year.share(0.1 + place % 4 / 10)
        yield on, LATER, partial(_begin, year, title, on)
    yield year.share(0.25), LATER, partial(_tie_for_show, year, year.share(0.25))
    yield year.share(0.55), LATER, partial(_take_back, year, year.share(0.55))


def _work(year: Year, section: str, title: str, point: int, month: int) -> ItemDraft:
    owner, starts = year.organization(frame.section_key(frame.index_of(section))), date(year.number, month - 6, 8)
    due, kind = date(year.number, month, 28), year.item_kind("section-work")
    return ItemDraft(kind, title, owner, year.head(owner, year.first), point, starts, due, Decimal(40))


def _task(year: Year, one: Served, point: int) -> ItemDraft:
    branch = year.organization(frame.branch_key(one.branch))
    secretaries = Post.objects.on(year.first).filter(organization=branch, role=Post.Role.SECRETARY)
    person = secretaries.values_list("person_id", flat=True).first()
    return ItemDraft(year.item_kind(one.kind), one.title, branch, person, point, due_on=date(year.number, 12, 20))


def _tie(year: Year) -> None:
    at, user = noon(year.first), year.user("officer")
    for one in SERVED:
        for target in one.targets:
            source, kind = year.items[one.title].pk, Tie.Kind.SUPPORTS
            tie_items(source, year.items[target].pk, kind, by=user, at=at)
    for title, reason in ALONE:
        say_untied(year.items[title].pk, reason, by=user, at=at)


def _begin(year: Year, title: str, on: date) -> None:
    begin_item(year.items[title].pk, by=None, at=noon(on))


def _tie_for_show(year: Year, on: date) -> None:
    source, target = (year.items[title].pk for title in FOR_SHOW)
    tie_items(source, target, Tie.Kind.SUPPORTS, by=year.user("officer"), at=noon(on))


def _take_back(year: Year, on: date) -> None:
    tie = Tie.objects.open().get(source=year.items[FOR_SHOW[0]].pk)
    untie_items(tie.pk, by=year.user("officer"), at=noon(on))
