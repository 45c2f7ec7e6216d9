"""Heads, the witness file, the clock, the export and the stand-alone verifier."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction

from onebow import home
from onebow.apps.base.guards import set_up_guards, take_down_guards
from onebow.apps.base.models import Installation
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.exporting import export
from onebow.apps.ledger.models import AccessRecord, Entry, EntryBody, Head, Tree
from onebow.apps.ledger.services import ClockSetBack, accept_clock, sign_head
from onebow.apps.ledger.services.heads import is_signed, own_key_id, signed_text, signing_key, told
from onebow.apps.ledger.tests.make import AT, checked, make_ledger, note, write
from onebow.apps.ledger.witness import is_elsewhere, witnessed
from onebow.cores.merkle import Frontier

pytestmark = pytest.mark.django_db
VERIFIER = Path(__file__).resolve().parents[5] / "tools" / "verify_ledger.py"


@pytest.fixture(autouse=True)
def witness(tmp_path, settings) -> Path:
    settings.WITNESS = str(tmp_path / "witness" / "heads.jsonl")
    return Path(settings.WITNESS)


def run(folder: Path, *words: object) -> tuple[int, list[str], str]:
    """What the verifier says, on a Python that sees nothing of the product."""
    command = [sys.executable, "-I", "-S", str(VERIFIER), str(folder), *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.splitlines(), done.stderr


def test_a_head_is_signed_kept_and_witnessed():
    write(note())
    head = sign_head(at=AT)
    assert is_signed(told(head))
    assert list(witnessed()) == [told(head)]
    assert not is_signed({**told(head), "size": 2})


def test_a_head_of_demonstration_data_says_so():
    Installation.objects.update_or_create(pk=1, defaults={"use": "demonstration"})
    assert sign_head(at=AT).key_id.startswith("DEMONSTRATION-")


def test_a_witness_file_that_cannot_be_written_is_told_and_the_head_is_kept(witness):
    witness.parent.write_text("a file where a folder should be")
    with pytest.raises(Refused, match="见证文件不可写"):
        sign_head(at=AT)
    assert Head.objects.count() == 1


def test_a_clock_set_back_stops_every_append_with_an_alarm(caplog):
    write(note(), at=AT)
    for deed in (lambda: write(note(), at=AT - timedelta(hours=1)), lambda: sign_head(at=AT - timedelta(hours=1))):
        with pytest.raises(ClockSetBack, match="已停止写入"):
            deed()
    assert Entry.objects.count() == 1
    # One an hour: whoever keeps trying does not fill the file.
    assert [line["alarm"] for line in witnessed()] == ["clock"]
    assert "nothing is recorded" in caplog.text


def test_whoever_waited_for_the_lock_records_at_the_time_of_the_entry_before():
    write(note(), at=AT)
    assert write(note(), at=AT - timedelta(minutes=2))[0].recorded_at == AT


def test_after_a_clock_set_forward_an_operator_lets_it_go_on_and_that_is_recorded():
    write(note(), at=AT + timedelta(days=400))
    with pytest.raises(Refused, match="原因"):
        accept_clock(" ", at=AT)
    accepted = accept_clock("主板电池更换,时间曾被调快", at=AT)
    write(note(), at=AT + timedelta(minutes=1))
    assert (accepted.kind, accepted.recorded_at) == ("ledger.clock_accepted", AT)
    assert checked().faults == []
    with pytest.raises(Refused, match="无需确认"):
        accept_clock("再来一次", at=AT + timedelta(minutes=2))


def test_a_ledger_with_everything_in_it_verifies(witness):
    make_ledger()
    report = checked()
    assert report.faults == []
    assert report.size == Tree.objects.get().size > 10
    assert report.root == list(witnessed())[-1]["root"]


def test_the_stand_alone_verifier_agrees_on_an_export(tmp_path):
    make_ledger()
    head = sign_head(at=AT + timedelta(days=60))
    assert export(tmp_path / "out", head) == []
    status, lines, said = run(tmp_path / "out", "--key", tmp_path / "out" / "ledger-public.pem")
    assert (status, lines, said) == (0, [f"ok {head.size} {head.root}"], "")
    old = next(witnessed())
    (tmp_path / "old.json").write_text(json.dumps(old))
    status, lines, said = run(tmp_path / "out", "--head", tmp_path / "old.json")
    assert (status, lines) == (0, [f"ok {head.size} {head.root}"])
    assert "not checked" in said


def test_an_erased_entry_has_no_content_in_the_export_and_the_tree_still_verifies(tmp_path):
    made = make_ledger()
    export(tmp_path, Head.objects.order_by("-pk").first())
    lines = [json.loads(line) for line in (tmp_path / "leaves.jsonl").read_text().splitlines()]
    gone = [line["index"] + 1 for line in lines if line["canonical"] is None]
    assert gone == [made["erased"].pk]
    assert lines[gone[0] - 1]["salt"] is None
    assert run(tmp_path)[0] == 0


def test_one_row_changed_by_sql_is_named_by_the_verifier_and_by_the_export(tmp_path):
    made = make_ledger()
    with transaction.atomic():
        take_down_guards(connection)
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE ledger_entrybody SET canonical = replace(canonical, '对的', '假的') WHERE entry_id = %s",
                [made["right"].pk],
            )
            cursor.execute("UPDATE ledger_entry SET organization_id = 5 WHERE id = %s", [made["plain"].pk])
    faults = export(tmp_path, Head.objects.order_by("-pk").first())
    assert f"第 {made['plain'].pk} 条的列与存证内容不符:organization。" in faults
    assert any("触发器" in fault for fault in faults)
    status, lines, _ = run(tmp_path)
    assert (status, lines) == (1, [f"index 3 (entry {made['right'].pk}): content or salt does not fit the leaf"])


def test_content_that_was_deleted_without_an_erasure_is_named_by_both(tmp_path):
    made = make_ledger()
    with transaction.atomic():
        take_down_guards(connection)
        EntryBody.objects.filter(pk=made["plain"].pk)._raw_delete("default")
    faults = export(tmp_path, Head.objects.order_by("-pk").first())
    assert f"第 {made['plain'].pk} 条的内容缺失,且没有删除记录。" in faults
    status, lines, _ = run(tmp_path)
    assert (status, lines) == (
        1,
        [f"index 0 (entry {made['plain'].pk}): the content is missing, and no entry tells of its erasure"],
    )


def test_a_torn_line_swallows_no_head_and_a_head_that_was_not_written_is_written_with_the_next(witness):
    write(note())
    sign_head(at=AT)
    witness.write_bytes(witness.read_bytes() + b'{"torn')
    missed = Head.objects.create(id=2, **{**vars_of(sign_now()), "time": "2026-03-02T04:30:00Z"})
    last = sign_head(at=AT + timedelta(hours=1))
    lines = list(witnessed())
    assert [line.get("signature") for line in lines] == [
        Head.objects.get(pk=1).signature,
        None,
        missed.signature,
        last.signature,
    ]


def vars_of(head: Head) -> dict[str, object]:
    return {name: getattr(head, name) for name in ("size", "root", "time", "key_id", "signature")}


def sign_now() -> Head:
    """A head that nobody keeps."""
    tree = Tree.objects.get()
    root = Frontier.unpacked(tree.size, bytes(tree.peaks)).root().hex()
    time = "2026-03-02T04:30:00Z"
    signature = signing_key().sign(signed_text(tree.size, root, time)).hex()
    return Head(size=tree.size, root=root, time=time, key_id=own_key_id(), signature=signature)


def test_a_witness_file_that_was_cut_or_deleted_is_a_fault(witness):
    for hours in range(3):
        write(note(), at=AT + timedelta(hours=hours))
        sign_head(at=AT + timedelta(hours=hours))
    kept = witness.read_bytes().splitlines(keepends=True)
    witness.write_bytes(b"".join(kept[1:]))
    assert any("第 1 个签名存证" in line and "删减" in line for line in checked().faults)
    witness.unlink()
    assert sum("删减" in line for line in checked().faults) == 2


@pytest.mark.parametrize("line", [b"\xff\xfe", b"[" * 100_000, b'{"signature": []}', b'"text"'])
def test_nonsense_in_the_witness_file_is_named_and_stops_nothing(witness, line):
    write(note())
    sign_head(at=AT)
    witness.write_bytes(witness.read_bytes() + line + b"\n")
    assert checked().faults == ["见证文件第 2 行无法读取。"]


def test_a_cut_end_of_the_access_log_is_not_hidden_by_the_next_head():
    make_ledger()
    with transaction.atomic():
        take_down_guards(connection)
        AccessRecord.objects.filter(pk=2).delete()
        set_up_guards(connection)
    sign_head(at=AT + timedelta(days=90))
    assert any("查阅记录" in line and "第 2 行" in line for line in checked().faults)
    assert any(line.get("alarm") == "access" for line in witnessed())


@pytest.mark.parametrize(
    "text",
    [
        '{"index": 0, "index": 0, "salt": "00", "canonical": "{}", "leaf": "00"}',
        "[" * 100_000,
        '{"index": NaN}',
        "\ufeff{}",
    ],
)
def test_hostile_lines_are_named_by_the_verifier(tmp_path, text):
    make_ledger()
    export(tmp_path, Head.objects.order_by("-pk").first())
    path = tmp_path / "leaves.jsonl"
    path.write_text("\n".join([text, *path.read_text().splitlines()[1:]]) + "\n")
    status, lines, said = run(tmp_path)
    assert (status, lines[0].split(" (")[0]) == (1, "index 0")
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"size": 1, "size": 2, "root": "", "time": ""}', "", "null", '{"size": -1}']
)
def test_a_hostile_head_is_no_verdict(tmp_path, text):
    make_ledger()
    export(tmp_path, Head.objects.order_by("-pk").first())
    (tmp_path / "head.json").write_text(text)
    status, lines, said = run(tmp_path)
    assert (status, lines) == (2, [])
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda lines: lines[:-1], "missing; head.json counts"),
        (lambda lines: [lines[1], lines[0], *lines[2:]], "index 0 (entry 1): the line says it is 1"),
        (lambda lines: [*lines[:3], "{}", *lines[4:]], "index 3 (entry 4): the line cannot be read"),
        (lambda lines: [*lines, lines[-1]], "not covered by head.json"),
        (lambda lines: [*lines[:2], lines[2].replace('"leaf": "', '"leaf": "00')], "index 2"),
    ],
)
def test_a_damaged_export_is_named_by_its_index(tmp_path, damage, said):
    make_ledger()
    export(tmp_path, Head.objects.order_by("-pk").first())
    path = tmp_path / "leaves.jsonl"
    path.write_text("\n".join(damage(path.read_text().splitlines())) + "\n")
    status, lines, _ = run(tmp_path)
    assert status == 1
    assert any(said in line for line in lines), lines


def test_a_head_signed_by_another_key_or_saved_later_is_a_fault(tmp_path):
    make_ledger()
    export(tmp_path, Head.objects.order_by("pk").first())
    later = told(Head.objects.order_by("-pk").first())
    (tmp_path / "later.json").write_text(json.dumps(later))
    forged = {**later, "root": "00" * 32}
    (tmp_path / "forged.json").write_text(json.dumps(forged))
    key = tmp_path / "ledger-public.pem"
    status, lines, _ = run(tmp_path, "--key", key, "--head", tmp_path / "later.json")
    assert status == 1
    assert any("older state" in line for line in lines)
    assert any(
        "the signature does not fit" in line
        for line in run(tmp_path, "--key", key, "--head", tmp_path / "forged.json")[1]
    )


@pytest.mark.parametrize("name", ["head.json", "leaves.jsonl"])
def test_files_that_are_not_there_are_no_verdict(tmp_path, name):
    make_ledger()
    export(tmp_path, Head.objects.order_by("-pk").first())
    (tmp_path / name).unlink()
    status, lines, said = run(tmp_path)
    assert (status, lines) == (2, [])
    assert name in said


def test_the_verifier_is_small_enough_to_be_read():
    assert len(VERIFIER.read_text().splitlines()) <= 300


def test_whether_the_witness_lies_elsewhere_is_known(settings, tmp_path):
    assert is_elsewhere()
    settings.WITNESS = home.HOME / "witness" / "heads.jsonl"
    assert not is_elsewhere()
