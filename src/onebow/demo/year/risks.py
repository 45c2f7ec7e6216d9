"""Integrity-risk points of the bureau: listed in spring, looked at again in summer, one lifted."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from onebow.apps.methods.models import NamedList
from onebow.apps.methods.services.lists import fill_list
from onebow.apps.organizations.models import Membership, Post
from onebow.apps.organizations.services.memberships import PostDraft, start_post
from onebow.apps.plans.counting import latest_review
from onebow.apps.plans.models import RiskList, RiskPoint
from onebow.apps.plans.services.risks import ReviewDraft, RiskDraft, lift_risk, register_risk, review_risk
from onebow.demo import frame
from onebow.demo.story import Deed
from onebow.demo.year.telling import LATER, Year, noon

# What this made-up office wrote down; the sources name no criteria.
CRITERIA = (
    "掌握审批、认定或处罚的决定权", "直接经手资金、物资或数据", "政策留有裁量余地,标准不够细",
    "与服务对象单独接触多", "近三年出现过投诉、差错或违纪",
)  # fmt: skip


class Listed(NamedTuple):
    """A risk point: section, matter, criteria that hold, measure, an item that it hangs on, a kind of items."""

    section: str
    matter: str
    held: tuple[int, ...]
    measure: str
    item: str = ""
    kind: str = ""
    role: str = "unit_head"


LISTED = (
    Listed("工资福利科", "提前退休(特殊工种)审批", (1, 3, 4, 5), "档案双人审核、集体研究、结果公示;疑点材料外调核实",
           "退休审批提速"),
    Listed("劳动监察队", "行政处罚裁量", (1, 3, 4), "执行裁量基准,两人执法、全程记录;处罚决定由法制科审核"),
    Listed("创业指导科", "创业担保贷款资格认定", (1, 2, 4), "贷前实地核查两人同行,名单公示五个工作日",
           "创业担保贷款贴息"),
    Listed("职业能力建设科", "培训补贴审核拨付", (1, 2, 3, 5), "系统比对实名签到,审核与拨付分岗,每季度抽查两成",
           "补贴申领流程再造"),
    Listed("工伤科", "工伤待遇核定的调查取证", (1, 3, 4), "调查两人以上,证据清单入卷,复杂案件集体会审"),
    Listed("支付科", "待遇手工补发", (2, 3, 5), "补发须三级复核,系统留痕,稽核科按月抽查", "待遇核定差错率压降"),
    Listed("结算科", "与定点机构结算", (1, 2, 4), "智能审核加人工复核,结算结果每月通报"),
    Listed("事业单位人事管理科", "公开招聘命题和面试组织", (1, 4, 5), "命题封闭、考官异地抽取、全程录像"),
    Listed("财务科", "大额资金支付", (2, 3), "三重一大集体决策,支付与记账分离"),
    Listed("审核二科", "住院费用审核扣款", (1, 3), "扣款依据逐条告知,申诉另人复核"),
    Listed("审理一科", "仲裁员与当事人接触", (3, 4), "会见须在调解室并登记,严禁私下接触;随机分案"),
    Listed("征缴二科", "缴费基数核定和滞纳金减免", (1, 3), "减免集体研究,名单备案", "企业批量参保预审"),
    Listed("失业保险科", "失业待遇资格核查", (1, 2), "部门数据比对,异常件另人复核"),
    Listed("专业技术人员管理科", "职称评审材料受理", (1, 4), "受理与评审分离,评委随机抽取,回避情形当场核对"),
    Listed("就业促进科", "帮扶对象认定", (1, 4), "社区核实、科室复核、公示三道关;走访企业两人同行",
           "就业帮扶“一企一策”", "research"),
    Listed("稽核科", "稽核对象选取和结果处理", (3, 4), "对象随机抽取,结果集体审定", "基金安全专项稽核",
           role="deputy_head"),
    Listed("办公室", "公务接待和车辆使用", (2,), "事前审批、清单结算、按月公示"),
    Listed("档案管理科", "人事档案查借阅", (4,), "凭单查阅、专人陪同、逐页清点"),
    Listed("信息中心", "业务数据提取", (2,), "提取须书面申请,脱敏导出,日志按月审计"),
    Listed("人才服务科", "落户材料受理", (4,), "材料清单公开,一次告知,退件写明依据"),
    Listed("服务窗口科", "取号和优先办理", (4,), "叫号系统留痕,绿色通道范围上墙"),
)  # fmt: skip
LATE, SOON, LIFTED = "待遇手工补发", "行政处罚裁量", "取号和优先办理"
# Looked at again in summer: which criteria hold since, and what was found.
AGAIN = (
    ("公开招聘命题和面试组织", (1, 4), "改为第三方命题、考官随机抽取,投诉归零,下调为二级"),
    ("人事档案查借阅", (2, 4), "新增电子档案导出权限,上调为二级;已限定导出岗位"),
    ("大额资金支付", (2, 3), "流程没有变化,措施有效,等级不变"),
)


def risks(year: Year) -> Iterator[Deed]:
    """All of it."""
    first, again, late = year.share(0.12), year.share(0.55), year.share(0.8)
    yield year.first, LATER, partial(_fill, year)
    yield first, LATER, partial(_register, year, first)
    yield again, LATER, partial(_review, year, again)
    yield late, LATER, partial(_lift, year, late)
    yield late, LATER, partial(_appoint, year, late)


def _fill(year: Year) -> None:
    row = NamedList.objects.get(key=RiskList.Key.CRITERIA)
    fill_list(row.pk, CRITERIA, version=row.version, by=year.user("officer"), at=noon(year.first))


def _register(year: Year, on: date) -> None:
    for row in LISTED:
        section = year.organization(frame.section_key(frame.index_of(row.section)))
        owner = year.head(section, on)
        if owner is None:
            continue
        items = tuple(year.items[title].pk for title in (row.item,) if title in year.items)
        kinds = tuple(year.item_kind(key) for key in (row.kind,) if key)
        draft = RiskDraft(section, row.matter, owner, row.measure, (row.role,), kinds, items)
        next_on = _next_review(year, row.matter, on)
        register_risk(draft, row.held, next_on, by=year.user("officer"), at=noon(on))


def _next_review(year: Year, matter: str, on: date) -> date:
    """One is late, one is due in a week, the others wait their year."""
    last = latest_review(on, on)
    wanted = {LATE: year.today - timedelta(days=9), SOON: year.today + timedelta(days=6)}.get(matter, last)
    return min(max(wanted, on + timedelta(days=1)), last)


def _review(year: Year, on: date) -> None:
    for matter, held, remark in AGAIN:
        point = RiskPoint.objects.filter(matter=matter).first()
        if point is not None:
            review = ReviewDraft(on, held, latest_review(on, on), remark)
            review_risk(point.pk, review, version=point.version, by=year.user("officer"), at=noon(on))


def _lift(year: Year, on: date) -> None:
    point = RiskPoint.objects.filter(matter=LIFTED).first()
    if point is not None:
        reason = "叫号改由系统自动分配,窗口不再有优先权限"
        lift_risk(point.pk, reason, version=point.version, by=year.user("officer"), at=noon(on))


def _appoint(year: Year, on: date) -> None:
    """A section gets a deputy head, to whose post a risk point is tied: it is to be looked at again."""
    row = next(row for row in LISTED if row.role == Post.Role.DEPUTY_HEAD)
    section = year.organization(frame.section_key(frame.index_of(row.section)))
    head = year.head(section, on)
    staff = Membership.objects.on(on).filter(organization=section, side=Membership.Side.STAFF)
    person = staff.exclude(person=head).order_by("pk").values_list("person_id", flat=True).first()
    if person is not None:
        title = f"{row.section.removesuffix('科')}科副科长"
        draft = PostDraft(person, section, row.role, title, starts_on=on)
        start_post(draft, by=year.user("officer"), at=noon(on))
