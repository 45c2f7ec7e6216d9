"""Names of organizations as rosters write them: units, sections, branches, offices, titles."""

import re
from dataclasses import dataclass
from functools import lru_cache

from onebow.apps.documents.tables import Cell
from onebow.apps.organizations.roster.facts import Reading
from onebow.apps.organizations.roster.text import compact, normalised, plain

NUMERALS = "零一二三四五六七八九十"
NUMBERED = re.compile(r"第?([一二三四五六七八九十]+)(?=党?(?:支部|总支|小组))")
# 一支部 and 1支部 are written out: 第一党支部.
UNNUMBERED = re.compile(r"(?<![第\d一二三四五六七八九十])([一二三四五六七八九十]+|\d+)(?=党?(?:支部|总支|小组))")
PARTY_WORD = re.compile(r"(?<!党)(总支|支部)")
LEADERS = re.compile(r".{0,6}领导(?:班子)?(?:成员)?|.{0,3}班子(?:成员)?")
ITSELF = {"局机关", "机关", "机关本级", "本级", "局本级", "本单位", "本局", "局机关本级"}
BRANCH_KINDS = (
    ("联合党支部", "joint_branch"),
    ("临时党支部", "temporary_branch"),
    ("党小组", "group"),
    ("党总支", "general_branch"),
    ("党支部", "branch"),
    ("机关党委", "organ_committee"),
    ("机关委员会", "organ_committee"),
    ("党工委", "work_committee"),
    ("工委", "work_committee"),
    ("党委", "party_committee"),
    ("委员会", "party_committee"),
)
GENERAL_KINDS = ("general_branch", "party_committee", "organ_committee", "work_committee")
SECTION_HEADS = {"科长", "处长", "股长", "室主任", "科室负责人", "科室主任", "中队长", "班长", "组长"}
UNIT_HEADS = {"局长", "主任", "院长", "站长", "所长", "队长", "大队长", "支队长", "总队长", "部长", "馆长",
              "校长", "园长", "厅长", "中心主任", "主席", "台长", "负责人", "社长", "会长"}  # fmt: skip
HEADS = SECTION_HEADS | UNIT_HEADS
BRANCH_PREFIX = r"(?:党支部|支部|党总支|总支|机关党委|党委|党小组)?"
BRANCH_ROLES = (
    (re.compile(r"(?:党支部|支部|党总支|总支)副书记|副书记"), "deputy_secretary"),
    (re.compile(r"(?:党支部|支部|党总支|总支)?书记|支书"), "secretary"),
    (re.compile(BRANCH_PREFIX + "组织委员"), "organization_member"),
    (re.compile(BRANCH_PREFIX + "宣传委员"), "publicity_member"),
    (re.compile(BRANCH_PREFIX + "(?:纪检|纪律检查)委员"), "discipline_member"),
    (re.compile(BRANCH_PREFIX + "委员"), "committee_member"),
    (re.compile("党?小组长|党小组组长"), "group_leader"),
)
OWN_BRANCH = re.compile(r"^(?:机关)?第?(?:[一二三四五六七八九十]+|\d+)(?=党?(?:支部|总支|小组))")
ROLE_WORDS = re.compile(r"\((副?书记|[组宣纪][^)]{1,3}委员|委员|支书)\)$")


@dataclass(frozen=True)
class Role:
    """A post that a title names; `where` is `section`, `unit` or `branch`."""

    role: str
    where: str
    title: str


@lru_cache(maxsize=16384)
def key_of(name: str) -> str:
    """What makes two spellings of an organization's name the same.

    >>> key_of("第二支部") == key_of("第2党支部")
    True
    """
    text = compact(name).casefold()
    text = NUMBERED.sub(lambda found: f"第{_number(found[1])}", text)
    text = UNNUMBERED.sub(r"第\1", text)
    text = re.sub(r"第0+(?=\d)", "第", text)
    return _with_party_word(text).removesuffix("委员会") if "支" in text else text


def _with_party_word(text: str) -> str:
    return PARTY_WORD.sub(r"党\1", text).replace("党总支部", "党总支")


def _number(numeral: str) -> int:
    """一 to 九十九.

    >>> _number("二十三")
    23
    """
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return int("".join(str(NUMERALS.index(sign)) for sign in numeral))
    return (NUMERALS.index(tens[0]) if tens else 1) * 10 + (NUMERALS.index(ones[0]) if ones else 0)


@lru_cache(maxsize=16384, typed=True)
def read_organization(cell: Cell) -> Reading[str]:
    """A unit's or section's name without spaces."""
    text = compact(cell)[:100]
    return Reading(text, normalised(cell, text))


@lru_cache(maxsize=16384, typed=True)
def read_branch(cell: Cell) -> Reading[tuple[str, str]]:
    """A Party organization's name and the post in it, if the cell says one: 第一党支部(书记)."""
    text, title = compact(cell), ""
    if found := ROLE_WORDS.search(text):
        text, title = text[: found.start()], found[1]
    name = _with_party_word(UNNUMBERED.sub(r"第\1", text))[:100]
    return Reading((name, title), () if title else normalised(cell, name))


@lru_cache(maxsize=4096)
def kind_of_branch(name: str) -> str:
    """The kind that a Party organization's name tells: its last word counts."""
    name = re.sub(r"(党支部|党总支)委员会$", r"\1", _with_party_word(name))
    for word, kind in BRANCH_KINDS:
        if name.endswith(word):
            return kind
    return "branch"


def is_leaders(section: str) -> bool:
    """Whether a section's name means the leaders of the unit, who belong to no section."""
    return bool(LEADERS.fullmatch(section))


def is_itself(unit: str) -> bool:
    """Whether a unit's name means the organ of the root itself (局机关)."""
    return unit in ITSELF


@lru_cache(maxsize=16384)
def roles_of(title: str, section: str, leader: bool, has_branch: bool, unit: str = "") -> tuple[Role, ...]:
    """The posts that a title names: 党支部书记、科长 are two."""
    found = []
    for part in re.split(r"[、,/;兼()\s]+", plain(title)):
        body = section or unit
        word = part.removeprefix(body) if body and part != body else part
        if role := _party_role(word):
            # The 书记 of a unit's leaders is that of its 党组 or 党委, not of the branch they sit in.
            if has_branch and not (leader and word in ("书记", "副书记")):
                found.append(Role(role, "branch", part))
        elif where := _head_of(word.removeprefix("副"), section, leader):
            found.append(Role("deputy_head" if word.startswith("副") else "unit_head", where, part))
    return tuple(dict.fromkeys(found))


def _party_role(word: str) -> str:
    word = OWN_BRANCH.sub("", word)
    for pattern, role in BRANCH_ROLES:
        if pattern.fullmatch(word):
            return role
    return ""


def _head_of(word: str, section: str, leader: bool) -> str:
    if section and not leader:
        return "section" if word in HEADS else ""
    return "unit" if word in UNIT_HEADS else ""
