"""The commands' words, the daily task and the line of the doctor."""

import json
import os
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from onebow import home
from onebow.apps.base.health import backup_note
from onebow.apps.base.refusals import Refused
from onebow.backup.checking import check
from onebow.backup.drafts import backups_in
from onebow.backup.passphrases import passphrase_of
from onebow.backup.tests.running import PASSPHRASE, run

TWICE = "from onebow.backup.tasks import make_daily_backup as make; print(make()); print(make())"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "二者选一"),
        (["a.backup", "--folder", "."], "二者选一"),
        (["a.backup", "--keep", "3"], "只能与 --folder"),
        (["--folder", ".", "--keep", "0"], "至少保留 1 份"),
        (["none/a.backup", "--passphrase-file", "{}"], "文件夹 none 不存在"),
        (["{}", "--passphrase-file", "{}"], "已经存在"),
    ],
)
def test_what_the_command_cannot_do_it_says_in_a_sentence(tmp_path, words, sentence):
    file = tmp_path / "passphrase"
    file.write_text(PASSPHRASE)
    with pytest.raises(CommandError, match=sentence) as caught:
        call_command("backup", *[word.format(file) for word in words])
    assert caught.value.returncode == 2


def test_a_passphrase_is_made_and_used_in_one_go_and_older_backups_go(drill, tmp_path):
    folder, passphrase = tmp_path / "backups", tmp_path / "passphrase"
    folder.mkdir()
    words = ("--folder", str(folder), "--keep", "1")
    said = run(drill.home, "backup", *words, "--make-passphrase", str(passphrase))
    assert "没有它,任何人都打不开备份" in said
    assert "文件 SHA-256" in said
    (first,) = backups_in(folder)
    passphrase.chmod(0o640)
    run(drill.home, "backup", *words, "--passphrase-file", str(passphrase))
    (second,) = backups_in(folder)
    assert second.name > first.name
    assert check(second, passphrase_of(passphrase, twice=False)).files
    with pytest.raises(Refused, match="备份口令不对"):
        check(second, PASSPHRASE)


def test_the_daily_task_makes_one_backup_a_day_and_the_doctor_tells_of_it(drill, tmp_path):
    (tmp_path / "passphrase").write_text(PASSPHRASE)
    (tmp_path / "backups").mkdir()
    set_up = {
        "ONEBOW_BACKUP_FOLDER": str(tmp_path / "backups"),
        "ONEBOW_BACKUP_PASSPHRASE_FILE": str(tmp_path / "passphrase"),
    }
    made = run(drill.home, "shell", "-v0", "-c", TWICE, **set_up).split()
    assert made == ["1", "0"]
    assert len(backups_in(tmp_path / "backups")) == 1
    assert f"备份:最近一次 {timezone.localdate():%Y-%m-%d}" in run(drill.home, "doctor")
    daily = "from django.conf import settings; print(settings.DAILY[-1])"
    assert run(drill.home, "shell", "-v0", "-c", daily, **set_up) == "onebow.backup.tasks.make_daily_backup\n"
    assert "backup" not in run(drill.home, "shell", "-v0", "-c", daily)


@pytest.mark.parametrize(("days", "late"), [(0, False), (7, False), (8, True)])
def test_an_old_backup_is_called_old(tmp_path, monkeypatch, days, late):
    monkeypatch.setattr(home, "HOME", tmp_path)
    assert backup_note().startswith("还没有做过")
    at = timezone.now() - timedelta(days=days)
    said = {"path": "/backups/a.backup", "bytes": 1_234_567, "made_at": at.isoformat()}
    (tmp_path / "run").mkdir()
    (tmp_path / "run/backup.json").write_text(json.dumps(said))
    assert "/backups/a.backup(1.2 MB)" in backup_note()
    assert ("请尽快备份" in backup_note()) is late


def test_the_passphrase_is_nowhere_in_the_backup(drill):
    assert PASSPHRASE.encode() not in drill.file.read_bytes()
    assert os.stat(drill.file).st_mode & 0o777 == 0o600
