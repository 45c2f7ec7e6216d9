"""The work ledger: list, entry, telling of work, correcting it, deciding on what was told late."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.base.downloads import download_kept
from onebow.apps.base.ids import id_of, ids_of
from onebow.apps.base.models import File
from onebow.apps.base.refusals import allowed
from onebow.apps.base.tables import Column, Filter, Listing
from onebow.apps.ledger.content import is_sealed
from onebow.apps.ledger.kinds import KINDS, NOTES
from onebow.apps.ledger.models import Entry
from onebow.apps.ledger.queries import chain_of, people_of
from onebow.apps.organizations import rules
from onebow.apps.organizations.forms.fields import label_of
from onebow.apps.organizations.forms.ledger import NoteForm, VoidForm, initial_of
from onebow.apps.organizations.models import Organization, Person
from onebow.apps.organizations.queries import ledger as queries
from onebow.apps.organizations.queries import visible
from onebow.apps.organizations.queries.ledger_lines import lines_of
from onebow.apps.organizations.queries.search import found
from onebow.apps.organizations.services import notes as services

COLUMNS = (
    Column("happened_on", "发生日期"),
    Column("kind", "事项"),
    Column("summary", "内容"),
    Column("organization", "组织"),
    Column("people", "人员"),
    Column("by", "记录"),
)
SHOWN_KINDS = [(kind.key, kind.label) for kind in KINDS if kind.side != "system"]
SIDES = [("business", "业务"), ("party", "党建"), ("both", "党建和业务")]
# Nobody turns a thousand entries over; months and filters get there sooner.
DEEPEST = 20
# So many late entries are decided on in one go.
BATCH = 200
both = require_http_methods(["GET", "POST"])


@require_GET
def index(request: Request) -> HttpResponse:
    """Entries, newest first: those about what one keeps or leads, or one's own."""
    keeps = bool(request.reach.managed or request.reach.led)
    own = not keeps or request.GET.get("mine") == "1"
    rows, broad = (
        (queries.entries_own(request.reach), False) if own else queries.kept(request.reach, timezone.localdate())
    )
    organization, person = _asked(request), _asked_person(request)
    if organization is not None:
        rows = queries.in_organization(rows, organization)
    if person is not None:
        rows = queries.of_person(rows, person)
    filters = (
        Filter("side", "属于", SIDES, narrow=queries.on_side),
        Filter("kind", "事项", SHOWN_KINDS, narrow=queries.of_kind if broad else queries.of_kind_within),
        Filter("month", "月份", queries.months_back(timezone.localdate()), narrow=queries.of_month),
        Filter("state", "状态", queries.STATES, narrow=queries.in_state),
    )
    listing = Listing(request, queries.as_rows(rows), COLUMNS, filters, deepest=DEEPEST)
    listing.rows = lines_of(listing.rows)
    tabs = [
        ("我管理的组织", listing.href(mine="", page=""), not own),
        ("我参与或记录的", listing.href(mine="1", page=""), own),
    ]
    context = {"listing": listing, "tabs": tabs if keeps else [], "keeps": keeps, "organization": organization}
    context["person"] = person
    return page(request, "ledger/index.html", context)


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """One entry with its chain of corrections."""
    entry = get_object_or_404(queries.entries_for(request.reach, timezone.localdate()), pk=pk)
    organization = queries.organization_of(entry)
    today = timezone.localdate()
    chain = lines_of(chain_of(entry))
    line = next(one for one in chain if one.entry.pk == pk)
    context = {
        "line": line,
        "chain": chain,
        "organization": organization,
        "covers": organization is not None and request.reach.covers(organization),
        "open_people": _open_people(request, [pk for pk, *_ in line.people]),
        "may_correct": allowed(rules.check_can_correct, entry, organization, request.reach, today),
        "sealed": is_sealed(entry),
        "decision": queries.decision_on(entry),
        "file": _file_of(entry),
    }
    return page(request, "ledger/show.html", context)


@both
def new(request: Request) -> HttpResponse:
    """Tell of work."""
    form = _form(request, {"happened_on": timezone.localdate(), "people": [request.reach.person_id or 0]})
    if request.method == "GET":
        return page(request, "ledger/new.html", {"form": form})
    done = ""
    if form.is_valid():
        upload = form.cleaned_data["file"]
        entry = services.note_work(form.draft(), upload=upload, by=request.user, at=timezone.now())
        done = reverse("organizations:ledger_entry", args=[entry.pk])
    return answer(request, "ledger/new.html#panel", {"form": form}, done=done)


@both
def correction(request: Request, pk: int) -> HttpResponse:
    """Tell of it anew."""
    entry = _correctable(request, pk)
    form = _form(request, initial_of(entry, _person_ids(entry)))
    context = {"form": form, "line": lines_of([entry])[0]}
    if request.method == "GET":
        return page(request, "ledger/correction.html", context)
    done = ""
    if form.is_valid():
        upload = form.cleaned_data["file"]
        later = services.correct_note(pk, form.draft(), upload=upload, by=request.user, at=timezone.now())
        done = reverse("organizations:ledger_entry", args=[later.pk])
    return answer(request, "ledger/correction.html#panel", context, done=done)


