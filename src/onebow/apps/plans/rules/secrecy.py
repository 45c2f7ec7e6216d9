"""Nothing secret comes in: 密级 as a marking is told from the words in their ordinary sense."""

import re
import unicodedata

from onebow.apps.base.refusals import Refused

STAYS_OUT = "标有密级,涉密文件不得进入本系统,请按保密规定另行保管;这里只登记不涉密的部署。"

_WORD = r"(?:绝\s*密|机\s*密|秘\s*密)"
_TERM = r"(?:\d+\s*(?:年|个月|月|天)|长\s*期)"
# A star between word and term is how GB/T 9704 marks a paper; people also type * or ☆.
_STARRED = re.compile(rf"{_WORD}\s*级?\s*[★☆*※]")
_DATED = re.compile(rf"(?<!保守)(?<!国家)(?<!商业)(?<!工作){_WORD}\s*级?\s*{_TERM}")
_BRACKETED = re.compile(rf"[\[(【〔<{{]\s*(?:{_WORD}|密)\s*(?:级|件|级文件)?\s*[★☆*·.,、]?\s*{_TERM}?\s*[\])】〕>}}]")
_LABELLED = re.compile(rf"密\s*级\s*[::]\s*{_WORD}")
# Alone before or behind a name, as papers and their files are marked: "机密 关于…", "方案-秘密.pdf".
_LEADING = re.compile(rf"^\s*{_WORD}\s*(?:级|件)?\s*(?:$|[\s_\-—·::,,、.。|/])")
_TRAILING = re.compile(rf"[\s_\-—·::|/]{_WORD}\s*(?:级|件)?\s*(?:\.\w{{1,5}})?\s*$")
_MARKS = (_STARRED, _DATED, _BRACKETED, _LABELLED, _LEADING, _TRAILING)


def is_marked(text: str) -> bool:
    """Whether the text bears a classification marking.

    >>> [is_marked(text) for text in ("机密★10年", "示密〔密〕3号", "保守国家秘密宣传周", "保密工作条例")]
    [True, True, False, False]
    """
    # Full-width letters and brackets are the same to whoever reads them.
    plain = unicodedata.normalize("NFKC", text)
    return any(mark.search(line) for line in plain.splitlines() for mark in _MARKS)


def check_not_secret(label: str, text: str) -> None:
    """A number, title or file name may not bear a marking of 密级."""
    if is_marked(text):
        raise Refused(f"{label}{STAYS_OUT}")
