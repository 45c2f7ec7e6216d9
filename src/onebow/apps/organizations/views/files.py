"""Files that a page hands out."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "zip": "application/zip",
}


def download(content: bytes, name: str, content_type: str) -> HttpResponse:
    """A file to be saved, which no cache keeps."""
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(
        content, content_type, headers={"Content-Disposition": disposition, "Cache-Control": "no-store"}
    )
