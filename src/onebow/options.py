"""What may differ between installations, each option once: type, default, meaning.

An option comes from the environment (`ONEBOW_` and its name in capitals), else from one TOML file, else from its
default. The file is named by `ONEBOW_CONFIG`; without that it is `onebow.toml` in the data folder, if it is there.
"""

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onebow.parsing import database, flag, level, names, number, path, text
from onebow.parsing_network import address, addresses, mail_server

PREFIX = "ONEBOW_"
FILE = "onebow.toml"
# Names of the environment that are no options: where the file lies, and what `onebow serve` tells its processes.
NOT_OPTIONS = {"CONFIG", "DEMONSTRATION"}


@dataclass(frozen=True)
class Option:
    """选项: its name in the file, how a value is read, what it is without one, what it means.

    `read` raises ValueError with the reason in Chinese. A relative path lies in the data folder.
    """

    name: str
    read: Callable[[Any], Any]
    default: Any
    meaning: str
    secret: bool = False


OPTIONS = (
    Option("home", path, Path("var"), "数据目录"),
    Option("database", database, database("sqlite"), "数据库:sqlite,或 postgresql://用户@主机:端口/库名", secret=True),
    Option("database_password_file", path, None, "存放数据库口令的文件(口令不写在地址里时)"),
    Option("statement_seconds", number(1, 3600), 60, "网页请求中一条数据库语句最长的秒数(PostgreSQL)"),
    Option("hosts", names, ("localhost", "127.0.0.1", "[::1]", "testserver"), "对外的主机名"),
    Option("origins", names, (), "允许提交表单的来源,例如 https://dj.example.gov.cn"),
    Option("https", flag, False, "只经 HTTPS 使用(Cookie 只走加密连接)"),
    Option("proxies", number(0, 9), 0, "前面有几层自己的反向代理"),
    Option("host", text, "127.0.0.1", "监听地址"),
    Option("port", number(1, 65535), 8000, "监听端口"),
    Option("processes", number(1, 64), 2, "网页服务的进程数"),
    Option("workers", number(1, 16), 1, "后台任务的进程数"),
    Option("backups", path, Path("backups"), "备份目录,最好在另一块磁盘上"),
    Option("backup_passphrase", text, "", "备份口令;写在单独的文件里更好", secret=True),
    Option("backup_passphrase_file", path, None, "存放备份口令的文件;设置后每天自动备份"),
    Option("backup_keep", number(1, 3650), 14, "每天的备份保留几份"),
    Option("witness", path, Path("witness/heads.jsonl"), "台账见证文件,最好在另一台机器的共享目录上"),
    Option("address", address, "", "用户打开本系统的网址,写在通知里,例如 https://dj.example.gov.cn"),
    Option("mail_server", mail_server, None, "发通知的邮件服务器,例如 smtp+starttls://用户@主机:587"),
    Option("mail_from", text, "", "通知邮件的发件地址"),
    Option("mail_password_file", path, None, "存放邮件服务器口令的文件"),
    Option("webhook_origins", addresses, (), "三家群机器人之外,还允许发往哪些网址(私有部署的机器人)"),
    Option("log_level", level, "warning", "日志级别:debug、info、warning、error"),
    Option("hash_slots", number(0, 256), 0, "同时计算口令摘要的个数,0 为处理器个数"),
    Option("idle_minutes", number(1, 1440), 480, "普通账号闲置多少分钟后退出"),
    Option("idle_administrator_minutes", number(1, 1440), 30, "管理员闲置多少分钟后退出"),
    Option("debug", flag, False, "显示调试页面;不得对外使用"),
    Option("style", flag, False, "开放 /style/ 组件页"),
)
BY_NAME = {option.name: option for option in OPTIONS}


@dataclass(frozen=True)
class Options:
    """The values of all options, where each came from, and what is wrong with them."""

    values: Mapping[str, Any]
    sources: Mapping[str, str]
    file: Path | None
    faults: tuple[str, ...]

    def __getattr__(self, name: str) -> Any:
        if name not in BY_NAME:
            raise AttributeError(name)
        return self.values[name]


class BadOptions(Exception):
    """The options cannot be used; says why, a line each, in Chinese."""


def read_options(environ: Mapping[str, str]) -> Options:
    """Read all options; what is wrong is told in `faults`, and its default stands in."""
    faults: list[str] = []
    file = _file_of(environ, faults)
    held = _held(file, faults) if file else {}
    values, sources = {}, {}
    for option in OPTIONS:
        values[option.name], sources[option.name] = _value(option, environ, held, faults)
    faults += [
        f"环境变量 {name}:没有这个选项。"
        for name in sorted(environ)
        if name.startswith(PREFIX) and name.removeprefix(PREFIX) not in {n.upper() for n in BY_NAME} | NOT_OPTIONS
    ]
    values["home"] = values["home"].absolute()
    for option in OPTIONS:
        if isinstance(values[option.name], Path):
            values[option.name] = values["home"] / values[option.name]
    return Options(values, sources, file, tuple(faults))


def _file_of(environ: Mapping[str, str], faults: list[str]) -> Path | None:
    """The options file; None if there is none and none was named."""
    if named := environ.get(f"{PREFIX}CONFIG"):
        if Path(named).is_file():
            return Path(named).absolute()
        faults.append(f"环境变量 {PREFIX}CONFIG:找不到文件 {named}。")
        return None
    usual = Path(environ.get(f"{PREFIX}HOME") or "var").absolute() / FILE
    return usual if usual.is_file() else None


def _held(file: Path, faults: list[str]) -> dict[str, Any]:
    try:
        held = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        faults.append(f"选项文件 {file}:读不出来({error})。")
        return {}
    except tomllib.TOMLDecodeError as error:
        faults.append(f"选项文件 {file}:格式有误({error})。")
        return {}
    faults += [f"选项文件 {file}:没有选项 {name}。" for name in sorted(held.keys() - BY_NAME.keys())]
    return held


def _value(option: Option, environ: Mapping[str, str], held: Mapping[str, Any], faults: list[str]) -> tuple[Any, str]:
    """The value of an option and where it came from. An empty variable counts as none."""
    variable = f"{PREFIX}{option.name.upper()}"
    for where, found in ((f"环境变量 {variable}", environ.get(variable) or None), ("选项文件", held.get(option.name))):
        if found is None:
            continue
        try:
            return option.read(found), where
        except ValueError as error:
            faults.append(f"{where if where != '选项文件' else f'选项文件中的 {option.name}'}:{error}。")
            return option.default, "默认"
    return option.default, "默认"


OPTIONS_READ = read_options(os.environ)
