"""Texts of the manual as HTML, by markdown-it; raw HTML is shown, never passed on."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

# The address that a link between files stands for; empty if nothing is shipped there.
Leads = Callable[[str], str]
TABLE = '<div class="table-scroll" role="region" tabindex="0" aria-label="表格"><table class="table">\n'


@dataclass(frozen=True)
class Section:
    """小节: a heading and the words below it; without an anchor, what stands before the first one."""

    title: str
    anchor: str
    words: str


@dataclass(frozen=True)
class Rendered:
    """A text: its title, what stands below as HTML, and its sections."""

    title: str
    html: str
    sections: tuple[Section, ...]


def rendered(text: str, leads: Leads) -> Rendered:
    """A text that begins with its title."""
    reader = _reader()
    tokens = reader.parse(text)
    title, body = tokens[1].content, tokens[3:]
    for heading, line in pairwise(body):
        if heading.type == "heading_open":
            heading.attrSet("id", line.content)
    for token in body:
        if token.children:
            token.children = list(_led(token.children, leads))
    return Rendered(title, reader.renderer.render(body, reader.options, {}), tuple(_sections(title, body)))


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    # Lines end between Chinese signs, where a blank would be seen.
    reader.add_render_rule("softbreak", _nothing)
    reader.add_render_rule("table_open", _table)
    reader.add_render_rule("table_close", _table)
    return reader


def _nothing(*_: Any) -> str:
    return ""


def _table(_: Any, tokens: Sequence[Token], place: int, *__: Any) -> str:
    """A table that is wider than a phone moves by itself."""
    return TABLE if tokens[place].nesting == 1 else "</table></div>\n"


def _led(tokens: Sequence[Token], leads: Leads) -> Iterator[Token]:
    """A line with links to addresses; what leads to no page of ours is named with its file."""
    named = ""
    for token in tokens:
        if token.type == "link_open":
            href = unquote(str(token.attrs["href"]))
            if led := leads(href):
                token.attrs["href"] = led
                yield token
            else:
                named = href.lstrip("./")
        elif token.type == "link_close" and named:
            yield Token("text", "", 0, content=f"({named})")
            named = ""
        else:
            yield token


def _sections(title: str, tokens: Sequence[Token]) -> Iterator[Section]:
    anchor, words = "", list[str]()
    for before, token in pairwise([Token("", "", 0), *tokens]):
        if before.type == "heading_open":
            yield Section(title, anchor, " ".join(words))
            title, anchor, words = token.content, token.content, []
        elif token.children:
            words.append("".join(one.content for one in token.children))
    yield Section(title, anchor, " ".join(words))
