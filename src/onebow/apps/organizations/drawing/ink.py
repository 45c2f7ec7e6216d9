"""Colours of the house, and the few shapes that our pictures are made of."""

import unicodedata
from html import escape
from typing import Any

PARTY, PARTY_PALE = "#b3121d", "#dd9ba0"
BUSINESS = "#2f4b6e"
INK, SOFT, FAINT = "#1b2330", "#566274", "#98a2b3"
LINE, LINE_STRONG, WARN, WHITE = "#e3e7ed", "#c5cdd8", "#855300", "#ffffff"
FONT = "sans-serif"
# Sizes of type.
TEXT, SMALL, HEAD = 13, 12, 14


def tag(name: str, content: str = "", **values: Any) -> str:
    """An element; `content` is markup. Underscores in names stand for hyphens; None leaves an attribute out."""
    words = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"' for key, value in values.items() if value is not None
    )
    return f"<{name}{words}>{content}</{name}>" if content else f"<{name}{words}/>"


def label(text: str, x: float, y: float, **values: Any) -> str:
    """A line of text whose baseline is at y."""
    look = {"font_size": TEXT, "fill": INK, **values}
    return tag("text", escape(text), x=x, y=y, **look)


def title(text: str) -> str:
    """What a pointer is told, and a screen reader."""
    return tag("title", escape(text))


def picture(content: str, size: tuple[float, float], name: str, *, has_links: bool = False) -> str:
    """The whole drawing. With links inside it is a group, else it would hide them from screen readers."""
    width, height = size
    return tag(
        "svg",
        title(name) + content if not has_links else content,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_value(width)} {_value(height)}",
        width=width,
        height=height,
        font_family=FONT,
        role="group" if has_links else "img",
        aria_label=name,
        class_="drawing",
    )


def width_of(text: str, size: float = TEXT) -> float:
    """About how wide a text is: Chinese signs are square, others a little over half as wide.

    >>> width_of("党支部", 10)
    30
    """
    return sum(size if unicodedata.east_asian_width(sign) in "WF" else size * 0.58 for sign in text)


def fitted(text: str, room: float, size: float = TEXT) -> str:
    """The text, cut with an ellipsis where it is wider than its room.

    >>> fitted("就业促进科党支部", 50, 10)
    '就业促进…'
    """
    if width_of(text, size) <= room:
        return text
    while text and width_of(text, size) + size > room:
        text = text[:-1]
    return f"{text}…"


def lines_of(text: str, room: float, size: float, most: int) -> list[str]:
    """The text in lines no wider than the room; the last of `most` lines is cut.

    >>> lines_of("光彩时代办公区", 40, 10, 2)
    ['光彩时代', '办公区']
    """
    lines: list[str] = []
    rest = text
    while rest and len(lines) < most - 1:
        line = ""
        while rest and width_of(line + rest[0], size) <= room:
            line, rest = line + rest[0], rest[1:]
        if not line:
            break
        lines.append(line)
    return [*lines, fitted(rest, room, size)] if rest else lines


def _value(value: Any) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else escape(str(value))
