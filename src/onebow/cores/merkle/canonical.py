"""One text for one value, so that a hash of it can be computed again anywhere."""

import json
from typing import Any

# Beyond this, JSON readers that count in floating point disagree; RFC 8785 section 3.2.2.3.
LARGEST = 2**53 - 1
ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def canonical_json(value: Any) -> str:
    """The canonical JSON text of a value.

    Args:
        value: dicts with ASCII keys, lists, str, int (at most 2**53 - 1 either way), bool and None. Decimals come as
            text: a float has no place where figures must be equal to the last digit.
    Returns:
        The text; encoded as UTF-8 it is what is hashed.
    Raises:
        TypeError: a float, or any other type.
        ValueError: an integer too large, a key that is not ASCII, or text that UTF-8 cannot hold.
    Source:
        RFC 8785, JSON Canonicalization Scheme. Keys in ASCII sort alike by code point and by UTF-16 unit.

    >>> canonical_json({"b": [1, None], "a": "科"})
    '{"a":"科","b":[1,null]}'
    """
    check_plain(value)
    return plain_json(value)


def plain_json(value: Any) -> str:
    """The same for a value that is known to be plain: most of the time goes into looking."""
    return ENCODER.encode(value)


def check_plain(value: Any) -> None:
    """Refuse what has no canonical form of its own."""
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, str):
        value.encode()
    elif isinstance(value, int):
        if not -LARGEST <= value <= LARGEST:
            raise ValueError(f"integer beyond 2**53: {value}")
    elif isinstance(value, dict):
        for key, inner in value.items():
            if not (isinstance(key, str) and key.isascii()):
                raise ValueError(f"a key must be ASCII text: {key!r}")
            check_plain(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            check_plain(inner)
    else:
        raise TypeError(f"no canonical form for {type(value).__name__}")
