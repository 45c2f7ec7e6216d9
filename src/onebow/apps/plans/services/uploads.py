"""Lists that come as a file: read as if they had been pasted."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from onebow.apps.base.files import drop_file, keep_file, path_of
from onebow.apps.documents.reading import read_workbook
from onebow.apps.documents.tables import Limits, Workbook

LIMITS = Limits(file_bytes=5_000_000, rows=5_000, columns=60, seconds=30, memory_bytes=800_000_000)


def text_given(values: Mapping[str, Any], sheet_text: Callable[[Workbook], str], *, at: datetime) -> str:
    """The list of a form that takes a `file` or a pasted `text`: the file first."""
    file = values["file"]
    return text_of_upload(file, sheet_text, at=at) if file else str(values["text"])


def text_of_upload(upload: UploadedFile, sheet_text: Callable[[Workbook], str], *, at: datetime) -> str:
    """The list in an uploaded workbook, as `sheet_text` tells it; the file itself is not kept.

    Raises:
        Refused: not a table, locked, damaged, hostile or too large.
    """
    file = keep_file(upload, at=at, limit_bytes=LIMITS.file_bytes)
    try:
        return sheet_text(read_workbook(Path(path_of(file.sha256)), LIMITS))
    finally:
        drop_file(file)
