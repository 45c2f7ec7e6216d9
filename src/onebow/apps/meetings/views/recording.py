"""Records: of a planned meeting, of one that nobody had planned, corrected; resolutions into plans."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page, show_or_do
from onebow.apps.meetings.forms.recording import AdoptionForm, Ground, RecordForm, initial_of_record
from onebow.apps.meetings.models import Meeting
from onebow.apps.meetings.queries import due as due_queries
from onebow.apps.meetings.queries import proposals
from onebow.apps.meetings.queries.details import parts_of
from onebow.apps.meetings.services import recording as services
from onebow.apps.meetings.services.resolutions import AdoptionDraft, adopt_resolution
from onebow.apps.meetings.views.parts import (
    Before,
    asked_anchors,
    asked_ground,
    found_to_write,
    ground_for,
    ground_of,
    href_of,
)
from onebow.apps.organizations.forms.fields import label_of
from onebow.apps.plans.services.from_resolutions import item_kinds_for, plan_for

both = require_http_methods(["GET", "POST"])
State = Meeting.State


@both
def note(request: Request) -> HttpResponse:
    """Record a meeting that was not planned here."""
    asked, today = asked_ground(request), timezone.localdate()
    if asked is None:
        return redirect("meetings:new")
    organization, kind, occurrence = asked.organization, asked.kind, asked.occurrence
    proposed = proposals.proposal_for(organization, kind, occurrence, today)
    ground = ground_for(request, asked, proposed.on, proposed.chair)
    initial = {
        "held_on": proposed.on, "hours": kind.usual_hours, "title": proposed.title, "place": proposed.place,
        "chair": proposed.chair.pk if proposed.chair else None, "recorder": proposed.recorder_id,
    }  # fmt: skip
    form = _form(request, ground, initial)

    def do() -> str:
        meeting = services.record_meeting(
            organization.pk, kind.pk, form.draft(), anchors=asked_anchors(request, occurrence), uploads=_files(form),
            by=request.user, at=timezone.now(),
        )  # fmt: skip
        return href_of(meeting)

    return _shown(request, form, do, {"occurrence": occurrence, "meeting": None})


@both
def record(request: Request, pk: int) -> HttpResponse:
    """Record a meeting that was planned."""
    meeting = found_to_write(request, pk, State.PLANNED)
    planned = timezone.localtime(meeting.planned_at)
    on, parts = min(planned.date(), timezone.localdate()), parts_of(meeting)
    units = [pk for pk, _ in parts["unit"]]
    ground = ground_of(request, meeting, on, Before(units))
    initial = {
        "version": meeting.version, "held_on": on, "hours": meeting.kind.usual_hours, "title": meeting.title,
        "began": planned.time(), "place": meeting.place, "chair": meeting.chair_id, "recorder": meeting.recorder_id,
        "units": units, "minutes": "\n".join(f"{order}. {text}" for order, text in parts["agenda"]),
    }  # fmt: skip
    form = _form(request, ground, initial)

    def do() -> str:
        told = {"version": form.cleaned_data["version"], "uploads": _files(form)}
        return href_of(services.hold_meeting(pk, form.draft(), **told, by=request.user, at=timezone.now()))

    return _shown(request, form, do, {"meeting": meeting, "occurrence": meeting.occurrence})


@both
def correction(request: Request, pk: int) -> HttpResponse:
    """Record it anew."""
    meeting = found_to_write(request, pk, State.HELD)
    on = meeting.held_on or timezone.localdate()
    told = ("meeting", "state", "reason", "is_due", "person__name", "person__root__name")
    parts, rows = parts_of(meeting), list(meeting.attendance.select_related("person__root").only(*told))
    resolutions = list(meeting.resolutions.order_by("order"))
    names = {row.person_id: label_of(row.person) for row in rows}
    ground = ground_of(request, meeting, on, Before([pk for pk, _ in parts["unit"]], names, len(resolutions)))
    form = _form(request, ground, initial_of_record(meeting, parts, rows, resolutions))

    def do() -> str:
        told = {"version": form.cleaned_data["version"], "uploads": _files(form)}
        return href_of(services.correct_meeting(pk, form.draft(), **told, by=request.user, at=timezone.now()))

    return _shown(request, form, do, {"meeting": meeting, "occurrence": meeting.occurrence})


@both
def adoption(request: Request, pk: int, resolution_id: int) -> HttpResponse:
    """Put a resolution into the plan."""
    meeting = found_to_write(request, pk, State.HELD)
    resolution = get_object_or_404(meeting.resolutions, pk=resolution_id)
    today, organization = timezone.localdate(), meeting.organization
    kinds, people = item_kinds_for(organization, today), due_queries.own_people(organization, today)
    year = (resolution.due_on or meeting.held_on or today).year
    initial = {"person": resolution.person_id, "due_on": resolution.due_on}
    form = AdoptionForm(request.POST or None, kinds=kinds, people=people, initial=initial)

    def do() -> str:
        values = form.cleaned_data
        draft = AdoptionDraft(values["kind"], values["person"], values["due_on"])
        adopt_resolution(pk, resolution_id, draft, by=request.user, at=timezone.now())
        return href_of(meeting)

    context = {"meeting": meeting, "resolution": resolution, "plan": plan_for(organization, year), "year": year}
    return show_or_do(request, "meetings/adoption.html", context | {"kinds": kinds, "form": form}, do)


def _form(request: Request, ground: Ground, initial: dict[str, Any]) -> RecordForm:
    if request.method == "GET" and "held_on" in request.GET:
        # Another day was chosen: the same form with who was due then.
        initial = {key: value for key, value in initial.items() if not key.startswith("part_")}
    files = request.FILES if request.method == "POST" else None
    return RecordForm(request.POST or None, files, ground=ground, initial=initial)


def _files(form: RecordForm) -> list[Any]:
    return form.cleaned_data.get("uploads") or []


def _shown(request: Request, form: RecordForm, do: Any, context: dict[str, Any]) -> HttpResponse:
    ground = form.ground
    context |= {"organization": ground.organization, "kind": ground.kind, "form": form}
    if request.method == "GET":
        return page(request, "meetings/record.html#attendance", context)
    done = do() if form.is_valid() else ""
    return answer(request, "meetings/record.html#panel", context, done=done)
