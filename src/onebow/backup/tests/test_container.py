"""What lies in the envelope, held against its own list."""

import io

import pytest

from onebow.apps.base.refusals import Refused
from onebow.backup import sealing
from onebow.backup.checking import check
from onebow.backup.container import BYTES, FILE, HEAD, LIST, ROWS, TABLE, RecordWriter, records
from onebow.backup.files import Kept
from onebow.backup.making import FORMAT, content_digest
from onebow.backup.rows import Column
from onebow.backup.sealing import SealingWriter, opened_chunks
from onebow.backup.tables import Digest, Table

WORDS = "quiet-river-2026"
SECTIONS = Table("section", ("id",), (Column("id", "int"), Column("name", "text")))
BATCHES = ['[1,"办公室"],[2,null]'.encode(), '[3,"工资福利科"]'.encode()]
KEY = b"ab" * 32


@pytest.fixture(autouse=True)
def _cheap(monkeypatch):
    monkeypatch.setattr(sealing, "COST", 2)


def listed() -> dict:
    total, kept = Digest(SECTIONS), Kept("keys/fields")
    total.add(2, BATCHES[0])
    total.add(1, BATCHES[1])
    kept.add(KEY)
    tables = [{**SECTIONS.facts(), "rows": 3, "sha256": total.hexdigest(), "last_id": 3}]
    return {
        "tables": tables,
        "files": [kept.facts()],
        "absent": [],
        "ledger": {},
        "content": content_digest(tables, [kept.facts()]),
    }


def write(path, *, batches=BATCHES, key=KEY, form=FORMAT, told=None, last=True):
    with path.open("wb") as out:
        writer = RecordWriter(SealingWriter(out, WORDS))
        writer.put_facts(HEAD, {"format": form, "product": "0.1.0", "migrations": []})
        writer.put_facts(TABLE, SECTIONS.facts())
        for batch in batches:
            writer.put(ROWS, batch)
        writer.put_facts(FILE, {"path": "keys/fields"})
        writer.put(BYTES, key)
        if last:
            writer.put_facts(LIST, told or listed())
        writer.finish()
        writer.close()
    return path


def test_a_backup_that_is_what_its_list_says(tmp_path):
    content = check(write(tmp_path / "a"), WORDS)
    assert content.tables == [SECTIONS]
    assert content.files == {"keys/fields": listed()["files"][0]["sha256"]}
    assert len(content.sha256) == 64


@pytest.mark.parametrize(
    "changes",
    [
        {"batches": BATCHES[:1]},
        {"batches": BATCHES[::-1]},
        {"batches": [*BATCHES, b"[4,null]"]},
        {"key": KEY[:-1]},
        {"told": {**listed(), "content": "0" * 64}},
        {"told": {**listed(), "files": []}},
        {"last": False},
    ],
)
def test_content_that_differs_from_the_list_is_refused(tmp_path, changes):
    with pytest.raises(Refused, match="内容与目录不符"):
        check(write(tmp_path / "a", **changes), WORDS)


def test_a_newer_content_is_refused_by_name(tmp_path):
    with pytest.raises(Refused, match="更新的版本"):
        check(write(tmp_path / "a", form="onebow.backup/2"), WORDS)


def test_a_missing_file_and_a_folder_are_said_in_words(tmp_path):
    for path, words in ((tmp_path / "none", "找不到文件"), (tmp_path, "读不到备份文件")):
        with pytest.raises(Refused, match=words):
            check(path, WORDS)


def test_what_shrinks_is_packed_and_what_does_not_is_left_as_it_is():
    out, noise = io.BytesIO(), sealing.secrets.token_bytes(5000)
    writer = RecordWriter(SealingWriter(out, WORDS))
    for content in (b"a" * 100_000, noise):
        writer.put(BYTES, content)
    writer.finish()
    writer.close()
    assert len(out.getvalue()) < 6_000
    out.seek(0)
    assert list(records(opened_chunks(out, WORDS))) == [(BYTES, b"a" * 100_000), (BYTES, noise)]


def test_records_may_be_longer_than_a_chunk():
    content = sealing.secrets.token_bytes(3 * sealing.CHUNK)
    out = io.BytesIO()
    writer = RecordWriter(SealingWriter(out, WORDS))
    for _ in range(7):
        writer.put(BYTES, content)
    writer.finish()
    writer.close()
    out.seek(0)
    assert [one == content for _, one in records(opened_chunks(out, WORDS))] == [True] * 7
