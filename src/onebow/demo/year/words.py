"""What the demonstration's year is about; all of it is made up."""

from typing import NamedTuple

MEASURES = (
    "高频事项一次告知,材料清单贴到窗口", "零散材料由窗口代为复印", "午间不间断受理", "老年人绿色通道和上门核验",
    "失业登记与待遇申领一表申请", "企业批量参保预审", "招聘会现场受理补贴申请", "档案查询邮寄送达",
    "仲裁立案网上预约", "工伤材料容缺受理", "技能补贴免申即享试点", "社保转移进度短信告知",
    "退休预审提前三个月提醒", "医保结算差错当日回复", "欠薪线索首问负责", "窗口评价器换成回访电话",
    "政策问答每周更新", "社区代办点增加两处", "周六上午延时服务", "办结通知附救济途径",
    "创业贷款资料一次核验", "职称评审材料电子提交", "公开招聘公告附岗位问答", "落户材料清单按情形拆分",
    "缴费基数申报操作短片", "异地就医备案代办", "调解室增设儿童照看角", "庭审时间可选上下午",
    "信访答复附办理人电话", "政策变动提前七日公示", "残疾人预约专席", "待遇核定结果可视化说明",
    "跨科事项由首办人跟到底", "窗口轮岗表对外公示", "外语咨询卡", "补正材料可用手机上传",
)  # fmt: skip
LECTURES = (
    "把党建要求写进业务流程", "窗口就是岗位,岗位就有责任", "从一件信访件看群众立场", "调查研究怎样听到真话",
    "纪律是业务的底线", "一岗双责,责在哪里", "先锋岗怎样带动一条链条", "从案例看廉政风险",
    "数字背后的办事人", "怎样开好一次组织生活会", "学条例、明程序、守规矩", "把问题清单变成成果清单",
)  # fmt: skip
HALL = (
    "就业形势与政策工具", "社会保险法要点", "劳动争议处理实务", "公文写作常见毛病", "数据怎样读",
    "窗口沟通与情绪管理", "基金安全与内控", "行政复议典型案例", "职业技能提升行动", "平台用工与权益保障",
    "档案工作规范", "应急处置演练复盘",
)  # fmt: skip
TOPICS = ("走访企业听诉求", "到社区开展政策宣讲", "学习先进典型", "重温入党誓词", "义务植树", "参观警示教育基地")


class Listed(NamedTuple):
    """An item of a plan: the section that answers for it, kind, title, key point, last month, how far it has come.

    `far`: stages that were passed; -1 is closed, 0 is begun, None not begun.
    """

    section: str
    kind: str
    title: str
    point: int
    month: int
    far: int | None


class Point(NamedTuple):
    """A key point with the requirements that its items inherit."""

    title: str
    party_building: str
    political: str
    integrity: str


BUREAU_POINTS = (
    Point(
        "稳就业、扩就业",
        "支部领办难点任务,党员先锋岗包联企业",
        "服务中心工作,按月报告就业形势",
        "补贴资金逐笔公示,审核与拨付分开",
    ),
    Point(
        "社会保险扩面和待遇落实",
        "经办一线成立党员突击组",
        "兜牢民生底线,政策解释口径一致",
        "基金支付双人复核,异常即停",
    ),
    Point(
        "构建和谐劳动关系",
        "调解、仲裁、监察支部联动",
        "维护劳动者合法权益和社会稳定",
        "办案人员回避,严禁私下接触当事人",
    ),
    Point(
        "机关自身建设",
        "三会一课与业务例会一并安排",
        "落实全面从严治党要求",
        "廉政风险点逐岗排查",
    ),
)
BUREAU_ITEMS = (
    Listed("就业促进科", "project", "重点群体就业帮扶", 0, 11, 2),
    Listed("职业能力建设科", "project", "技能提升行动", 0, 12, 1),
    Listed("职业介绍科", "section-work", "春季招聘活动", 0, 5, -1),
    Listed("创业指导科", "section-work", "创业担保贷款贴息", 0, 10, -1),
    Listed("培训科", "routine", "培训机构年度评估", 0, 12, 0),
    Listed("社会保险科", "project", "灵活就业人员参保扩面", 1, 12, 1),
    Listed("工资福利科", "routine", "退休审批提速", 1, 9, -1),
    Listed("征缴一科", "routine", "缴费基数申报", 1, 7, -1),
    Listed("征缴二科", "project", "企业批量参保预审", 1, 11, 2),
    Listed("支付科", "section-work", "待遇核定差错率压降", 1, 12, 1),
    Listed("稽核科", "section-work", "基金安全专项稽核", 1, 12, 0),
    Listed("审核一科", "routine", "门诊费用审核", 1, 12, 0),
    Listed("劳动关系科", "project", "集体协商提质", 2, 12, 1),
    Listed("劳动监察队", "section-work", "根治欠薪行动", 2, 12, 2),
    Listed("立案科", "routine", "仲裁立案网上预约", 2, 6, -1),
    Listed("调解科", "section-work", "案前调解前移", 2, 12, 1),
    Listed("组织人事科", "section-work", "干部轮训", 3, 12, 0),
    Listed("办公室", "routine", "公文提质", 3, 12, None),
    Listed("法制科", "routine", "规范性文件清理", 3, 10, 2),
    Listed("财务科", "routine", "预算执行序时督办", 3, 12, 0),
)
BRANCH_POINTS = (
    Point(
        "把就业帮扶做到企业门口",
        "支委带队包联,党员先锋岗挂图作战",
        "帮扶对象、资金、成效三公开",
        "走访不扰企、不接受宴请礼品",
    ),
    Point(
        "培训补贴一件事一次办",
        "党小组长任流程责任人",
        "政策执行不走样、不打折",
        "补贴审核交叉复核",
    ),
)
BRANCH_ITEMS = (
    Listed("就业促进科", "research", "企业用工需求调研", 0, 6, -1),
    Listed("就业促进科", "project", "就业帮扶“一企一策”", 0, 10, -1),
    Listed("职业能力建设科", "section-work", "补贴申领流程再造", 1, 12, 1),
    Listed("职业介绍科", "routine", "零工市场日常服务", 0, 12, 0),
    Listed("创业指导科", "section-work", "创业沙龙", 1, 12, None),
)
RESEARCH, FOUR = BRANCH_ITEMS[0].title, BRANCH_ITEMS[1].title
PARTY_ITEMS = (("organization-life", "主题党日与企业走访合办"), ("integrity-task", "帮扶资金廉政风险排查"))
LATE_ITEM = "平台企业用工情况检查督导"
