"""`onebow structure solve` on files: exit statuses and what is written."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from onebow.cores import structure

EXAMPLE = Path(structure.__file__).parent / "tests" / "data" / "structure-tiny.json"


@pytest.fixture
def run(tmp_path):
    """Run the command as a program, without any database."""

    def start(data, *more):
        source, output = tmp_path / "in.json", tmp_path / "out.json"
        source.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
        words = [sys.executable, "-m", "onebow", "structure", "solve", str(source), "-o", str(output), *more]
        environment = {**os.environ, "ONEBOW_HOME": str(tmp_path / "home"), "DATABASE_URL": ""}
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen(words, env=environment, **pipes), output

    return start


def ended(started):
    """Exit status, what was written, and what was said."""
    process, output = started
    said, faults = process.communicate(timeout=60)
    return process.returncode, json.loads(output.read_text()) if output.exists() else None, said + faults


def test_a_solved_file_has_its_optimum_and_the_hash_of_its_input(run):
    text = EXAMPLE.read_text()
    status, first, _ = ended(run(text, "--explain"))
    assert (status, first["status"], first["objective"], first["bound"]) == (0, "optimal", 88, 88)
    assert first["input_sha256"] == hashlib.sha256(text.encode()).hexdigest()
    assert all("next_best" in branch for branch in first["branches"])
    _, again, _ = ended(run(text, "--explain"))
    first.pop("seconds"), again.pop("seconds")
    assert json.dumps(first) == json.dumps(again)


def test_bad_input_is_one_line_for_each_fault_and_writes_nothing(run):
    data = json.loads(EXAMPLE.read_text())
    data["people"][0]["section"] = "s99"
    data["extra"] = 1
    status, written, said = ended(run(data))
    assert (status, written) == (2, None)
    assert len(said.splitlines()) == 2
    assert 'people[0].section:"s99":没有这个科室' in said


def test_a_question_without_answer_says_why(run):
    data = json.loads(EXAMPLE.read_text())
    data["people"] = data["people"][:2]
    status, written, said = ended(run(data))
    assert (status, written["status"], written["objective"]) == (3, "infeasible", None)
    assert "BR-FOUND-MIN" in said


@pytest.mark.parametrize("words", [["--time-limit", "0"], ["--time-limit", "soon"], ["--processes", "0"]])
def test_an_option_that_makes_no_sense_is_refused(run, words):
    assert ended(run("{}", *words))[:2] == (2, None)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_with_a_whole_file(run, number):
    started = run(hard())
    assert "党员 400 名" in started[0].stdout.readline()
    time.sleep(0.5)
    started[0].send_signal(number)
    status, written, _ = ended(started)
    assert (status, written["status"]) == (4, "feasible")
    assert 0 <= written["bound"] < written["objective"]
    assert sum(len(branch["members"]) for branch in written["branches"]) == 400


def hard():
    """400 members in 130 sections of one body, all different and aimed at 30: it takes long."""
    people = [
        {
            "id": f"p{i:03}",
            "section": f"s{i % 130:03}",
            "office": f"o{i * i % 11}",
            "member": "full",
            "branch": f"b{i % 17}",
        }
        for i in range(400)
    ]
    return {
        "format": "onebow.structure/1",
        "offices": [{"id": f"o{i}"} for i in range(11)],
        "bodies": [{"id": "u1"}],
        "sections": [{"id": f"s{i:03}", "body": "u1"} for i in range(130)],
        "people": people,
        "parameters": {"target": 30, "max_sections": 9},
    }
