"""On which line each key of a TOML text stands; tomllib reads the values and tells no lines.

A walk over text that tomllib has accepted, so that nothing here needs to be checked again.
"""

import re
import tomllib
from collections import Counter

Path = tuple[str | int, ...]

KEY = re.compile(r"""\s*("(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[A-Za-z0-9_-]+)[ \t]*""")
BETWEEN = re.compile(r"(?:\s|#[^\n]*)*")
STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}|\'\'\'(?:[^\']|\'{1,2}(?!\'))*\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'',
    re.DOTALL,
)
MULTILINE = re.compile(r'"""|\'\'\'')
SCALAR = re.compile(r"[^,\]}#\n]*")


def lines_of(text: str) -> dict[Path, int]:
    """The line, from 1, of each table, key and element; of a text of several lines also its first (0) and last (1).

    >>> lines_of('a = 1\\n[[duty]]\\nkinds = [\\n  "branch",\\n]')[("duty", 0, "kinds", 0)]
    4
    """
    return _Walk(text.replace("\r\n", "\n")).found


class _Walk:
    """From statement to statement; `at` is where the next sign stands."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.found = text, 0, {}
        self.newlines = [place for place, sign in enumerate(text) if sign == "\n"]
        self.tables: Counter[Path] = Counter()
        table: Path = ()
        self._skip()
        while self.at < len(text):
            if text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip()

    found: dict[Path, int]

    def _line(self) -> int:
        low, high = 0, len(self.newlines)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self.newlines[middle] < self.at else (low, middle)
        return low + 1

    def _skip(self) -> None:
        self.at = BETWEEN.match(self.text, self.at).end()  # type: ignore[union-attr]

    def _note(self, path: Path) -> None:
        self.found.setdefault(path, self._line())

    def _header(self) -> Path:
        many = self.text.startswith("[[", self.at)
        line = self._line()
        self.at += 2 if many else 1
        path = self._inside(self._key(), open_last=not many)
        if many:
            self.tables[path] += 1
            path = (*path, self.tables[path] - 1)
        for end in range(1, len(path) + 1):
            self.found.setdefault(path[:end], line)
        self.at += 2 if many else 1
        return path

    def _inside(self, key: tuple[str, ...], *, open_last: bool) -> Path:
        """A dotted key with the number of the element that is open in each array of tables on its way."""
        path: Path = ()
        for place, part in enumerate(key, 1):
            path = (*path, part)
            if self.tables[path] and (place < len(key) or open_last):
                path = (*path, self.tables[path] - 1)
        return path

    def _pair(self, table: Path) -> None:
        path: Path = table
        line = self._line()
        for part in self._key():
            path = (*path, part)
            self.found.setdefault(path, line)
        self.at += 1
        self._value(path)

    def _key(self) -> tuple[str, ...]:
        parts = []
        while found := KEY.match(self.text, self.at):
            self.at, word = found.end(), found[1]
            parts.append(tomllib.loads(f"a={word}")["a"] if word[0] in "\"'" else word)
            if not self.text.startswith(".", self.at):
                break
            self.at += 1
        return tuple(parts)

    def _value(self, path: Path) -> None:
        self._skip()
        self._note(path)
        sign = self.text[self.at : self.at + 1]
        if sign == "[":
            self._elements(path)
        elif sign == "{":
            self._inline(path)
        else:
            self._scalar(path, sign)

    def _scalar(self, path: Path, sign: str) -> None:
        found = (STRING if sign in ('"', "'") else SCALAR).match(self.text, self.at)
        end = found.end() if found else self.at + 1
        if MULTILINE.match(self.text, self.at):
            # A line end right behind the quotes is no part of the text.
            self.at += 4 if self.text[self.at + 3 : self.at + 4] == "\n" else 3
            self._note((*path, 0))
            self.at = end
            self._note((*path, 1))
        self.at = end

    def _elements(self, path: Path) -> None:
        self.at, count = self.at + 1, 0
        self._skip()
        while not self.text.startswith("]", self.at):
            self._value((*path, count))
            count += 1
            self._comma()
        self.at += 1

    def _inline(self, path: Path) -> None:
        self.at += 1
        self._skip()
        while not self.text.startswith("}", self.at):
            self._pair(path)
            self._comma()
        self.at += 1

    def _comma(self) -> None:
        self._skip()
        if self.text.startswith(",", self.at):
            self.at += 1
            self._skip()
