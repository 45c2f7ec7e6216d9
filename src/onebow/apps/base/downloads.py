"""Files that a page hands out: to be saved under their own names, and kept by no cache."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from onebow.apps.base.files import path_of
from onebow.apps.base.models import File

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "zip": "application/zip",
    "csv": "text/csv; charset=utf-8",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "toml": "application/toml; charset=utf-8",
}


def download(content: bytes | str, name: str) -> HttpResponse:
    """A file of that name; of what type it is follows from the end of its name."""
    kind = TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(content, kind, headers={"Content-Disposition": disposition, "Cache-Control": "no-store"})


def download_kept(file: File) -> HttpResponse:
    """A file that was handed in or made."""
    return download(path_of(file.sha256).read_bytes(), file.name)