@both
def voiding(request: Request, pk: int) -> HttpResponse:
    """Take an entry back."""
    entry = _correctable(request, pk)
    form = VoidForm(request.POST or None)
    context = {"form": form, "line": lines_of([entry])[0]}
    if request.method == "GET":
        return page(request, "ledger/voiding.html", context)
    done = ""
    if form.is_valid():
        services.void_note(pk, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
        done = reverse("organizations:ledger_entry", args=[pk])
    return answer(request, "ledger/voiding.html#panel", context, done=done)


@both
def late(request: Request) -> HttpResponse:
    """Late entries of a month, accepted or returned in one batch."""
    if request.method == "POST":
        ids = ids_of(request.POST.getlist("entries"))
        accepted, reason = request.POST.get("decision") == "accept", request.POST.get("reason", "")[:200]
        services.decide_late_for(ids, accepted=accepted, reason=reason, by=request.user, at=timezone.now())
        return answer(request, "ledger/late.html", {}, done=reverse("organizations:ledger_late"))
    rows = queries.late_for(request.reach, timezone.localdate())
    months = queries.months_of(rows)
    asked = request.GET.get("month", "")
    month = asked if asked in dict(months) else next(iter(dict(months)), "")
    lines = lines_of(queries.of_month(rows, month)[:BATCH]) if month else []
    tabs = [(f"{int(one[:4])}年{int(one[5:])}月({count} 条)", f"?month={one}", one == month) for one, count in months]
    context = {"lines": lines, "tabs": tabs, "month": month, "whole": dict(months).get(month, 0)}
    return page(request, "ledger/late.html", context)


@require_GET
def attachment(request: Request, pk: int) -> HttpResponse:
    """The file that came with an entry."""
    file = _file_of(get_object_or_404(queries.entries_for(request.reach, timezone.localdate()), pk=pk))
    return download_kept(get_object_or_404(File, pk=file.pk if file else 0))


@require_GET
def organizations(request: Request) -> JsonResponse:
    """Organizations for which one may tell of work, by name, pinyin or initials."""
    hits = found(_organizations(request), request.GET.get("q", ""))
    return JsonResponse({"options": [{"value": row.pk, "text": label_of(row)} for row in hits]})


@require_GET
def people(request: Request) -> JsonResponse:
    """People of these organizations, by name, pinyin or initials."""
    hits = found(queries.colleagues(request.reach, timezone.localdate()), request.GET.get("q", ""))
    return JsonResponse({"options": [{"value": row.pk, "text": label_of(row)} for row in hits]})


def _organizations(request: Request) -> Any:
    return visible.organizations_for(request.reach).on(timezone.localdate()).select_related("parent").order_by("path")


def _form(request: Request, initial: dict[str, Any]) -> NoteForm:
    first = list(_organizations(request).values_list("pk", flat=True)[:2])
    if "organization" not in initial and len(first) == 1:
        initial["organization"] = first[0]
    # What was dissolved is not offered; whoever names it all the same is told what succeeds it.
    rows = queries.organizations_ever(request.reach).select_related("parent")
    # Whom a correction names stays on it, though they have left since.
    people = queries.colleagues(request.reach, timezone.localdate(), also=initial["people"])
    return NoteForm(request.POST or None, request.FILES or None, initial=initial, rows=rows, people=people)


def _correctable(request: Request, pk: int) -> Entry:
    entry = get_object_or_404(queries.entries_for(request.reach, timezone.localdate()).filter(kind__in=NOTES), pk=pk)
    organization = queries.organization_of(entry)
    rules.check_can_correct(entry, organization, request.reach, timezone.localdate())
    return entry


def _person_ids(entry: Entry) -> list[int]:
    return [person_id for person_id, _ in people_of([entry.pk]).get(entry.pk, ())]


def _open_people(request: Request, ids: list[int]) -> set[int]:
    """Of the people named, those whose record the reader may open."""
    return set(visible.people_for(request.reach).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()


def _file_of(entry: Entry) -> File | None:
    if entry.source != File._meta.label_lower or not hasattr(entry, "body"):
        return None
    return File.objects.filter(pk=entry.source_id or 0).first()


def _asked(request: Request) -> Organization | None:
    asked = request.GET.get("organization", "")
    if not asked:
        return None
    return get_object_or_404(visible.organizations_for(request.reach), pk=id_of(asked) or 0)


def _asked_person(request: Request) -> Person | None:
    asked = request.GET.get("person", "")
    if not asked:
        return None
    return get_object_or_404(visible.people_for(request.reach), pk=id_of(asked) or 0)
