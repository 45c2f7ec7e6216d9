"""A list of integrity-risk points as a section head brings it: looked at, two rows ticked, taken in."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from onebow.apps.accounts.models import User
from onebow.apps.organizations.models import Person
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.plans.services.risks_import import import_risks
from onebow.apps.plans.services.risks_reading import read_risks
from onebow.demo import frame
from onebow.demo.story import Deed
from onebow.demo.year.telling import LATER, Year, noon

SECTION = "就业促进科"
# In the words of the section: one stands there already, one says another level than is counted, two name no criteria.
HEAD = ("科室", "风险点", "风险等级", "符合的标准", "防控措施", "责任人", "下次复查时间")
ROWS = (
    ("帮扶对象认定", "二级", "1、4", "社区核实、科室复核、公示三道关;走访企业两人同行"),
    ("公益性岗位人员选用", "高", "1、4", "岗位和条件公开,报名、审核、公示分人办理,亲属回避"),
    ("就业见习单位认定和补贴", "一级", "1、2、3", "实地核查两人同行,见习名单按月比对社保,补贴由财务科复核"),
    ("招聘会摊位和经费安排", "低", "", "先报名先安排,经费一次一清,结果在群内公示"),
    ("企业用工信息查询", "Ⅲ级", "", "查询留痕,不导出联系方式,每季度抽查"),
)
# By the row of the list, its head being the first.
TICKS = {5: (2,), 6: (2, 4)}


def risk_list(year: Year) -> Iterator[Deed]:
    """In late spring, after the bureau listed its own."""
    on = year.share(0.35)
    yield on, LATER, partial(_take_in, year, on)


def _take_in(year: Year, on: date) -> None:
    section = year.organization(frame.section_key(frame.index_of(SECTION)))
    head = Person.objects.filter(pk=year.head(section, on) or 0).first()
    if head is None:
        return
    text = "\n".join("\t".join(row) for row in (HEAD, *((SECTION, *row, head.name, "") for row in ROWS)))
    by = _bringer(year, head)
    # Of a head who has a namesake in the section nothing would be taken in.
    if read_risks(text, reach_of(by, on), on, TICKS).new:
        import_risks(text, TICKS, by=by, at=noon(on))


def _bringer(year: Year, head: Person) -> User:
    """The head where that is a sign-in, else the officer."""
    return User.objects.filter(person=head, is_active=True).first() or year.user("officer")
