"""`onebow doctor`: each thing broken for real, and what is said about it."""

import json
import subprocess
import sys
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as installed
from django.db import connection, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_q.models import Failure, OrmQ

from onebow import home
from onebow.apps.base import checks_machine
from onebow.apps.base.models import Installation
from onebow.apps.ledger.services import Event, record, sign_head
from onebow.apps.ledger.witness import write_alarm
from onebow.apps.organizations.tests.make import make_town
from onebow.options import read_options

pytestmark = pytest.mark.django_db
EVERY = {**installed.CHECKS, **installed.CHECKS_IN_SERVICE}
DAY = 86400


def faults(name: str) -> list[str]:
    return list(import_string(EVERY[name])())


def fault(name: str) -> str:
    (only,) = faults(name)
    return only


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """An empty data folder."""
    monkeypatch.setattr(home, "HOME", tmp_path / "home")
    (tmp_path / "home").mkdir(mode=0o700)
    return tmp_path / "home"


def test_an_installation_in_order_has_no_faults(settings, folder):
    make_town()
    record_now(0)
    sign_head(at=timezone.now())
    said = {"path": "/backups/a.backup", "made_at": timezone.now().isoformat()}
    (home.folder("run") / "backup.json").write_text(json.dumps(said))
    # A test's own PostgreSQL does not wait for the disk, and no worker runs beside the tests.
    well = [name for name in EVERY if name not in ("写入保障", "后台任务")]
    assert {name: faults(name) for name in well} == {name: [] for name in well}


def record_now(hours: int) -> None:
    with transaction.atomic():
        record(Event("installation.set_up"), by_id=None, at=timezone.now() + timedelta(hours=hours))


@pytest.mark.parametrize(
    ("text", "mode", "said"),
    [
        ('database = "postgresql://u:geheim@h/b"', 0o644, "chmod o="),
        ('host = "0.0.0.0"', 0o600, "没有设置 hosts"),
        ('host = "0.0.0.0"\nhosts = ["a"]\ndebug = true', 0o600, "调试页面对外开放"),
        ('database_password_file = "missing"', 0o600, "missing 读不出来"),
    ],
)
def test_options_that_give_something_away_are_named(tmp_path, monkeypatch, text, mode, said):
    file = tmp_path / "onebow.toml"
    file.write_text(text)
    file.chmod(mode)
    monkeypatch.setattr(checks_machine, "OPTIONS_READ", read_options({"ONEBOW_HOME": str(tmp_path)}))
    assert said in fault("选项")


def test_a_data_folder_that_cannot_be_written_is_named(monkeypatch):
    monkeypatch.setattr(home, "HOME", Path("/proc/onebow"))
    assert "数据目录 /proc/onebow 不可写" in fault("数据目录")


def test_a_disk_that_fills_up_is_named(folder, monkeypatch, settings):
    settings.BACKUPS = folder
    monkeypatch.setattr(checks_machine, "FREE_BYTES", 2**60)
    monkeypatch.setattr(checks_machine, "FEW_BYTES", 2**60)
    assert "不足 200 MB" in fault("数据目录")
    assert "所在磁盘只剩" in fault("磁盘空间")


def test_keys_that_others_may_read_are_named(folder):
    home.key("fields")
    (folder / "keys" / "fields").chmod(0o640)
    assert "chmod 600" in fault("密钥")
    (folder / "keys" / "fields").chmod(0o600)
    (folder / "keys").chmod(0o755)
    assert "chmod 700" in fault("密钥")


def test_keys_of_another_installation_are_found_out():
    town = make_town()
    # As another key would have sealed it.
    sql("UPDATE organizations_person SET id_number = %s WHERE id = %s", b"x" * 40, town.neighbour_person.pk)
    assert "打不开" in fault("密钥")


@pytest.mark.only_sqlite
@pytest.mark.django_db(transaction=True)
def test_sqlite_that_may_lose_a_write_is_named():
    sql("PRAGMA synchronous=OFF")
    try:
        assert "synchronous 应为 2,实际为 0" in fault("数据库")
    finally:
        sql("PRAGMA synchronous=FULL")


@pytest.mark.only_postgresql
def test_postgresql_that_may_lose_a_write_is_named():
    sql("SET LOCAL synchronous_commit = off")
    sql("SET LOCAL default_transaction_isolation = 'serializable'")
    assert "synchronous_commit 应为 on,实际为 off" in "".join(faults("写入保障"))
    assert "default_transaction_isolation 应为 read committed" in fault("数据库")


def test_an_upgrade_that_waits_is_named():
    sql(
        "DELETE FROM django_migrations WHERE app = 'django_q' AND id = (SELECT MAX(id) FROM django_migrations d"
        " WHERE d.app = 'django_q')"
    )
    assert "还有 1 步升级未执行,请先运行 onebow migrate" in fault("数据表")


