"""Keeping what was handed in: by content hash, in the data folder."""

import hashlib
import os
from collections.abc import Collection
from datetime import datetime
from functools import partial
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet

from onebow import home
from onebow.apps.base.models import File
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write_alone


def path_of(sha256: str) -> Path:
    """Where content of that hash lies."""
    return home.folder("files") / sha256


def keep_file(upload: UploadedFile, *, at: datetime, limit_bytes: int) -> File:
    """Keep an upload.

    Raises:
        Refused: larger than allowed (the declared size is looked at first), or the disk is full.
    """
    if (upload.size or 0) > limit_bytes:
        raise Refused(f"文件超过 {limit_bytes // 1_000_000} MB,没有接收。请拆分后再上传。")
    digest, total = hashlib.sha256(), 0
    draft = home.folder("files") / f".draft-{os.urandom(8).hex()}"
    try:
        with draft.open("wb") as out:
            for chunk in upload.chunks():
                total += len(chunk)
                if total > limit_bytes:
                    raise Refused(f"文件超过 {limit_bytes // 1_000_000} MB,没有接收。请拆分后再上传。")
                digest.update(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(path_of(digest.hexdigest()))
    except OSError as error:
        raise Refused("磁盘空间不足或不可写,文件没有保存。请联系系统管理员。") from error
    finally:
        draft.unlink(missing_ok=True)
    name = (upload.name or "未命名")[-200:]
    return File.objects.create(sha256=digest.hexdigest(), name=name, bytes=total, made_at=at)


def drop_file(file: File) -> None:
    """Forget a file of which nothing came; its content goes with the last that names it."""
    file.delete()
    _drop_content({file.sha256})


def empty_files(files: QuerySet[File], name: str) -> None:
    """Take the content and the names of files away; the rows stay for whoever points to them.

    A row without a hash has no content.
    """
    hashes = set(files.exclude(sha256="").values_list("sha256", flat=True))
    files.update(sha256="", bytes=0, name=name)
    _drop_content(hashes)


def _drop_content(hashes: Collection[str]) -> None:
    """Once the transaction stands: one that is taken back must find its content again."""
    transaction.on_commit(partial(_unlink_unnamed, hashes))


def _unlink_unnamed(hashes: Collection[str]) -> None:
    # Alone: the same content may be handed in anew at this moment.
    with write_alone():
        named = set(File.objects.filter(sha256__in=hashes).values_list("sha256", flat=True))
        for sha256 in set(hashes) - named:
            path_of(sha256).unlink(missing_ok=True)
