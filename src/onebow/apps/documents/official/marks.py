"""The light marks of a body: `@词 文字` for a block, # to #### for levels, ** for 黑体, | between parts.

A level with a dot (#.) is numbered in the same way and set like the text: a sentence, not a heading.
"""

import re
from collections.abc import Iterator

from onebow.apps.documents.official.blocks import Run, Runs
from onebow.apps.documents.official.dialect import CLOSE, NEWLINE, OPEN

# Words of marks that are a paragraph of one style.
PARAGRAPHS = {
    "标题": "title",
    "副题": "subtitle",
    "主送": "address",
    "居中": "center",
    "靠左": "left",
    "靠右": "right",
    "附注": "note",
    "小字": "remark",
}
# Marks that name fields, not text; their parts are checked word by word.
FIELDS = {"表": 1, "图": 1, "空表": 1, "重复": 2}
OTHERS = ("版头", "文号", "签发人", "附件", "落款", "附件页", "抄送", "印发", "分页", "完")
WORDS = frozenset((*PARAGRAPHS, *FIELDS, *OTHERS))
# These mean something by standing there; all others are left out when they have no text.
BARE = ("分页", "完")
MARK = re.compile(r"@(\S+)\s*(.*)", re.DOTALL)
LEVEL = re.compile(r"(#{1,4}\.?)\s+(.*)", re.DOTALL)
VALUE = re.compile(f"({OPEN}[^{CLOSE}]*{CLOSE})")


def mark_of(line: str) -> tuple[str, str]:
    """The mark of a line and what follows it; the mark is `""` for a paragraph, `#`s for a level."""
    if match := MARK.fullmatch(line) or LEVEL.fullmatch(line):
        return match[1], match[2]
    return "", line


def parts(text: str) -> list[str]:
    """What stands between | signs of the template; those of values are text."""
    pieces = [""]
    for piece in VALUE.split(text):
        if piece.startswith(OPEN):
            pieces[-1] += piece
        else:
            first, *more = piece.split("|")
            pieces[-1] += first
            pieces.extend(more)
    return [piece.strip() for piece in pieces]


def plain(text: str) -> str:
    """The signs without those around values and without **."""
    return "".join(run.text for run in runs(text))


def runs(text: str) -> Runs:
    """Text cut where its look changes; ** of a template switch 黑体 on and off, ** of a value are text."""
    found: list[Run] = []
    is_strong = False
    for piece in VALUE.split(text):
        if piece.startswith(OPEN):
            found.append(Run(piece[1:-1].replace(NEWLINE, "\n"), is_strong))
            continue
        for number, part in enumerate(piece.split("**")):
            is_strong ^= number > 0
            found.append(Run(part, is_strong))
    return tuple(_joined(found))


def _joined(found: list[Run]) -> Iterator[Run]:
    """Neighbours of one look as one."""
    last = Run("")
    for run in found:
        if run.is_strong == last.is_strong or not run.text:
            last = Run(last.text + run.text, last.is_strong)
        else:
            if last.text:
                yield last
            last = run
    if last.text:
        yield last


def lines_of(found: Runs) -> Iterator[Runs]:
    """A paragraph for each line of a value that has several."""
    line: list[Run] = []
    for run in found:
        first, *more = run.text.split("\n")
        line.append(Run(first, run.is_strong))
        for text in more:
            yield tuple(line)
            line = [Run(text, run.is_strong)]
    yield tuple(line)