def test_a_missing_cache_table_is_named():
    sql("ALTER TABLE base_cache RENAME TO base_cache_gone")
    assert "缺少缓存表" in fault("数据表")


@pytest.mark.only_postgresql
def test_paths_in_another_order_than_bytes_are_named_with_the_cure():
    sql('ALTER TABLE organizations_organization ALTER COLUMN path TYPE varchar(120) COLLATE "en-x-icu"')
    said = fault("数据表")
    assert "实际为 en-x-icu" in said
    sql(said.split("请执行:")[1].removesuffix("。"))
    assert faults("数据表") == []


def test_a_trigger_that_somebody_took_away_is_named():
    on = " ON organizations_grant" if connection.vendor == "postgresql" else ""
    sql(f"DROP TRIGGER guard_grant_new{on}")
    assert "guard_grant_new 缺失、停用或被改动" in fault("触发器")


def test_a_bundle_that_was_not_built_is_named(settings):
    settings.STATICFILES_DIRS = []
    assert "tools/assets.py" in fault("页面资源")


def test_a_worker_that_is_away_and_its_failures_are_named():
    now = timezone.now()
    Failure.objects.create(id="1", func="a.task", started=now, stopped=now, success=False)
    Failure.objects.create(id="2", func="old.task", started=now, stopped=now - timedelta(days=2), success=False)
    OrmQ.objects.create(key="onebow", payload="", lock=now - timedelta(hours=1))
    away, waiting, failed = faults("后台任务")
    assert "后台任务没有运行" in away
    assert "有 1 项后台任务等了 20 分钟以上" in waiting
    assert "a.task。" in failed


def test_a_clock_behind_the_ledger_is_named():
    record_now(1)
    assert "早于台账最后一条的时间" in fault("系统时钟")


def test_a_witness_file_that_cannot_be_written_is_named(settings):
    settings.WITNESS = Path("/proc/onebow/heads.jsonl")
    assert "见证文件 /proc/onebow/heads.jsonl 不可写" in fault("见证文件")


def test_a_witness_that_fell_silent_is_named(settings, tmp_path):
    settings.WITNESS, settings.HOURLY = tmp_path / "heads.jsonl", ("onebow.apps.ledger.tasks.sign_head",)
    assert faults("见证文件") == []
    record_now(0)
    assert "还没有签名存证" in fault("见证文件")
    sign_head(at=timezone.now())
    assert faults("见证文件") == []
    day_ago = (timezone.now() - timedelta(days=1)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    settings.WITNESS.write_text(json.dumps({"signature": "", "time": day_ago}) + "\n")
    # An alarm of a minute ago is no head.
    write_alarm("clock", timezone.now())
    assert "已 24 小时没有新的签名存证" in fault("见证文件")


def test_an_old_backup_or_none_at_all_is_named():
    told = home.folder("run") / "backup.json"
    told.unlink(missing_ok=True)
    assert "还没有做过备份" in fault("备份")
    Installation.objects.create(pk=1, use="demonstration")
    assert faults("备份") == []
    for days, old in ((0, False), (3, True)):
        at = timezone.now() - timedelta(days=days)
        told.write_text(json.dumps({"path": "/backups/a.backup", "made_at": at.isoformat()}))
        assert bool(faults("备份")) is old
    assert "最近一次备份在 3 天前(/backups/a.backup)" in fault("备份")
    told.unlink()


def doctor(environment: dict[str, str], *words: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "onebow", "doctor", *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout


def test_a_database_that_does_not_answer_is_told_once_and_the_rest_is_looked_at(own):
    code, said = doctor({**own, "ONEBOW_DATABASE": "postgresql://u:geheim@127.0.0.1:1/b"}, "--json")
    answer: dict[str, Any] = json.loads(said)
    told = {check["name"]: check["faults"] for check in answer["checks"]}
    assert (code, answer["ok"]) == (1, False)
    assert "连不上数据库" in told["数据库"][0]
    assert told["触发器"] == ["没有查成。请先处理“数据库”和“数据表”两项。"]
    assert told["磁盘空间"] == []
    assert "geheim" not in said


def test_options_that_cannot_be_used_end_every_command_in_a_sentence(own):
    code, said = doctor({**own, "ONEBOW_PORT": "x"}, "--json")
    assert (code, json.loads(said)["checks"][0]["name"]) == (1, "选项")
    command = [sys.executable, "-m", "onebow", "migrate"]
    done = subprocess.run(command, env={**own, "ONEBOW_PORT": "x"}, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "环境变量 ONEBOW_PORT:“x”应为 1 到 65535 之间的整数。\n")
