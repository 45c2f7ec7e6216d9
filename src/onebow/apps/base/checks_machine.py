"""Checks of the machine: options, data folder, keys, bundle, backups."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from onebow import home
from onebow.apps.base.fields import sealed_columns, unseal
from onebow.apps.base.models import Installation
from onebow.options import OPTIONS_READ

FREE_BYTES = 200 * 1024 * 1024
# Below this there is time to act; below the other there is none.
FEW_BYTES = 2 * 1024 * 1024 * 1024
LOOPBACK = ("127.0.0.1", "localhost", "::1")
# A day, and two hours for a backup that takes its time.
BACKUP_AGE = timedelta(hours=26)


def option_faults() -> Iterator[str]:
    """What is set does not contradict itself, and nobody else reads the secrets in it."""
    options = OPTIONS_READ
    for file in (options.file, options.database_password_file, options.mail_password_file):
        if file is None:
            continue
        if not os.access(file, os.R_OK):
            yield f"选项文件或口令文件 {file} 读不出来。请检查它是否存在、本账号是否可读。"
        elif file.stat().st_mode & 0o007:
            yield f"文件 {file} 可被其他系统账号读取。请执行 chmod o= {file}。"
    if options.host not in LOOPBACK and options.sources["hosts"] == "默认":
        yield f"监听地址是 {options.host},却没有设置 hosts,用户会看到“请求有误”。请把对外的主机名写入选项 hosts。"
    if options.debug and options.host not in LOOPBACK:
        yield "调试页面对外开放,会泄露数据。请去掉选项 debug。"


def folder_faults() -> Iterator[str]:
    """The data folder can be written and has room."""
    if why := why_not_writable(home.HOME / "any"):
        yield f"数据目录 {home.HOME} 不可写({why})。请用 chown 把它交给运行本系统的账号。"
        return
    home.HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
    if shutil.disk_usage(home.HOME).free < FREE_BYTES:
        yield f"数据目录 {home.HOME} 所在磁盘剩余空间不足 200 MB。请立即清理磁盘,否则写入会失败。"


def why_not_writable(file: Path) -> str:
    """Why a file cannot be written, or made where it is missing; empty if it can. Tried: rights alone do not tell."""
    try:
        if file.exists():
            file.open("ab").close()
        else:
            tempfile.TemporaryFile(dir=next(folder for folder in file.parents if folder.exists())).close()
    except OSError as error:
        return error.strerror or str(error)
    return ""


def room_faults() -> Iterator[str]:
    """There is room for some time to come."""
    for folder in {home.HOME, settings.BACKUPS}:
        if folder.is_dir() and (free := shutil.disk_usage(folder).free) < FEW_BYTES:
            yield f"目录 {folder} 所在磁盘只剩 {free // 1024 // 1024} MB。请清理磁盘或换一块更大的。"


def key_faults() -> Iterator[str]:
    """Nobody else may read the keys, and they open what the database holds."""
    folder = home.HOME / "keys"
    if folder.is_dir() and folder.stat().st_mode & 0o077:
        yield f"密钥目录 {folder} 可被其他系统账号读取。请执行 chmod 700 {folder}。"
    for key in sorted(folder.glob("*")):
        if not os.access(key, os.R_OK):
            yield f"密钥文件 {key} 读不出来。请用 chown 把它交给运行本系统的账号。"
        elif key.stat().st_mode & 0o077:
            yield f"密钥文件 {key} 可被其他系统账号读取。请执行 chmod 600 {key}。"
    if not _keys_open_the_database():
        yield f"密钥目录 {folder} 中的密钥打不开数据库中的证件号码。请从与数据库同一份备份中恢复 keys 目录。"


def _keys_open_the_database() -> bool:
    """Whether the newest sealed value of each column opens; tables that are not there yet are passed over."""
    tables = set(connection.introspection.table_names())
    for table, key, column in sealed_columns():
        if table not in tables:
            continue
        newest = f'SELECT "{column}" FROM "{table}" WHERE length("{column}") > 0 ORDER BY "{key}" DESC LIMIT 1'  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(newest)
            row = cursor.fetchone()
        try:
            unseal(row[0]) if row else ""
        except ValueError:
            return False
    return True


def asset_faults() -> Iterator[str]:
    """The bundle of scripts and styles is built."""
    if not any(Path(folder).is_dir() for folder in settings.STATICFILES_DIRS):
        yield "页面所需的脚本和样式还没有生成,请先运行 python tools/assets.py(make run 会自动完成)。"


def backup_faults() -> Iterator[str]:
    """There is a backup, and it is fresh. A demonstration needs none."""
    try:
        said = json.loads((home.HOME / "run" / "backup.json").read_text(encoding="utf-8"))
        made_at = datetime.fromisoformat(said["made_at"])
    except (OSError, ValueError, KeyError):
        if not Installation.objects.filter(use=Installation.Use.DEMONSTRATION).exists():
            yield "还没有做过备份。请运行 onebow backup --help 查看用法;设置 backup_passphrase_file 后每天自动备份。"
        return
    if (age := timezone.now() - made_at) > BACKUP_AGE:
        yield (
            f"最近一次备份在 {age.days} 天前({said['path']})。请查看定时备份为何没有运行,并立即运行一次 onebow backup。"
        )
