"""Heads, the witness file, the clock, the export and the stand-alone verifier."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction

from onebow.apps.base.guards import take_down_guards
from onebow.apps.base.models import Installation
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.exporting import export
from onebow.apps.ledger.models import Entry, Head, Tree
from onebow.apps.ledger.services import ClockSetBack, accept_clock, sign_head
from onebow.apps.ledger.services.heads import is_signed, told
from onebow.apps.ledger.services.witness import witness_path, witnessed
from onebow.apps.ledger.tests.make import AT, checked, make_ledger, note, write

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
    assert [line["alarm"] for line in witnessed()] == ["clock", "clock"]
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
    assert (status, lines) == (1, [f"index {made['right'].pk - 1}: content or salt does not fit the leaf"])


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda lines: lines[:-1], "missing; head.json counts"),
        (lambda lines: [lines[1], lines[0], *lines[2:]], "index 0: the line says it is 1"),
        (lambda lines: [*lines[:3], "{}", *lines[4:]], "index 3: the line cannot be read"),
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


def test_the_witness_file_lies_in_the_data_folder_unless_a_place_is_named(settings):
    settings.WITNESS = ""
    assert witness_path().name == "heads.jsonl"
    assert witness_path().parent.name == "witness"
