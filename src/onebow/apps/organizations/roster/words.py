"""Words of fixed meaning: sex, political standing, kind of engagement, names."""

import re
from functools import lru_cache

from onebow.apps.documents.tables import Cell
from onebow.apps.organizations.roster.facts import Note, Reading
from onebow.apps.organizations.roster.text import compact, normalised, plain, shown

SEXES = {"男": "male", "女": "female", "男性": "male", "女性": "female", "M": "male", "F": "female",
         "MALE": "male", "FEMALE": "female", "1": "male", "2": "female"}  # fmt: skip
SEX_WORDS = {"male": "男", "female": "女"}
STANDING_WORDS = {
    "full_member": "中共党员",
    "probationary_member": "中共预备党员",
    "league_member": "共青团员",
    "masses": "群众",
    "activist": "入党积极分子",
    "candidate": "发展对象",
    "applicant": "入党申请人",
    "other_party": "民主党派或无党派",
}
OTHER_PARTIES = (
    "民革", "民盟", "民建", "民进", "农工", "致公", "九三", "台盟", "无党派", "民主党派",
    "中国国民党革命", "中国民主同盟", "中国民主建国会", "中国民主促进会",
    "中国农工民主党", "中国致公党", "台湾民主自治同盟",
)  # fmt: skip
STANDINGS = {
    **{word: standing for standing, word in STANDING_WORDS.items()},
    "党员": "full_member", "正式党员": "full_member", "中共正式党员": "full_member", "中国共产党党员": "full_member",
    "中共": "full_member", "共产党员": "full_member", "中国共产党正式党员": "full_member",
    "正式": "full_member", "预备期党员": "probationary_member",
    "预备党员": "probationary_member", "预备": "probationary_member", "中国共产党预备党员": "probationary_member",
    "团员": "league_member", "共青团": "league_member", "中国共产主义青年团团员": "league_member",
    "中国共产主义青年团员": "league_member",
    "积极分子": "activist", "党员发展对象": "candidate", "入党发展对象": "candidate",
    "申请人": "applicant", "入党申请者": "applicant", "普通群众": "masses", "非党员": "masses",
}  # fmt: skip
ENGAGEMENTS = (
    (re.compile("借调|借用|挂职|抽调"), "seconded"),
    (re.compile("第三方|派遣|外包|劳务|派驻"), "third_party"),
    (re.compile("兼职"), "part_time"),
)
ENGAGEMENT_WORDS = {"seconded": "借调", "third_party": "第三方派驻", "part_time": "兼职"}
ELSEWHERE = re.compile(r"关系(不在|未转|保留在|挂靠在|在)([^,。;、)]*)")
BRACKETS = re.compile(r"(.+)\((.*)\)")
DATED = re.compile(r"\d{4}[年.\-/\d]")
HERE = ("", "本单位", "我单位", "本局", "我局", "本支部")
LETTER = re.compile(r"[^\W\d_]")
BARE_NAME = re.compile(r"[㐀-鿿]{1,60}")
VACANT = re.compile(r"\(?(编制)?(空缺|空编|缺编|缺员|待定|待补|未定|不详)\)?")
CJK = re.compile(r"[㐀-鿿豈-﫿𠀀-𲎯]")


def read_name(cell: Cell) -> Reading[str]:
    """A person's name: no spaces between characters, one · inside the names of minorities.

    >>> read_name("翁 健").value
    '翁健'
    """
    text = plain(cell)
    if BARE_NAME.fullmatch(text) and not VACANT.fullmatch(text):
        return Reading(text, normalised(cell, text))
    text = re.sub(r"\s*[·•・‧∙･⋅]\s*", "·", text)
    text = re.sub(r"(?<=[㐀-鿿])\.(?=[㐀-鿿])", "·", re.sub(r"^\d+[.、]|^[*※#]+|[*※#]+$", "", text))
    text = re.sub(r"\((?:女|男|借调|兼职|预备)\)$", "", text).strip()
    if not LETTER.search(text) or VACANT.fullmatch(text):
        return Reading("")
    if CJK.search(text):
        text = text.replace(" ", "")
    return Reading(text[:60], normalised(cell, text[:60]))


@lru_cache(maxsize=4096, typed=True)
def read_sex(cell: Cell) -> Reading[str]:
    """`male`, `female` or empty."""
    text = compact(cell).upper()
    if not text:
        return Reading("")
    if text not in SEXES:
        note = Note("warning", "sex_unreadable", "性别无法识别,这一格留空。", "请填写“男”或“女”。")
        return Reading("", (note,))
    word = SEX_WORDS[SEXES[text]]
    return Reading(SEXES[text], normalised(cell, word))


@lru_cache(maxsize=4096, typed=True)
def read_standing(cell: Cell) -> Reading[str]:
    """Political standing by its common words.

    >>> read_standing("党员").value
    'full_member'
    """
    text = compact(cell)
    if not text:
        return Reading("")
    standing = _standing_of(text)
    if not standing:
        note = Note(
            "warning",
            "unknown_status",
            "政治面貌无法识别,这一格留空,暂不编入支部。",
            "请填写中共党员、中共预备党员、共青团员、群众等规范名称。",
        )
        return Reading("", (note,))
    if standing == "other_party":
        return Reading(standing)
    return Reading(standing, normalised(cell, STANDING_WORDS[standing]))


@lru_cache(maxsize=4096)
def _standing_of(text: str) -> str:
    if standing := STANDINGS.get(text):
        return standing
    if text.startswith(OTHER_PARTIES):
        return "other_party"
    found = BRACKETS.fullmatch(text)
    return _qualified(STANDINGS.get(found[1], ""), found[2]) if found else ""


def _qualified(standing: str, hint: str) -> str:
    """What a hint in brackets makes of a standing; empty if it may change everything: (已转出), (停止党籍)."""
    told = STANDINGS.get(hint, "")
    if not standing or told == standing or DATED.match(hint):
        return standing
    if standing == "full_member":
        return told if told == "probationary_member" else ""
    return told if told in ("activist", "candidate", "applicant") else ""


@lru_cache(maxsize=4096)
def engagement_of(text: str) -> str:
    """How a remark or a kind of staff says that a person is engaged; `regular` if it says nothing."""
    for pattern, engagement in ENGAGEMENTS:
        if pattern.search(text):
            return engagement
    return "regular"


@lru_cache(maxsize=4096)
def elsewhere_of(text: str) -> str:
    """The unit that keeps the Party relation, if a remark says that it is not here; 外单位 if it names none.

    >>> elsewhere_of("组织关系在某街道党工委")
    '某街道党工委'
    """
    found = ELSEWHERE.search(text)
    if not found:
        return ""
    verb, where = found[1], found[2].strip()
    if verb in ("不在", "未转") or where.startswith("外"):
        return "外单位"
    return "" if where in HERE else where[:100]


def quoted(cell: Cell) -> str:
    """A free text cell, trimmed, at most 200 characters."""
    return shown(cell).strip()[:200] if plain(cell) else ""
