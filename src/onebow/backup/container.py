"""What lies inside the envelope: records, each packed by itself, the list of everything last.

record: kind (1) | packed or not (1) | length (4) | content
order:  HEAD, then (TABLE ROWS*)*, (FILE BYTES*)*, LIST
"""

import json
import struct
import zlib
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from onebow.apps.base.refusals import Refused
from onebow.backup.sealing import SealingWriter

HEAD, TABLE, ROWS, FILE, BYTES, LIST = b"H", b"T", b"R", b"F", b"B", b"L"
FRAME = struct.Struct(">c?I")
# Half the time of level 6 for a tenth more bytes.
LEVEL = 3
# Records on their way through the packing thread: enough to keep it busy, few enough to hold in memory.
AHEAD = 4
DAMAGED = "备份文件不能使用:内容与目录不符。"


class RecordWriter:
    """Packs records in a thread of its own (packing needs no interpreter) and seals them in order."""

    def __init__(self, out: SealingWriter) -> None:
        self.out = out
        self.packer = ThreadPoolExecutor(1)
        self.waiting: deque[Future[bytes]] = deque()

    def put(self, kind: bytes, content: bytes) -> None:
        """Add a record."""
        self.waiting.append(self.packer.submit(_framed, kind, content))
        if len(self.waiting) > AHEAD:
            self.out.write(self.waiting.popleft().result())

    def put_facts(self, kind: bytes, facts: dict[str, Any]) -> None:
        """Add a record of facts."""
        self.put(kind, json.dumps(facts, ensure_ascii=False).encode())

    def finish(self) -> None:
        """Write what is on its way, and the end."""
        while self.waiting:
            self.out.write(self.waiting.popleft().result())
        self.out.finish()

    def close(self) -> None:
        """End the thread."""
        self.packer.shutdown(cancel_futures=True)


def records(chunks: Iterator[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Each record's kind and content.

    Raises:
        Refused: the records do not end where the chunks end.
    """
    held = bytearray()
    for chunk in chunks:
        held += chunk
        start = 0
        while len(held) - start >= FRAME.size:
            kind, packed, length = FRAME.unpack_from(held, start)
            end = start + FRAME.size + length
            if len(held) < end:
                break
            content = bytes(held[start + FRAME.size : end])
            yield kind, zlib.decompress(content) if packed else content
            start = end
        del held[:start]
    if held:
        raise Refused(DAMAGED)


def facts_of(content: bytes) -> dict[str, Any]:
    """A record of facts, read."""
    facts: dict[str, Any] = json.loads(content)
    return facts


def _framed(kind: bytes, content: bytes) -> bytes:
    packed = zlib.compress(content, LEVEL)
    # Scans and office files are packed already.
    shorter = len(packed) < len(content)
    content = packed if shorter else content
    return FRAME.pack(kind, shorter, len(content)) + content
