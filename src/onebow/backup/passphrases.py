"""The passphrase of a backup: from a file, the options or the console; without it nobody opens the backup."""

import getpass
import os
import secrets
import sys
import unicodedata
from pathlib import Path

from django.conf import settings

from onebow.apps.base.refusals import Refused

SHORTEST = 12
# 130 bits from letters and digits that nobody mistakes for each other on paper.
ALPHABET, LETTERS, GROUP = "abcdefghjkmnpqrstuvwxyz23456789", 27, 9
HOW = (
    "没有备份口令。请用 --passphrase-file 指定口令文件,或设置选项 backup_passphrase_file;"
    "还没有口令文件时,先运行 onebow backup --make-passphrase 文件。"
)


def passphrase_of(file: Path | None, *, twice: bool) -> str:
    """The passphrase; typed at the console (`twice`: and again) when neither file nor options have it.

    Raises:
        Refused: there is none, it is too short, or it was not typed the same twice.
    """
    if file is None and settings.BACKUP_PASSPHRASE:
        return _checked(settings.BACKUP_PASSPHRASE)
    file = file or settings.BACKUP_PASSPHRASE_FILE
    if file is not None:
        return _checked(_read(file))
    if not sys.stdin.isatty():
        raise Refused(HOW)
    text = _checked(getpass.getpass("备份口令:"))
    if twice and getpass.getpass("再输入一次:") != text:
        raise Refused("两次输入的口令不一样。")
    return text


def make_passphrase(file: Path) -> None:
    """Write a fresh random passphrase that only its owner can read.

    Raises:
        Refused: the file exists already, or cannot be written.
    """
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LETTERS))
    text = "-".join(letters[start : start + GROUP] for start in range(0, LETTERS, GROUP))
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as out:
            out.write(f"{text}\n")
            out.flush()
            os.fsync(out.fileno())
    except FileExistsError as error:
        raise Refused(f"口令文件 {file} 已经存在,不会覆盖:旧的备份还要用它打开。") from error
    except OSError as error:
        raise Refused(f"口令文件 {file} 没有写成:{error.strerror}。") from error


def is_open_to_others(file: Path) -> bool:
    """Whether other accounts of the machine may read it."""
    return file.exists() and bool(file.stat().st_mode & 0o077)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").rstrip("\r\n")
    except OSError as error:
        raise Refused(f"读不到口令文件 {file}:{error.strerror}。") from error
    except UnicodeDecodeError as error:
        raise Refused(f"口令文件 {file} 不是文本文件。") from error


def _checked(text: str) -> str:
    # The same words typed on another keyboard are the same passphrase.
    text = unicodedata.normalize("NFC", text)
    if len(text) < SHORTEST:
        raise Refused(f"备份口令太短,至少 {SHORTEST} 个字符。")
    return text
