"""What must hold before the product serves anyone, each failure in one sentence for the person at the console."""

import json
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from onebow import home

# journal_mode and what must be read back; a ledger that lost an acknowledged write would be worthless.
PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1}
FREE_BYTES = 200 * 1024 * 1024
BACKUP_DAYS = 7


def folder_faults() -> Iterator[str]:
    """The data folder can be written, has room, and nobody else may read its keys."""
    home.HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not os.access(home.HOME, os.W_OK):
        yield f"数据目录 {home.HOME} 不可写。"
    elif shutil.disk_usage(home.HOME).free < FREE_BYTES:
        yield f"数据目录 {home.HOME} 所在磁盘剩余空间不足 200 MB。"
    for key in (home.HOME / "keys").glob("*"):
        if key.stat().st_mode & 0o077:
            yield f"密钥文件 {key} 可被其他系统账号读取,请执行 chmod 600。"


def database_faults() -> Iterator[str]:
    """SQLite keeps what it acknowledged and enforces what the tables promise."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for name, wanted in PRAGMAS.items():
            cursor.execute(f"PRAGMA {name}")
            if (found := cursor.fetchone()[0]) != wanted:
                yield f"数据库设置 {name} 应为 {wanted},实际为 {found}:数据目录须在本机磁盘上,不能是网络盘。"


def migration_faults() -> Iterator[str]:
    """The tables are those of this version."""
    executor = MigrationExecutor(connection)
    if waiting := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield f"数据库还有 {len(waiting)} 步升级未执行,请先运行 onebow migrate。"
    elif settings.CACHES["default"]["LOCATION"] not in connection.introspection.table_names():
        yield "数据库缺少缓存表,请先运行 onebow createcachetable。"


def asset_faults() -> Iterator[str]:
    """The bundle of scripts and styles is built."""
    if not any(Path(folder).is_dir() for folder in settings.STATICFILES_DIRS):
        yield "页面所需的脚本和样式还没有生成,请先运行 python tools/assets.py(make run 会自动完成)。"


def backup_note() -> str:
    """When the latest backup was made. None at all keeps nobody from serving."""
    try:
        said = json.loads((home.HOME / "run" / "backup.json").read_text(encoding="utf-8"))
        at = datetime.fromisoformat(said["made_at"])
    except (OSError, ValueError, KeyError):
        return "还没有做过。请运行 onebow backup --help 查看用法。"
    days = (timezone.now() - at).days
    late = f"已过去 {days} 天,请尽快备份。" if days > BACKUP_DAYS else ""
    return f"最近一次 {timezone.localtime(at):%Y-%m-%d %H:%M},{said['path']}({said['bytes'] / 1e6:.1f} MB)。{late}"


CHECKS: dict[str, Callable[[], Iterator[str]]] = {
    "数据目录": folder_faults,
    "数据库": database_faults,
    "数据表": migration_faults,
    "页面资源": asset_faults,
}
# Worth knowing, in a line each; nothing that stands in the way of serving.
NOTES: dict[str, Callable[[], str]] = {"备份": backup_note}


def faults() -> list[str]:
    """Everything that stands in the way of serving; empty when all is well."""
    return [fault for check in CHECKS.values() for fault in check()]


def port_fault(host: str, port: int) -> str:
    """Why the address cannot be listened on; empty if it can."""
    if not 1 <= port <= 65535:
        return f"端口号 {port} 无效,应在 1 到 65535 之间。"
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            return f"没有权限使用端口 {port}。请换一个,例如 make run PORT=8001。"
        except OSError:
            return f"端口 {port} 已被占用。请换一个,例如 make run PORT={port + 1 if port < 65535 else 8001}。"
    return ""
