"""The commands' words, the daily task and the line of the doctor."""

import json
import os
import re

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

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


def test_a_backup_that_is_not_there_is_said_before_anything_is_asked(tmp_path):
    with pytest.raises(CommandError, match=f"找不到文件 {tmp_path}/none。"):
        call_command("restore", tmp_path / "none")


def test_a_check_tells_the_time_of_the_clock_on_the_wall_and_tables_in_chinese(drill, tmp_path):
    said = run(drill.home, "backup", str(tmp_path / "a.backup"))
    assert "权限 " in said
    assert not re.search(r"^(auth|account|django|mfa)_", said, re.MULTILINE)
    told = run(drill.home, "restore", "--check", str(tmp_path / "a.backup"))
    assert re.search(rf"备份时间 {timezone.localtime():%Y年%-m月%-d日} \d\d:\d\d$", told, re.MULTILINE)


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


def test_the_daily_task_makes_one_backup_a_day(drill, tmp_path):
    (tmp_path / "passphrase").write_text(PASSPHRASE)
    (tmp_path / "backups").mkdir()
    set_up = {
        "ONEBOW_BACKUPS": str(tmp_path / "backups"),
        "ONEBOW_BACKUP_PASSPHRASE_FILE": str(tmp_path / "passphrase"),
    }
    made = run(drill.home, "shell", "-v0", "-c", TWICE, **set_up).split()
    assert made == ["1", "0"]
    assert len(backups_in(tmp_path / "backups")) == 1
    said = json.loads((drill.home / "run/backup.json").read_text())
    assert said["path"] == str(backups_in(tmp_path / "backups")[0])
    daily = "from django.conf import settings; print(settings.DAILY[-1])"
    assert run(drill.home, "shell", "-v0", "-c", daily, **set_up) == "onebow.backup.tasks.make_daily_backup\n"
    assert "backup" not in run(drill.home, "shell", "-v0", "-c", daily)


def test_the_passphrase_is_nowhere_in_the_backup(drill):
    assert PASSPHRASE.encode() not in drill.file.read_bytes()
    assert os.stat(drill.file).st_mode & 0o777 == 0o600
