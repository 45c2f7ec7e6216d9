"""Options: read from the environment, one file, or their default; refused with key and reason."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections

from onebow.apps.base.management.commands.settings import shown
from onebow.config.databases import database_settings, keep_connection
from onebow.options import OPTIONS, read_options
from onebow.parsing import database


@pytest.fixture
def read(tmp_path):
    """Reads options with an options file of this text and these variables."""

    def read(text="", **variables):
        (tmp_path / "onebow.toml").write_text(text, encoding="utf-8")
        return read_options({"ONEBOW_HOME": str(tmp_path), **variables})

    return read


def test_without_a_file_and_variables_every_option_has_its_default():
    options = read_options({})
    assert options.faults == ()
    assert (options.port, options.host, options.database.vendor) == (8000, "127.0.0.1", "sqlite")
    assert options.home == Path("var").absolute()
    assert options.witness == options.home / "witness" / "heads.jsonl"
    assert set(options.sources.values()) == {"默认"}


def test_the_file_counts_and_the_environment_counts_more(read):
    options = read('port = 9000\nhosts = ["a.example", "b.example"]\nhttps = true', ONEBOW_PORT="9001")
    assert options.faults == ()
    assert (options.port, options.hosts, options.https) == (9001, ("a.example", "b.example"), True)
    assert options.sources["port"] == "环境变量 ONEBOW_PORT"
    assert options.sources["hosts"] == "选项文件"


def test_a_file_may_lie_anywhere_and_name_the_data_folder(tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text(f'home = "{tmp_path / "data"}"\nbackups = "/mnt/backups"')
    options = read_options({"ONEBOW_CONFIG": str(file)})
    assert (options.home, options.backups) == (tmp_path / "data", Path("/mnt/backups"))
    assert options.witness.is_relative_to(tmp_path / "data")


@pytest.mark.parametrize(
    ("text", "variables", "said"),
    [
        ("prot = 9000", {}, "没有选项 prot"),
        ("port = 0", {}, "选项文件中的 port:“0”应为 1 到 65535 之间的整数"),
        ("port = true", {}, "port:“True”应为"),
        ("hosts = [1]", {}, "hosts:应为用逗号隔开的名称"),
        ("port = ", {}, "格式有误"),
        ("", {"ONEBOW_DATABSE": "sqlite"}, "环境变量 ONEBOW_DATABSE:没有这个选项"),
        ("", {"ONEBOW_PROCESSES": "two"}, "环境变量 ONEBOW_PROCESSES:“two”应为 1 到 64"),
        ("", {"ONEBOW_PORT": "²"}, "环境变量 ONEBOW_PORT"),
        ("", {"ONEBOW_HTTPS": "maybe"}, "ONEBOW_HTTPS:“maybe”应为 1 或 0"),
        ("", {"ONEBOW_LOG_LEVEL": "loud"}, "ONEBOW_LOG_LEVEL:“loud”应为 debug"),
        ("", {"ONEBOW_DATABASE": "mysql://x/y"}, "ONEBOW_DATABASE:应为 sqlite 或 postgresql"),
        ("", {"ONEBOW_DATABASE": "postgresql://host:x/y"}, "ONEBOW_DATABASE:地址格式有误"),
        ("", {"ONEBOW_DATABASE": "postgresql://host"}, "ONEBOW_DATABASE:地址中缺少库名"),
        ("", {"ONEBOW_DATABASE": "postgresql://host/x?ssl=1"}, "不认识的参数 ssl"),
        ("", {"ONEBOW_CONFIG": "/nowhere.toml"}, "找不到文件 /nowhere.toml"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_reason(read, text, variables, said):
    (fault,) = read(text, **variables).faults
    assert said in fault


def test_an_empty_variable_counts_as_none(read):
    assert read("port = 9000", ONEBOW_PORT="").port == 9000


def test_a_postgresql_address_becomes_django_settings(read, tmp_path):
    (tmp_path / "password").write_text("s3cret\n")
    address = "postgresql://one%40bow@db.example:5433/bow?sslmode=require"
    settings = database_settings(read(ONEBOW_DATABASE=address, ONEBOW_DATABASE_PASSWORD_FILE="password"))
    names = ("NAME", "USER", "PASSWORD", "HOST", "PORT", "CONN_MAX_AGE")
    assert [settings[name] for name in names] == ["bow", "one@bow", "s3cret", "db.example", "5433", 0]
    assert settings["OPTIONS"]["sslmode"] == "require"
    assert settings["OPTIONS"]["options"] == "-c lock_timeout=20s -c jit=off"


def test_a_socket_folder_stands_behind_the_question_mark():
    found = database("postgresql://me@/bow?host=/run/postgresql&port=5433")
    assert (found.user, found.host, found.port, found.name, found.more) == ("me", "/run/postgresql", "5433", "bow", ())


def test_sqlite_may_lie_elsewhere(read, tmp_path):
    assert database_settings(read(ONEBOW_DATABASE="sqlite:////srv/a.sqlite3"))["NAME"] == Path("/srv/a.sqlite3")
    assert database_settings(read(ONEBOW_DATABASE="sqlite:///a.sqlite3"))["NAME"] == tmp_path / "a.sqlite3"


def test_no_password_is_ever_shown(capsys):
    assert "s3cret" not in shown(database("postgresql://me:s3cret@h/b")) + repr(str(database("postgres://u:s3cret@/b")))
    call_command("settings")
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(" = ")[0] for line in lines[1:]] == [option.name for option in OPTIONS]


def test_the_mail_server_has_a_mode_a_port_and_no_password_in_it(read):
    options = read('mail_server = "smtp+starttls://dj%40example.gov.cn@mail.example.gov.cn"')
    assert options.faults == ()
    server = options.mail_server
    assert (server.mode, server.host, server.port, server.user) == (
        "starttls", "mail.example.gov.cn", 587, "dj@example.gov.cn",
    )  # fmt: skip
    assert read().mail_server is None
    for typed in ("mail.example.gov.cn", "http://mail.example.gov.cn", "smtp://a:b@mail.example.gov.cn", "smtp://a:x"):
        assert len(read(f'mail_server = "{typed}"').faults) == 1


def test_addresses_are_those_of_the_web_without_anything_behind_the_host(read):
    options = read('address = "https://dj.example.gov.cn/"\nwebhook_origins = ["https://wecom.example.gov.cn:8443"]')
    assert (options.address, options.webhook_origins) == (
        "https://dj.example.gov.cn", ("https://wecom.example.gov.cn:8443",),
    )  # fmt: skip
    for typed in ("dj.example.gov.cn", "ftp://dj.example.gov.cn", "https://dj.example.gov.cn/x", "https://a@b"):
        assert len(read(f'webhook_origins = ["{typed}"]').faults) == 1


@pytest.mark.parametrize(("engine", "kept"), [("sqlite3", None), ("postgresql", 0)])
def test_a_server_stays_connected_to_sqlite_and_leaves_postgresql_to_its_pool(monkeypatch, engine, kept):
    settings = {"ENGINE": f"django.db.backends.{engine}", "CONN_MAX_AGE": 0}
    monkeypatch.setitem(connections.settings, "default", settings)
    keep_connection()
    assert settings["CONN_MAX_AGE"] == kept
