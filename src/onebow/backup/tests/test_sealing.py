"""The envelope: whatever was changed, left out, moved or added is refused, and the sentence says what."""

import io
from random import Random

import pytest

from onebow.apps.base.refusals import Refused
from onebow.backup import sealing
from onebow.backup.sealing import CHUNK, HEADER_BYTES, TAG_BYTES, SealingWriter, opened_chunks

WORDS = "quiet-river-2026"
SEALED = CHUNK + TAG_BYTES


@pytest.fixture(autouse=True)
def _cheap(monkeypatch):
    """A guess costs a third of a second; here there are hundreds."""
    monkeypatch.setattr(sealing, "COST", 2)


def sealed(content: bytes) -> bytes:
    out = io.BytesIO()
    writer = SealingWriter(out, WORDS)
    for start in range(0, len(content), 300_001):
        writer.write(content[start : start + 300_001])
    writer.finish()
    return out.getvalue()


def opened(data: bytes, words: str = WORDS) -> bytes:
    return b"".join(opened_chunks(io.BytesIO(data), words))


def refusal(data: bytes, words: str = WORDS) -> str:
    with pytest.raises(Refused) as caught:
        opened(data, words)
    return str(caught.value)


def chunks_of(data: bytes) -> tuple[bytes, list[bytes]]:
    body = data[HEADER_BYTES:]
    return data[:HEADER_BYTES], [body[start : start + SEALED] for start in range(0, len(body), SEALED)]


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7])
def test_what_goes_in_comes_out(size):
    content = Random(size).randbytes(size)
    assert opened(sealed(content)) == content


def test_nothing_of_the_content_can_be_read_and_no_two_files_are_alike():
    content = "人社局".encode() * 100
    assert "人社局".encode() not in sealed(content)
    assert sealed(content)[HEADER_BYTES:] != sealed(content)[HEADER_BYTES:]


def test_every_single_changed_bit_is_found():
    data = sealed(b"a row of the ledger")
    for place in range(len(data)):
        for bit in range(8):
            changed = bytearray(data)
            changed[place] ^= 1 << bit
            refusal(bytes(changed))


def test_every_cut_is_found():
    data = sealed(b"a row of the ledger")
    for length in range(len(data)):
        refusal(data[:length])


@pytest.fixture(scope="module")
def four():
    patch = pytest.MonkeyPatch()
    patch.setattr(sealing, "COST", 2)
    yield chunks_of(sealed(Random(1).randbytes(3 * CHUNK + 1000)))
    patch.undo()


def test_a_file_that_ends_with_a_whole_chunk_too_early_is_called_incomplete(four):
    header, chunks = four
    assert "截断" in refusal(header + b"".join(chunks[:3]))


def test_a_file_that_goes_on_after_its_end_is_named_so(four):
    header, chunks = four
    short = chunks_of(sealed(b"x" * CHUNK))
    assert "末尾之后被添加" in refusal(short[0] + short[1][0] + b"more")
    assert "第 4 块" in refusal(header + b"".join(chunks) + b"m")


def test_a_changed_moved_or_missing_chunk_is_named_by_its_number_and_place(four):
    header, (first, second, third, last) = four
    changed = bytearray(third)
    changed[77] ^= 1
    assert "第 3 块" in refusal(header + first + second + bytes(changed) + last)
    assert f"从第 {HEADER_BYTES + 2 * SEALED} 字节起" in refusal(header + first + second + bytes(changed) + last)
    assert "第 2 块" in refusal(header + first + third + second + last)
    assert "第 1 块" in refusal(header + second + third + last)
    assert "第 3 块" in refusal(header + first + second + second + third + last)


def test_chunks_of_another_backup_under_the_same_passphrase_do_not_fit(four):
    header, (first, _, third, last) = four
    other = chunks_of(sealed(Random(2).randbytes(3 * CHUNK + 1000)))[1][1]
    assert "第 2 块" in refusal(header + first + other + third + last)


def test_another_passphrase_another_product_and_a_newer_format_are_told_apart():
    data = sealed(b"content")
    assert refusal(data, "another-river-2026") == "备份口令不对。"
    assert "不是一张弓的备份文件" in refusal(b"SQLite format 3\0" + bytes(4096))
    assert "不是一张弓的备份文件" in refusal(b"")
    assert "只剩开头" in refusal(data[:50])
    newer = bytearray(data)
    newer[len(sealing.MAGIC)] = 2
    start = bytes(newer[: HEADER_BYTES - sealing.DIGEST_BYTES])
    newer[HEADER_BYTES - sealing.DIGEST_BYTES : HEADER_BYTES] = sealing.hashlib.sha256(start).digest()
    assert "更新的版本" in refusal(bytes(newer))
