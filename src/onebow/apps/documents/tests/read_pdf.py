"""Reads back what typst wrote: each run of text with its page, place, size and font. It knows no other files."""

import re
import zlib
from dataclasses import dataclass

OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
# Brackets may stand in a string without a stroke before them if they are paired; typst writes no deeper pairs than one.
STRING = rb"\((?:[^\\()]|\\.|\((?:[^\\()]|\\.)*\))*\)|<[0-9A-Fa-f]*>"
STRINGS = re.compile(STRING, re.DOTALL)
TOKEN = re.compile(
    rb"(?P<cm>[-\d. ]+) cm|/(?P<font>f\d+) (?P<size>[\d.]+) Tf|(?P<text>\[(?:" + STRING + rb"|[-\d. \n])*\])\s*TJ",
    re.DOTALL,
)
ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
CONTROL = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


@dataclass(frozen=True)
class Piece:
    """A run of text: page from 1, points from the left and lower edge."""

    page: int
    x: float
    y: float
    size: float
    font: str
    text: str


class Pdf:
    """A .pdf taken apart."""

    def __init__(self, data: bytes) -> None:
        self.objects = {int(match[1]): match[2] for match in OBJECT.finditer(data)}
        self.fonts: dict[int, tuple[str, dict[int, str]]] = {}
        pages = re.search(rb"/Type/Pages/Count \d+/Kids\[([^\]]*)\]", data)
        self.page_numbers = [int(number) for number in re.findall(rb"(\d+) 0 R", pages[1])]
        self.pieces = [piece for number in range(len(self.page_numbers)) for piece in self._page(number)]

    def text(self, page: int | None = None) -> str:
        """All text in the order of writing, without blanks."""
        found = "".join(piece.text for piece in self.pieces if page in (None, piece.page))
        return re.sub(r"\s", "", found)

    def _stream(self, number: int) -> bytes:
        raw = self.objects[number].split(b"stream\n", 1)[1].rsplit(b"\nendstream", 1)[0]
        return zlib.decompress(raw)

    def _font(self, number: int) -> tuple[str, dict[int, str]]:
        if number not in self.fonts:
            font = self.objects[number]
            name = re.search(rb"/BaseFont/\w+\+([\w-]+?)-Identity-H", font)[1].decode()
            table = self._stream(int(re.search(rb"/ToUnicode (\d+)", font)[1])).decode("latin-1")
            signs = {
                int(glyph, 16): bytes.fromhex(sign).decode("utf-16-be")
                for glyph, sign in re.findall(r"<([0-9A-F]{4})> <([0-9A-F]+)>\n", table)
            }
            self.fonts[number] = name, signs
        return self.fonts[number]

    def _page(self, number: int) -> list[Piece]:
        page = self.objects[self.page_numbers[number]]
        resources = self.objects[int(re.search(rb"/Resources (\d+)", page)[1])]
        fonts = {name.decode(): int(place) for name, place in re.findall(rb"/(f\d+) (\d+) 0 R", resources)}
        content = self._stream(int(re.search(rb"/Contents (\d+)", page)[1]))
        x = y = size = 0.0
        font, signs = "", {}
        pieces = []
        for match in TOKEN.finditer(content):
            if match["cm"]:
                *_, x, y = map(float, match["cm"].split()[-6:])
            elif match["font"]:
                font, signs = self._font(fonts[match["font"].decode()])
                size = float(match["size"])
            else:
                glyphs = b"".join(map(_bytes_of, STRINGS.findall(match["text"])))
                text = "".join(signs[int.from_bytes(glyphs[place : place + 2])] for place in range(0, len(glyphs), 2))
                pieces.append(Piece(number + 1, x, y, size, font, text))
        return pieces


def _bytes_of(string: bytes) -> bytes:
    if string.startswith(b"<"):
        return bytes.fromhex(string[1:-1].decode())
    return ESCAPED.sub(_unescaped, string[1:-1])


def _unescaped(match: re.Match[bytes]) -> bytes:
    sign = match[1]
    return bytes([int(sign, 8)]) if sign.isdigit() else CONTROL.get(sign, sign)
