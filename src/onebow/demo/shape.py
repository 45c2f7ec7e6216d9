"""The bureau before its reform: what does not depend on the seed.

Six branches, as many as deputy directors, each spread over several sections and office areas; one general branch in
the social-insurance centre with its members directly in it.
"""

from typing import NamedTuple

OFFICES = {
    "丽泽": "丽泽办公区",
    "南院": "南院办公区",
    "光彩": "光彩时代办公区",
    "丰体": "丰体时代办公区",
    "万柳桥": "万柳桥办公区",
}
ORGAN, SOCIAL, MEDICAL, TALENT, COURT, LOGISTICS = range(6)
UNITS = (
    "局机关",
    "社会保险事业管理中心",
    "医疗保险事务管理中心",
    "人力资源公共服务中心",
    "劳动人事争议仲裁院",
    "机关服务中心",
)
GENERAL = 7  # the general branch, after the six branches
BRANCHES = (*(f"第{number}党支部" for number in range(1, 7)), "社保中心党总支")


class SectionShape(NamedTuple):
    """A section: where it belongs, where it sits, which branch has its members, how many people."""

    unit: int
    name: str
    office: str
    branch: int
    people: int
    duties: str


SECTIONS = (
    SectionShape(ORGAN, "办公室", "丽泽", 1, 14, "文电、会务、督查和信息公开"),
    SectionShape(ORGAN, "组织人事科", "丽泽", 1, 12, "干部人事、机关党建和群团"),
    SectionShape(ORGAN, "法制科", "南院", 1, 8, "规范性文件审核、复议应诉和普法"),
    SectionShape(ORGAN, "财务科", "丽泽", 1, 11, "预决算、资产和内部审计"),
    SectionShape(ORGAN, "信访科", "南院", 1, 12, "来信来访和热线办理"),
    SectionShape(ORGAN, "就业促进科", "丽泽", 2, 15, "就业政策和重点群体帮扶"),
    SectionShape(ORGAN, "职业能力建设科", "光彩", 2, 9, "职业培训和技能评价"),
    SectionShape(TALENT, "职业介绍科", "光彩", 2, 11, "招聘活动和岗位推荐"),
    SectionShape(TALENT, "创业指导科", "光彩", 2, 9, "创业服务和担保贷款"),
    SectionShape(TALENT, "培训科", "光彩", 2, 10, "培训项目组织"),
    SectionShape(ORGAN, "专业技术人员管理科", "丽泽", 3, 10, "职称评审和继续教育"),
    SectionShape(ORGAN, "事业单位人事管理科", "丽泽", 3, 14, "岗位设置、公开招聘和聘用备案"),
    SectionShape(TALENT, "人才服务科", "光彩", 3, 15, "人才引进和落户服务"),
    SectionShape(TALENT, "档案管理科", "光彩", 3, 12, "流动人员人事档案"),
    SectionShape(ORGAN, "军官转业安置科", "南院", 3, 8, "转业安置和服务"),
    SectionShape(ORGAN, "社会保险科", "南院", 4, 8, "社会保险政策"),
    SectionShape(ORGAN, "工资福利科", "丽泽", 4, 13, "工资审批和退休审批"),
    SectionShape(MEDICAL, "综合科", "丰体", 4, 10, "文秘、人事和后勤"),
    SectionShape(MEDICAL, "审核一科", "丰体", 4, 14, "门诊费用审核"),
    SectionShape(MEDICAL, "审核二科", "丰体", 4, 12, "住院费用审核"),
    SectionShape(ORGAN, "基金监督科", "丽泽", 5, 12, "基金监督检查"),
    SectionShape(ORGAN, "信息中心", "丽泽", 5, 10, "信息系统建设和运行"),
    SectionShape(MEDICAL, "结算科", "丰体", 5, 14, "与定点机构结算"),
    SectionShape(MEDICAL, "服务窗口科", "丰体", 5, 18, "综合窗口受理"),
    SectionShape(TALENT, "失业保险科", "光彩", 5, 15, "失业登记和待遇核发"),
    SectionShape(TALENT, "综合科", "光彩", 5, 10, "文秘、人事和后勤"),
    SectionShape(ORGAN, "劳动关系科", "丽泽", 6, 13, "劳动合同和集体协商"),
    SectionShape(ORGAN, "劳动监察队", "万柳桥", 6, 16, "劳动保障监察执法"),
    SectionShape(COURT, "立案科", "万柳桥", 6, 12, "仲裁申请受理"),
    SectionShape(COURT, "审理一科", "万柳桥", 6, 11, "案件审理"),
    SectionShape(COURT, "审理二科", "万柳桥", 6, 14, "案件审理"),
    SectionShape(COURT, "调解科", "万柳桥", 6, 15, "案前调解"),
    SectionShape(SOCIAL, "综合科", "南院", GENERAL, 12, "文秘、人事和后勤"),
    SectionShape(SOCIAL, "征缴一科", "南院", GENERAL, 15, "机关事业单位参保缴费"),
    SectionShape(SOCIAL, "征缴二科", "南院", GENERAL, 17, "企业参保缴费"),
    SectionShape(SOCIAL, "支付科", "南院", GENERAL, 10, "待遇核定和发放"),
    SectionShape(SOCIAL, "工伤科", "南院", GENERAL, 11, "工伤待遇"),
    SectionShape(SOCIAL, "稽核科", "南院", GENERAL, 11, "稽核和风险控制"),
    SectionShape(SOCIAL, "档案科", "南院", GENERAL, 9, "业务档案"),
    SectionShape(SOCIAL, "居民保险科", "南院", GENERAL, 13, "城乡居民养老保险"),
)
# Members among the sections' people, by branch; leaders, directors and the service centre make it 320.
SECTION_MEMBERS = {1: 39, 2: 37, 3: 39, 4: 38, 5: 46, 6: 45, GENERAL: 63}
# Unit -> the branch of its director; the organ itself is headed by the leaders.
DIRECTOR_BRANCH = {SOCIAL: GENERAL, MEDICAL: 4, TALENT: 3, COURT: 6}
DIRECTOR_OFFICE = {SOCIAL: "南院", MEDICAL: "丰体", TALENT: "光彩", COURT: "万柳桥"}
# Heads who are no members: not every section can have its head as secretary.
LAY_HEADS = frozenset({"培训科", "信息中心", "结算科", "档案科"})
# Staff of a company at the windows, and part-time arbitrators: they work here, some are members elsewhere.
THIRD_PARTY = {"服务窗口科": 4, "征缴二科": 3, "失业保险科": 3, "信访科": 2}
PART_TIME = {"审理一科": 1, "审理二科": 1}
CHAINS = (
    ("就业促进科", "就业帮扶链条"),
    ("服务窗口科", "一窗受理链条"),
    ("征缴二科", "企业参保缴费链条"),
    ("支付科", "待遇核定发放链条"),
    ("立案科", "立案受理链条"),
    ("劳动监察队", "欠薪处置链条"),
)
PROBATIONARY_IN = frozenset(
    {"办公室", "就业促进科", "人才服务科", "审核一科", "服务窗口科", "劳动监察队", "调解科", "征缴一科", "征缴二科"}
)
