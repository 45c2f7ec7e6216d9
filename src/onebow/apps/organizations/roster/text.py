"""Text of cells: width, spaces, and the words that stand for nothing."""

import re
import unicodedata
from datetime import date
from functools import lru_cache

from onebow.apps.documents.tables import Cell
from onebow.apps.organizations.roster.facts import Note

# Spaces of every width, line breaks, and marks that are not seen at all (numbers copied from a phone bring them).
BLANK = re.compile("[\\s\u00a0\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u3000]+")
NOTHING = {
    "", "无", "-", "--", "—", "——", "/", "//", "\\", "暂无", "暂缺", "空", "空白", "未填", "(无)", "(空)",
    "null", "none", "nan", "n/a", "#n/a", "#ref!", "#value!", "#name?", "#div/0!", "#num!", "#null!",
}  # fmt: skip
MARKED = re.compile(r"^'(?=[=+\-@])")
FORMULA_TEXT = re.compile(r'^="?([^"]*)"?$')


@lru_cache(maxsize=65536)
def _plain_text(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    text = BLANK.sub(" ", text).strip().lstrip("'")
    if text.startswith("="):
        text = FORMULA_TEXT.sub(r"\1", text)
    return "" if text.casefold() in NOTHING else text


def plain(cell: Cell) -> str:
    """A cell as text of normal width, trimmed; placeholders such as 无 and — are empty.

    >>> plain("\\u30002019 ")
    '2019'
    """
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, str):
        return _plain_text(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def as_written(cell: str) -> str:
    """A cell as it was written, sentences with their signs and lines; placeholders are empty.

    >>> as_written(" =HYPERLINK，双人\\r\\n 审核 "), as_written("无"), as_written("'-1")
    ('=HYPERLINK，双人\\n审核', '', '-1')
    """
    if not plain(cell):
        return ""
    lines = [BLANK.sub(" ", line).strip() for line in cell.splitlines()]
    # A sheet written as text marks what looks like a formula.
    return MARKED.sub("", "\n".join(filter(None, lines)))


def compact(cell: Cell) -> str:
    """As `plain`, without any space.

    >>> compact("财 务 科")
    '财务科'
    """
    return plain(cell).replace(" ", "")


def shown(cell: Cell) -> str:
    """A cell as the report quotes it."""
    if cell is None:
        return ""
    return cell if isinstance(cell, str) else plain(cell) or str(cell)


def normalised(before: Cell, after: str) -> tuple[Note, ...]:
    """The note that a cell was made regular, if it was."""
    if shown(before) == after or not after:
        return ()
    return (Note("info", "normalised", f"已规范为“{after}”。"),)


def masked(text: str) -> str:
    """Three characters at the front, four at the end.

    >>> masked("19900000001")
    '199****0001'
    """
    return text if len(text) < 8 else f"{text[:3]}{'*' * (len(text) - 7)}{text[-4:]}"
