"""The trip sheet and the papers of packs as files."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from onebow.apps.accounts.requests import Request
from onebow.apps.base.downloads import download
from onebow.apps.documents.official.rendering import render
from onebow.apps.documents.official.templates import Template
from onebow.apps.plans.queries.documents import template_of
from onebow.apps.plans.queries.items.page import course_of, items_seen
from onebow.apps.plans.queries.items.sheet import KINDS, TEMPLATE, documents_of, records_of, sheet_of


@require_GET
def sheet(request: Request, pk: int, kind: str) -> HttpResponse:
    """Plan, requirements, travellers and confirmations of a trip, to be printed."""
    item = get_object_or_404(items_seen(request.reach).filter(kind__is_trip=True), pk=pk)
    if kind not in KINDS:
        raise Http404(kind)
    return _as_file(request, item, TEMPLATE, kind, "外出调研单")


@require_GET
def document(request: Request, pk: int, document_id: int, kind: str) -> HttpResponse:
    """The same data in the form that a pack brought."""
    item = get_object_or_404(items_seen(request.reach), pk=pk)
    rows = documents_of(item, timezone.localdate()) if kind in KINDS else []
    row = next((one for one in rows if one.pk == document_id), None)
    if row is None:
        raise Http404(kind)
    return _as_file(request, item, template_of(row), kind, row.name)


def _as_file(request: Request, item: Any, chosen: str | Template, kind: str, name: str) -> HttpResponse:
    now, today = timezone.now(), timezone.localdate()
    course = course_of(item, request.reach, today)
    data = sheet_of(course, today)
    content = render(chosen, data, kind, records=records_of(course), at=now.replace(microsecond=0))
    return download(content, f"{name}-{item.title[:60]}.{kind}")
