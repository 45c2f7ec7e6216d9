"""What the pages of the registers share."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from onebow.apps.accounts.requests import Request
from onebow.apps.base.dates import AsOf
from onebow.apps.base.downloads import download, download_kept
from onebow.apps.base.filters import day, moment
from onebow.apps.base.models import File
from onebow.apps.documents.official.rendering import render
from onebow.apps.documents.official.templates import Template
from onebow.apps.documents.writing import Origin, Table, write_xlsx
from onebow.apps.organizations.forms.fields import label_of
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.search import found
from onebow.apps.organizations.queries.visible import led_organizations

Choices = list[tuple[str, str]]


def writable(request: Request) -> QuerySet[Organization]:
    """Organizations for which the user may write a register."""
    rows = led_organizations(request.reach).filter(ends_on=None)
    return rows.exclude(kind=Organization.Kind.SERVICE_CHAIN).select_related("parent").order_by("tree", "path")


@require_GET
def options(request: Request) -> JsonResponse:
    """These by what is typed: name, pinyin or initials."""
    hits = found(writable(request), request.GET.get("q", ""))
    return JsonResponse({"options": [{"value": row.pk, "text": label_of(row)} for row in hits]})


def organizations_of(rows: QuerySet[Any]) -> Choices:
    """The organizations of these rows, to filter by."""
    pairs = rows.order_by("organization__path").values_list("organization_id", "organization__name").distinct()
    return [(str(pk), name) for pk, name in pairs]


def sheet(request: Request, when: AsOf, name: str, header: Sequence[str], lines: Iterable[Sequence[str]]) -> Any:
    """A list as an .xlsx file that says who took it out and when."""
    who = request.user.display_name
    text = f"说明:{name},截至 {day(when.on)};{who}导出于 {moment(timezone.now())}。"
    data = write_xlsx([Table(name, header, lines)], Origin(who, text))
    return download(data, f"{name}-{when.on}.xlsx")


def paper(key: str | Template, data: Mapping[str, Any], kind: str, name: str, records: int) -> HttpResponse:
    """A paper as a file."""
    if kind not in ("docx", "pdf"):
        raise Http404(kind)
    content = render(key, data, kind, records=records, at=timezone.now().replace(microsecond=0))
    return download(content, f"{name}.{kind}")


def handed_out(file: File | None) -> HttpResponse:
    """What was handed in, as a download."""
    if file is None or not file.sha256:
        raise Http404("no file")
    return download_kept(file)
