"""Which signs a font file has, read from its table `cmap`."""

import struct
from functools import cache
from pathlib import Path


@cache
def signs_in(path: str, index: int = 0) -> frozenset[int]:
    """The code points of one face of a font file (TrueType, OpenType, or a collection of them)."""
    data = Path(path).read_bytes()
    start = struct.unpack_from(">I", data, 12 + 4 * index)[0] if data[:4] == b"ttcf" else 0
    (count,) = struct.unpack_from(">H", data, start + 4)
    for place in range(start + 12, start + 12 + 16 * count, 16):
        if data[place : place + 4] == b"cmap":
            return frozenset(_signs(data, struct.unpack_from(">I", data, place + 8)[0]))
    return frozenset()


def _signs(data: bytes, table: int) -> set[int]:
    signs: set[int] = set()
    (count,) = struct.unpack_from(">H", data, table + 2)
    for place in range(table + 4, table + 4 + 8 * count, 8):
        platform, _, offset = struct.unpack_from(">HHI", data, place)
        (form,) = struct.unpack_from(">H", data, table + offset)
        if form == 12:
            signs |= _form_12(data, table + offset)
        elif form == 4 and platform in (0, 3):
            signs |= _form_4(data, table + offset)
    return signs


def _form_12(data: bytes, start: int) -> set[int]:
    (count,) = struct.unpack_from(">I", data, start + 12)
    groups = struct.iter_unpack(">III", data[start + 16 : start + 16 + 12 * count])
    return {sign for first, last, _ in groups for sign in range(first, last + 1)}


def _form_4(data: bytes, start: int) -> set[int]:
    (double,) = struct.unpack_from(">H", data, start + 6)
    count = double // 2
    lasts = struct.unpack_from(f">{count}H", data, start + 14)
    firsts = struct.unpack_from(f">{count}H", data, start + 16 + double)
    return {
        sign for first, last in zip(firsts, lasts, strict=True) if first != 0xFFFF for sign in range(first, last + 1)
    }
