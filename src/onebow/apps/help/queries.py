"""The chapters of the manual, and what is found in them. They are read once; no database is asked."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

from onebow.apps.base.addresses import address
from onebow.apps.help.rendering import Rendered, Section, rendered

FOLDER = Path(__file__).parent / "chapters"
FRONT = "README.md"
# Around the words that were found.
BEFORE, AFTER = 24, 60


@dataclass(frozen=True)
class Chapter:
    """章: a file of the manual; the front page has no slug."""

    slug: str
    text: Rendered

    @property
    def href(self) -> str:
        """Where it is read."""
        return address("help:chapter", self.slug) if self.slug else address("help:index")

    def href_of(self, section: Section) -> str:
        """Where a section of it begins."""
        return self.href + (f"#{quote(section.anchor)}" if section.anchor else "")


@dataclass(frozen=True)
class Hit:
    """A section that was found, with the words around the first hit; without a `word` if only the title has it."""

    chapter: Chapter
    section: Section
    before: str = ""
    word: str = ""
    after: str = ""

    @property
    def href(self) -> str:
        """Where it begins."""
        return self.chapter.href_of(self.section)


@cache
def front() -> Chapter:
    """What each role reads first, and the rules that hold everywhere."""
    return Chapter("", _read(FOLDER / FRONT))


@cache
def chapters() -> dict[str, Chapter]:
    """All chapters by slug, in their order."""
    files = sorted(one for one in FOLDER.glob("*.md") if one.name != FRONT)
    return {_slug(one.name): Chapter(_slug(one.name), _read(one)) for one in files}


def around(slug: str) -> tuple[Chapter | None, Chapter | None]:
    """The chapters before and after this one."""
    row = [None, *chapters().values(), None]
    triples = zip(row, row[1:], row[2:], strict=False)
    return next((before, after) for before, here, after in triples if here and here.slug == slug)


def found(search: str) -> list[Hit]:
    """The sections in which each word of a search stands; first those with all of them in the title."""
    words = search.lower().split()
    if not words:
        return []
    places = [(one, section) for one in (front(), *chapters().values()) for section in one.text.sections]
    hits = [_hit(one, section, words) for one, section in places if _has(f"{section.title} {section.words}", words)]
    return sorted(hits, key=lambda hit: not _has(hit.section.title, words))


def _has(text: str, words: list[str]) -> bool:
    return all(word in text.lower() for word in words)


def _hit(chapter: Chapter, section: Section, words: list[str]) -> Hit:
    lowered = section.words.lower()
    starts = [(lowered.find(word), len(word)) for word in words if word in lowered]
    if not starts:
        return Hit(chapter, section, after=section.words[:AFTER])
    at, length = min(starts)
    text, end = section.words, at + length
    return Hit(chapter, section, text[max(0, at - BEFORE) : at], text[at:end], text[end : end + AFTER])


def _slug(name: str) -> str:
    """`05-apart.md` is read at `apart`."""
    return name.removesuffix(".md").partition("-")[2]


def _read(file: Path) -> Rendered:
    return rendered(file.read_text(encoding="utf-8"), _leads)


def _leads(href: str) -> str:
    """The address of a chapter or a section; an own anchor and another's page stay; a file elsewhere has none."""
    name, mark, anchor = href.partition("#")
    if not name or "://" in name:
        return href
    if "/" in name:
        return ""
    at = address("help:index") if name == FRONT else address("help:chapter", _slug(name))
    return at + (mark + quote(anchor))
