"""Zip archives whose bytes depend on what is in them alone."""

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

EARLIEST = 1980


def packed(files: Mapping[str, bytes], at: datetime) -> bytes:
    """Files as one archive, each dated `at`."""
    out = io.BytesIO()
    local = timezone.localtime(at)
    stamp = (max(EARLIEST, local.year), local.month, local.day, local.hour, local.minute, local.second)
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return out.getvalue()


def repacked(archive: bytes, at: datetime) -> bytes:
    """An archive with its files dated `at` instead of now."""
    with zipfile.ZipFile(io.BytesIO(archive)) as given:
        return packed({name: given.read(name) for name in given.namelist()}, at)
