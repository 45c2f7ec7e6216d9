"""Columns are known by the words of their header."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from onebow.apps.documents.tables import Cell
from onebow.apps.organizations.roster.text import plain

# Field → header words, after hints in brackets, spaces, line breaks and punctuation are taken away.
WORDS = {
    "name": r"(职工|人员|党员|员工|干部|工作人员)?姓名|名字",
    "sex": r"性别|男女",
    "id_number": r"(公民|居民)?身份(证|证件)?(号码?|件号码?)|(公民|居民)?身份证|证件号码?"
    r"|身份证件号码?|公民身份证号码|有效身份证件号码?",
    "born": r"出生(日期|年月日?|时间)?|生日",
    "standing": r"政治(面貌|面目|身份)(类别)?|党派|党员(类别|类型|身份)",
    "joined": r"(加入)?(入党|党组织)(日期|时间|年月日?)|加入(中国共产)?党(组织)?(的)?(日期|时间)"
    r"|(何时)?入党|参加党组织时间",
    "full": r"((党员)?转正|转为(中共)?正式党员|成为正式党员|预备期?转正)(日期|时间|年月日?)|转正",
    "unit": r"(人员|所属|所在|工作|现|任职|二级|下属)*(单位|机构)(名称)?|部门单位|所(属|在)部门单位|单位部门",
    "section": r"(所属|所在|内设|任职)*(科室|处室|股室|科处室|处科室)(名称)?|内设机构"
    r"|(所属|所在|工作)?部门(名称)?|科|科室部门|部门科室|内设(机构|部门)名称",
    "title": r"(现任|行政|现|担任)?(职务|岗位)(名称)?|职务(职级|岗位|及职级|层次)|工作岗位",
    "place": r"(主要|所在)?办公(地点|区域?|地址|场所|地)|工作地点|办公楼",
    "branch": r"(所在|所属)?(基层)?(党支部|支部|党组织|党总支)(名称)?|组织关系所在(党)?(支部|党组织|单位)?",
    "branch_title": r"党内职务|党务职务|(党)?支部(内)?职务",
    "supervisor": r"分管(副?[局院处区]长|副?主任|领导|负责人|局领导)?|主管领导",
    "phone": r"(本人|联系)?手机(号码?)?|手机电话|移动电话(号码)?|联系(电话|方式|手机)|电话(号码)?|手机号码联系电话",
    "engagement": r"编制(类别|性质|类型)?|人员(类别|性质|类型)|用工(方式|性质|形式)|身份类别",
    "note": r"备注?|注|说明",
    "seq": r"序号?|编号|no",
    "duties": r"(主要|工作)?(职能|职责)",
}
PATTERNS = {name: re.compile(words) for name, words in WORDS.items()}
LABELS = {
    "name": "姓名", "sex": "性别", "id_number": "公民身份号码", "born": "出生日期", "standing": "政治面貌",
    "joined": "入党时间", "full": "转正时间", "unit": "所属单位", "section": "科室", "title": "职务",
    "place": "办公地点", "branch": "所在党支部", "supervisor": "分管副局长", "phone": "手机号码", "note": "备注",
}  # fmt: skip
SEARCH_ROWS = 20
# One of these is in every word for the columns of names and sections.
HEADER_SIGN = re.compile("[名室门构]")


@dataclass(frozen=True)
class Header:
    """A found header: its last row (sheet's number), field → column (from 0), column → word shown."""

    row: int
    columns: dict[str, int]
    words: dict[int, str]
    ignored: tuple[str, ...] = ()

    def label(self, name: str) -> str:
        """The header word of a field, as the sheet writes it."""
        return self.words.get(self.columns.get(name, -1), LABELS.get(name, name))


@lru_cache(maxsize=4096)
def _bare(text: str) -> str:
    text = re.sub(r"[(\[【<].*?[)\]】>]", "", text.lower())
    text = re.sub(r"[\s*:、/\\._\-]", "", text)
    # 姓名 Name: the Chinese word counts.
    return re.sub(r"(?<=[一-鿿])[a-z]+$", "", text)


@lru_cache(maxsize=4096)
def field_of(text: str) -> str:
    """The field that a header word means, or nothing.

    >>> field_of("公民身份\\n号码(18位)")
    'id_number'
    """
    bare = _bare(plain(text))
    return next((name for name, pattern in PATTERNS.items() if pattern.fullmatch(bare)), "")


def _fields(cells: Sequence[Cell]) -> list[tuple[int, str, str]]:
    """Column, field and word of each header cell that is known."""
    found = []
    for column, cell in enumerate(cells):
        if isinstance(cell, str) and (name := field_of(cell)):
            found.append((column, name, _shown(cell)))
    return found


def _shown(word: str) -> str:
    return re.sub(r"\s+", "", word)[:40]


def header_at(number: int, cells: Sequence[Cell], below: Sequence[Cell] = ()) -> Header:
    """The header that a row makes, alone or with the row below it (two-line headers)."""
    lower = {column: (name, word) for column, name, word in _fields(below)}
    merged = {column: (name, word) for column, name, word in _fields(cells)} | lower
    columns: dict[str, int] = {}
    words: dict[int, str] = {}
    ignored = []
    for column, (name, word) in sorted(merged.items()):
        name = _told_apart(name, word, merged)
        if name in columns:
            ignored.append(word)
            continue
        columns[name], words[column] = column, word
    return Header(number + bool(below), columns, words, tuple(ignored))


def _told_apart(name: str, word: str, merged: dict[int, tuple[str, str]]) -> str:
    """部门 is the section, unless a column of sections stands beside it and none of units does."""
    others = [other for other_name, other in merged.values() if other_name == "section" and other != word]
    has_unit = any(other_name == "unit" for other_name, _ in merged.values())
    if name == "section" and "部门" in word and "科" not in word and others and not has_unit:
        return "unit"
    return name


def is_header_again(cells: Sequence[Cell], header: Header) -> bool:
    """Whether a row repeats the header, as at the top of a printed page."""
    column = header.columns.get("name", header.columns.get("section", 0))
    cell = cells[column] if column < len(cells) else None
    # The first look spares nearly all names the patterns.
    told = isinstance(cell, str) and HEADER_SIGN.search(cell) and field_of(cell) in ("name", "section")
    return bool(told) and len(_fields(cells)) >= 3
