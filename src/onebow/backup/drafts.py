"""The file of a backup: a draft until all of it is on disk, so that a name never stands for half a backup."""

import errno
import fcntl
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.utils import timezone

from onebow.apps.base.refusals import Refused
from onebow.backup.sealing import MAGIC

DRAFT = re.compile(r"\..+\.onebow-draft-[0-9a-f]{8}")
# 一张弓备份: day and time in Beijing, so that names sort by age.
OURS = re.compile(r"onebow-\d{8}-\d{6}\.backup")
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def name_at(at: datetime) -> str:
    """The name of a backup in a folder of backups."""
    return f"onebow-{timezone.localtime(at):%Y%m%d-%H%M%S}.backup"


def day_of(name: str) -> str:
    """The day in such a name."""
    return name.split("-")[1]


def check_can_write(target: Path) -> None:
    """There is a folder, and nothing of that name.

    Raises:
        Refused: otherwise.
    """
    if target.exists():
        raise Refused(f"{target} 已经存在,不会覆盖。请换一个文件名。")
    if not target.parent.is_dir():
        raise Refused(f"文件夹 {target.parent} 不存在,请先建立。")
    if not os.access(target.parent, os.W_OK):
        raise Refused(f"文件夹 {target.parent} 不可写。")


@contextmanager
def draft_of(target: Path) -> Iterator[BinaryIO]:
    """A new file that bears the target's name once the block ends well, and is gone if it does not.

    Raises:
        Refused: the disk is full or cannot be written.
    """
    _sweep(target.parent)
    path = target.with_name(f".{target.name}.onebow-draft-{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            # Held until the name is given: whoever sweeps leaves a draft alone that somebody still writes.
            fcntl.flock(out, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield out
            out.flush()
            os.fsync(out.fileno())
            check_can_write(target)
            path.replace(target)
        _sync(target.parent)
    except OSError as error:
        raise Refused(told(error)) from error
    finally:
        path.unlink(missing_ok=True)


def told(error: OSError) -> str:
    """What went wrong with the disk, in words."""
    if error.errno in FULL:
        return "磁盘空间不足,备份没有写成,没有留下半个文件。"
    return f"备份没有写成:{error.strerror or error}。"


def backups_in(folder: Path) -> list[Path]:
    """Our backups in a folder, newest first."""
    return sorted((path for path in folder.iterdir() if OURS.fullmatch(path.name) and _is_ours(path)), reverse=True)


def drop_older(folder: Path, keep: int) -> list[Path]:
    """Remove all but the newest; nothing else in the folder is touched. Returns what went."""
    older = backups_in(folder)[keep:]
    for path in older:
        path.unlink()
    return older


def _is_ours(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return path.is_file() and file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def _sweep(folder: Path) -> None:
    """Remove the drafts of backups that were killed."""
    for path in [path for path in folder.iterdir() if DRAFT.fullmatch(path.name)]:
        with suppress(OSError), path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()


def _sync(folder: Path) -> None:
    """The new name itself, too, survives a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
