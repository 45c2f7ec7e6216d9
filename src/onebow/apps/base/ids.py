"""Numbers of rows as addresses and forms tell them: anything may stand there."""

from collections.abc import Iterable
from typing import Any

# Eighteen digits fit the columns of both databases, whatever they are.
LONGEST = 18


def id_of(text: Any) -> int | None:
    """The number that the text is; None if it is none that a row could bear.

    `str.isdigit` takes "²" and other signs that `int` refuses, and a longer number overflows the query.

    >>> id_of("12"), id_of("²"), id_of("-1"), id_of("1" * 19)
    (12, None, None, None)
    """
    digits = str(text)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= LONGEST else None


def ids_of(texts: Iterable[Any]) -> list[int]:
    """The numbers among the texts; what is none is left out."""
    return [number for text in texts if (number := id_of(text)) is not None]
