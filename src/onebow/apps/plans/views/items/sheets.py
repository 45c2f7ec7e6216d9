"""The trip sheet as a file."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from onebow.apps.accounts.requests import Request
from onebow.apps.documents.official.rendering import render
from onebow.apps.plans.queries.items.page import course_of, items_seen
from onebow.apps.plans.queries.items.sheet import KINDS, TEMPLATE, records_of, sheet_of

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@require_GET
def sheet(request: Request, pk: int, kind: str) -> HttpResponse:
    """Plan, requirements, travellers and confirmations of a trip, to be printed."""
    item = get_object_or_404(items_seen(request.reach).filter(kind__is_trip=True), pk=pk)
    if kind not in KINDS:
        raise Http404(kind)
    now, course = timezone.now(), course_of(item, request.reach)
    data = sheet_of(course, timezone.localdate())
    content = render(TEMPLATE, data, kind, records=records_of(course), at=now.replace(microsecond=0))
    disposition = content_disposition_header(as_attachment=True, filename=f"外出调研单-{item.title[:60]}.{kind}")
    headers = {"Content-Disposition": disposition or "attachment", "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=TYPES[kind], headers=headers)
