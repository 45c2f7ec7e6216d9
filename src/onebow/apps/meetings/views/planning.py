"""Meetings to come: what to hold, planning, changing, cancelling."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import page, show_or_do
from onebow.apps.meetings.forms.planning import PlanForm, ReasonForm, initial_of_plan, initial_proposed
from onebow.apps.meetings.models import Meeting, MeetingKind
from onebow.apps.meetings.queries import due as due_queries
from onebow.apps.meetings.queries import proposals
from onebow.apps.meetings.queries.kinds import kinds_for
from onebow.apps.meetings.queries.load_over import Coming, brought_over
from onebow.apps.meetings.queries.visible import written_organizations
from onebow.apps.meetings.services import planning as services
from onebow.apps.meetings.services import recording
from onebow.apps.meetings.views.parts import (
    asked_anchors,
    asked_ground,
    asked_occurrence,
    asked_organization,
    found_to_write,
    heads_of,
    href_of,
)
from onebow.apps.organizations.models import Organization
from onebow.apps.plans.queries.load.over import lines_of

both = require_http_methods(["GET", "POST"])
State = Meeting.State
MOST_ORGANIZATIONS = 300


@require_GET
def new(request: Request) -> HttpResponse:
    """What one may hold: the duties that wait, and the kinds of meetings; each to be planned or recorded."""
    occurrence, today = asked_occurrence(request), timezone.localdate()
    organization = occurrence.organization if occurrence else asked_organization(request)
    rows = written_organizations(request.reach).on(today).order_by("tree", "path")
    context: dict[str, Any] = {"organization": organization, "organizations": rows[:MOST_ORGANIZATIONS]}
    if organization is not None:
        kinds = kinds_for(organization, today)
        context |= {"kinds": kinds, "duties": proposals.open_duties(organization, kinds, today, occurrence)}
    anchors = {key: request.GET[key] for key in ("item", "drive", "directive") if request.GET.get(key)}
    return page(request, "meetings/new.html", context | {"anchors": anchors})


@both
def plan(request: Request) -> HttpResponse:
    """Plan a meeting of a kind, for a duty if the address names one."""
    asked, today = asked_ground(request), timezone.localdate()
    if asked is None:
        return redirect("meetings:new")
    organization, kind, occurrence = asked.organization, asked.kind, asked.occurrence
    proposed = initial_proposed(proposals.proposal_for(organization, kind, occurrence, today))
    form = _form(request, organization, kind, None, proposed)

    def do() -> str:
        if _asks_again(form, form.coming(organization, kind)):
            return ""
        draft = form.draft(organization.pk, kind.pk, asked_anchors(request, occurrence))
        return href_of(services.plan_meeting(draft, by=request.user, at=timezone.now()))

    context = {"organization": organization, "kind": kind, "occurrence": occurrence, "meeting": None}
    return show_or_do(request, "meetings/plan.html", context | {"form": form}, do)


@both
def edit(request: Request, pk: int) -> HttpResponse:
    """Change what was planned."""
    meeting = found_to_write(request, pk, State.PLANNED)
    form = _form(request, meeting.organization, meeting.kind, meeting, initial_of_plan(meeting))

    def do() -> str:
        if _asks_again(form, form.coming(meeting.organization, meeting.kind, pk)):
            return ""
        draft = form.draft(meeting.organization_id, meeting.kind_id)
        version = form.cleaned_data["version"]
        return href_of(services.change_meeting(pk, draft, version=version, by=request.user, at=timezone.now()))

    context = {
        "organization": meeting.organization, "kind": meeting.kind, "meeting": meeting,
        "occurrence": meeting.occurrence,
    }  # fmt: skip
    return show_or_do(request, "meetings/plan.html", context | {"form": form}, do)


@both
def cancellation(request: Request, pk: int) -> HttpResponse:
    """Cancel it."""
    meeting, form = found_to_write(request, pk, State.PLANNED), ReasonForm(request.POST or None)

    def do() -> str:
        return href_of(services.cancel_meeting(pk, **form.cleaned_data, by=request.user, at=timezone.now()))

    context = {"meeting": meeting, "title": "取消会议", "submit": "取消会议"}
    return show_or_do(request, "meetings/deed.html", context | {"form": form}, do)


@both
def voiding(request: Request, pk: int) -> HttpResponse:
    """Take the record back."""
    meeting, form = found_to_write(request, pk, State.HELD), ReasonForm(request.POST or None)

    def do() -> str:
        return href_of(recording.void_meeting(pk, **form.cleaned_data, by=request.user, at=timezone.now()))

    context = {"meeting": meeting, "title": "作废会议记录", "submit": "作废"}
    return show_or_do(request, "meetings/deed.html", context | {"form": form}, do)


def _asks_again(form: PlanForm, coming: Coming) -> bool:
    """Whether somebody would be over a ceiling and nobody said yet that it shall be all the same."""
    over = brought_over(coming, timezone.localdate())
    return form.asks_again(lines_of(over), "会议安排后,以下工作量超过上限(计入事项和会议):")


def _form(
    request: Request, organization: Organization, kind: MeetingKind, meeting: Meeting | None, initial: dict[str, Any]
) -> PlanForm:
    today = timezone.localdate()
    people = [one.person for one in due_queries.due_people(organization, kind, today, today)]
    head = due_queries.told_head(meeting) if meeting else due_queries.head_of(organization, today)
    others = heads_of(organization, kind, meeting, head, today)
    people += [one for one in others if one.pk not in {person.pk for person in people}]
    near = proposals.organizations_near(organization, today)
    told: dict[str, Any] = {"people": people, "organizations": near, "near": organization.pk}
    return PlanForm(
        request.POST or None, initial=initial, fixed_title="" if kind.keeps_minutes else kind.name, **told
    )  # fmt: skip
