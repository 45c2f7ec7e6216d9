"""Lists of dues bases → who, of which kind, how much a month. Knows no database."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from onebow.apps.organizations.roster.text import compact
from onebow.apps.plans.lists.people import Heads, PeopleList, read_people

# The words of a head, each whole; what stands in brackets does not count.
WORDS = {
    "name": ("姓名", "党员", "党员姓名", "人员", "人员姓名"),
    "number": ("身份证号", "身份证号码", "公民身份号码", "身份号码", "证件号码"),
    "kind": ("类别", "人员类别", "党员类别", "人员类型", "类型"),
    "base": (
        "基数", "党费基数", "月基数", "交纳基数", "缴纳基数", "计算基数", "党费计算基数", "月工资", "工资", "每月基数",
        "税后工资", "养老金", "离退休费", "月收入", "收入",
    ),
}  # fmt: skip
SUMS = ("合计", "总计")
# The first that fits: 退休教师 is a pensioner. Nothing said means a wage.
KINDS = (
    ("pension", ("退休", "离休", "养老")), ("annual", ("年薪",)), ("irregular", ("不固定", "个体", "自由职业")),
    ("farmer", ("农民", "务农", "农村")), ("student", ("学生",)), ("unemployed", ("下岗", "失业")),
    ("relief", ("抚恤", "救济", "低保", "最低生活")), ("wage", ("工资", "在职", "在岗", "在编", "职工", "干部")),
)  # fmt: skip
NUMBER = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-+]?\d+(?:\.\d+)?")
HEADS = Heads(WORDS, lambda names: {"name", "base"} <= names, "“姓名”和“基数”(或“月工资”“养老金”)")


@dataclass
class BaseRow:
    """A row with its number in the list; `problem` says why it cannot be taken in."""

    line: int
    name: str
    number: str = ""
    kind: str = ""
    base: Decimal | None = None
    problem: str = ""


def read_bases(text: str) -> PeopleList[BaseRow]:
    """Read what was pasted from a table.

    >>> read_bases("姓名\\t类别\\t基数\\n王一\\t在职\\t5,400 元").rows[0].base
    Decimal('5400')
    """
    return read_people(text, HEADS, _row)


def kind_of(word: str) -> str:
    """The kind by the word that an office has for it; a wage where none is given, empty if it says none of ours.

    >>> kind_of("退休教师"), kind_of(""), kind_of("外星人")
    ('pension', 'wage', '')
    """
    return next((kind for kind, signs in KINDS if any(sign in word for sign in signs)), "" if word else "wage")


def amount_of(text: str) -> Decimal | None:
    """Yuan as people write them; None if it is no number.

    >>> amount_of("5,400.50元"), amount_of("¥3200"), amount_of("五千")
    (Decimal('5400.50'), Decimal('3200'), None)
    """
    word = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).lstrip("¥").removesuffix("元")
    if len(word) > 20 or not NUMBER.fullmatch(word):
        return None
    try:
        return Decimal(word.replace(",", ""))
    except InvalidOperation:
        return None


def _row(line: int, told: dict[str, str]) -> BaseRow | None:
    name = compact(told["name"])
    if name in SUMS:
        return None
    row = BaseRow(line, name, compact(told.get("number", "")), kind_of(told.get("kind", "")))
    row.base = amount_of(told["base"])
    row.problem = _problem(row, told)
    return row


def _problem(row: BaseRow, told: dict[str, str]) -> str:
    if not row.name:
        return "没有写姓名。"
    if not row.kind:
        return f"看不懂类别“{told.get('kind', '')[:20]}”,请写在职、年薪、退休、农民、学生、下岗失业或抚恤救济。"
    if row.base is None and compact(told["base"]):
        return f"“{told['base'][:20]}”不是数额,请只写数字,例如 5400 或 5400.50。"
    return ""
