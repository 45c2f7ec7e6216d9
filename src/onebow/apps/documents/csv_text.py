"""Text tables: their encoding and their delimiter, found rather than asked."""

import csv
import io
from collections import Counter
from collections.abc import Iterator

DELIMITERS = ",\t;|"


def decode(data: bytes) -> str:
    """UTF-8 (with or without mark), UTF-16 with mark, or GB18030.

    Raises:
        ValueError: none of them, or no text at all.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    if b"\0" in data:
        raise ValueError("not text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def delimiter_of(text: str) -> str:
    """The delimiter that cuts the first lines into most columns."""
    sample = "\n".join(text[:200_000].splitlines()[:30])
    counts = {sign: _columns(sample, sign) for sign in DELIMITERS}
    return max(DELIMITERS, key=lambda sign: counts[sign])


def _columns(sample: str, sign: str) -> int:
    widths = Counter(len(row) for row in csv.reader(io.StringIO(sample), delimiter=sign) if row)
    return max((width for width, times in widths.items() if times > 1), default=max(widths, default=0))


def read_rows(data: bytes) -> Iterator[list[str]]:
    """The rows of a text table."""
    text = decode(data)
    csv.field_size_limit(100_000)
    yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
