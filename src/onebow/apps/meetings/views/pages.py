"""The list of meetings, one of them, and its files."""

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import page
from onebow.apps.base.dates import as_of
from onebow.apps.base.downloads import download, download_kept
from onebow.apps.base.filters import day, moment
from onebow.apps.base.ids import id_of
from onebow.apps.base.refusals import allowed
from onebow.apps.base.tables import Column, Filter, Listing
from onebow.apps.documents.official.rendering import render, safe_name
from onebow.apps.documents.writing import Origin, Table, write_xlsx
from onebow.apps.meetings import rules
from onebow.apps.meetings.queries import papers, proposals, states
from onebow.apps.meetings.queries.details import details_of, list_rows
from onebow.apps.meetings.queries.kind_choices import ALL, OTHERS, of_kind
from onebow.apps.meetings.queries.visible import meetings_for, reads_content, writes_somewhere
from onebow.apps.meetings.views.parts import asked_organization, find
from onebow.apps.meetings.views.periods import period_of
from onebow.apps.organizations.forms.fields import label_of
from onebow.apps.organizations.models import Person
from onebow.apps.organizations.queries.ledger import months_back
from onebow.apps.organizations.queries.search import found
from onebow.apps.organizations.queries.visible import organizations_for, people_for
from onebow.apps.organizations.services.openings import note_opening
from onebow.apps.organizations.views.under import under
from onebow.apps.plans.queries.documents import template_of

COLUMNS = (
    Column("title", "会议", "title"),
    Column("kind", "类别", "kind__order"),
    Column("organization", "组织", "organization__path"),
    Column("day", "日期", "day"),
    Column("present", "实到/应到", align="end"),
    Column("state", "状态", "state"),
)
WORDS = ("title", "organization__name", "organization__pinyin", "organization__initials")
KINDS = ("docx", "pdf")
# What an address may say of the list without asking for some of the meetings.
OF_THE_VIEW = {"on", "kind", "sort", "page"}
HEADER = ("日期", "主题", "类别", "组织", "状态", "应到", "实到", "法定人数", "时长(小时)", "台账条目")
MOST_LINES = 20_000


@require_GET
def index(request: Request) -> HttpResponse:
    """Meetings, the newest first."""
    when = as_of(request)
    person = _person(request)
    listing = _listing(request, _found(request, person))
    context = {
        "listing": listing,
        "late": states.late_words(listing.rows),
        "tones": states.TONES,
        "now": timezone.now(),
        "writes": when.is_today and writes_somewhere(request.reach, when.on),
        "period": period_of(request, narrow=True),
        "person": person,
    }
    return page(request, "meetings/index.html#list", context)


@require_GET
def xlsx_file(request: Request) -> HttpResponse:
    """The same list as a sheet."""
    listing = _listing(request, _found(request, _person(request)))
    lines = list_rows(listing.everything(MOST_LINES))
    who = request.user.display_name
    text = f"说明:会议,截至 {day(as_of(request).on)};{who}导出于 {moment(timezone.now())}。"
    return download(write_xlsx([Table("会议", HEADER, lines)], Origin(who, text)), "会议.xlsx")


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """One meeting: attendance, quorum, what was said and resolved, what it proves."""
    meeting, when = find(request, pk), as_of(request)
    reads = reads_content(meeting, request.reach)
    seat = (meeting.organization, request.reach, timezone.localdate(), meeting.recorder_id)
    writes = when.is_today and allowed(rules.check_can_write, *seat)
    context = {"meeting": meeting, "reads": reads, "writes": writes, "tones": states.TONES, "now": timezone.now()}
    details = details_of(meeting, reads=reads)
    documents = papers.documents_of(meeting, details) if reads else ()
    return page(request, "meetings/show.html", context | {"details": details, "documents": documents})


@require_GET
def file(request: Request, pk: int, kind: str) -> HttpResponse:
    """The record to be signed, in the official layout."""
    meeting = find(request, pk)
    if kind not in KINDS or not meeting.is_held or not reads_content(meeting, request.reach):
        raise Http404(kind)
    now = timezone.now().replace(microsecond=0)
    content = render("meeting_record", papers.record_of(meeting), kind, records=1, at=now)
    return download(content, f"{meeting.held_on}-{meeting.kind.name}-会议记录.{kind}")


@require_GET
def document(request: Request, pk: int, document_id: int, kind: str) -> HttpResponse:
    """The record in the form that a pack brought."""
    meeting = find(request, pk)
    if kind not in KINDS or not reads_content(meeting, request.reach):
        raise Http404(kind)
    details = details_of(meeting, reads=True)
    row = next((one for one in papers.documents_of(meeting, details) if one.pk == document_id), None)
    if row is None:
        raise Http404("no document")
    now = timezone.now().replace(microsecond=0)
    content = render(template_of(row), papers.record_of(meeting, details), kind, records=1, at=now)
    return download(content, f"{safe_name(f'{meeting.held_on}-{row.name}')}.{kind}")


@require_GET
def sheet(request: Request, pk: int, kind: str) -> HttpResponse:
    """The list to be signed by those who come."""
    meeting = find(request, pk)
    if kind not in KINDS:
        raise Http404(kind)
    now = timezone.now().replace(microsecond=0)
    data = papers.sheet_of(meeting, timezone.localdate())
    content = render("meeting_sheet", data, kind, records=1, at=now)
    return download(content, f"{meeting.kind.name}-签到表.{kind}")


@require_GET
def attachment(request: Request, pk: int, attachment_id: int) -> HttpResponse:
    """A file that came with the record."""
    meeting = find(request, pk)
    row = get_object_or_404(meeting.attachments.select_related("file").exclude(file__sha256=""), pk=attachment_id)
    if not reads_content(meeting, request.reach):
        raise Http404("restricted")
    return download_kept(row.file)


@require_GET
def person_options(request: Request) -> JsonResponse:
    """People who may be invited or come besides, by name, pinyin or initials."""
    organization = asked_organization(request)
    if organization is None:
        return JsonResponse({"options": []})
    rows = proposals.people_near(organization, request.reach, timezone.localdate())
    return _options(found(rows, request.GET.get("q", "")))


@require_GET
def organization_options(request: Request) -> JsonResponse:
    """Organizations that may join in."""
    organization = asked_organization(request)
    if organization is None:
        return JsonResponse({"options": []})
    return _options(found(proposals.organizations_near(organization, timezone.localdate()), request.GET.get("q", "")))


def _options(rows: Any) -> JsonResponse:
    return JsonResponse({"options": [{"value": row.pk, "text": label_of(row)} for row in rows]})


def _found(request: Request, person: Person | None) -> states.Found:
    when, period = as_of(request), period_of(request, narrow=True)
    if when.is_today and person is None and not period and not request.GET.get("organization"):
        return states.found_all(request.reach)
    rows = meetings_for(request.reach)
    if not when.is_today:
        rows = states.known_on(rows, when.on)
    if person is not None:
        rows = states.attended(rows, person.pk)
    if period:
        rows = period.of(rows)
    asked = organizations_for(request.reach).filter(pk=id_of(request.GET.get("organization", "")) or 0)
    return states.found_in(rows, asked)


def _person(request: Request) -> Person | None:
    """Whose meetings are asked for; that somebody looked is told in the access log."""
    if not (asked := request.GET.get("person", "")):
        return None
    person = get_object_or_404(people_for(request.reach), pk=id_of(asked) or 0)
    note_opening(person, "record", by=request.user, at=timezone.now())
    return person


def _listing(request: Request, found: states.Found) -> Listing:
    kinds = found.kinds
    default = _default_kind(request) if kinds.tabs else ""
    filters = (
        Filter("kind", "类别", kinds.choices, narrow=of_kind, default=default, tabs=kinds.tabs),
        Filter("organization", "组织", found.organizations, narrow=states.of_organization),
        Filter("state", "状态", states.STATES, narrow=states.in_state),
        Filter("month", "月份", months_back(timezone.localdate()), narrow=states.of_month),
        *under(request),
    )
    return Listing(request, found.rows, COLUMNS, filters, WORDS)


def _default_kind(request: Request) -> str:
    """All but talks; where a link asks for some of the meetings, as one behind a figure does, talks are among them."""
    return ALL if set(request.GET) - OF_THE_VIEW else OTHERS
