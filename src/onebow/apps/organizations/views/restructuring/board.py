"""The board: planned branches with their sections; drag, or choose."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.forms.restructuring import DragForm, MoveForm
from onebow.apps.organizations.models import Restructuring, Seat
from onebow.apps.organizations.queries.restructuring.board import board_of, seats_of
from onebow.apps.organizations.queries.restructuring.plan import plan_of
from onebow.apps.organizations.services.restructuring.edits import Move, move_members
from onebow.apps.organizations.views.restructuring.frame import find_draft, frame

PAGE = "organizations/restructuring/board.html"


@require_GET
def board(request: Request, pk: int) -> HttpResponse:
    """All branches of the plan with their sections."""
    plan = find_draft(request, pk)
    return page(request, f"{PAGE}#board", _context(request, plan))


@require_http_methods(["GET", "POST"])
def cell(request: Request, pk: int, key: str) -> HttpResponse:
    """Move the members of a section in an office, or some of them, without a mouse."""
    plan = find_draft(request, pk)
    whole = plan_of(plan, timezone.localdate())
    seats = seats_of(whole, key)
    if not seats and request.method == "POST":
        raise Refused("这些党员刚刚已被移到别处,请回到编排,核对后再改。")
    if not seats:
        raise Http404("no such members in this plan")
    rows = Seat.objects.filter(pk__in=[seat.pk for seat in seats]).select_related("person").order_by("person__pinyin")
    initial = {"version": plan.version, "seats": [seat.pk for seat in seats]}
    form = MoveForm(request.POST or None, plan=whole, seats=rows, own=seats[0].planned_id, initial=initial)
    context = {
        **frame(request, plan, "restructuring_board"),
        "form": form,
        "whole": whole,
        "seat": seats[0],
        "count": len(seats),
    }
    if request.method == "GET":
        return page(request, "organizations/restructuring/cell.html#panel", context)
    done = ""
    if form.is_valid():
        values = form.cleaned_data
        to = None if values["to"] == "new" else int(values["to"])
        move = Move(tuple(seat.pk for seat in values["seats"]), to, values["version"])
        move_members(pk, move, by=request.user, at=timezone.now())
        done = reverse("organizations:restructuring_board", args=[pk])
    return answer(request, "organizations/restructuring/cell.html#panel", context, done=done)


@require_POST
def move(request: Request, pk: int) -> HttpResponse:
    """Members of a cell, dropped on a branch."""
    plan = find_draft(request, pk)
    form = DragForm(request.POST)
    if not form.is_valid():
        raise Refused("没有移动:请拖动科室到另一个支部。")
    values = form.cleaned_data
    seats = seats_of(plan_of(plan, timezone.localdate()), values["cell"])
    to = None if values["to"] == "new" else int(values["to"])
    if seats and seats[0].planned_id != to:
        deed = Move(tuple(seat.pk for seat in seats), to, values["version"])
        move_members(pk, deed, by=request.user, at=timezone.now())
    if not request.htmx:
        return answer(request, "", {}, done=reverse("organizations:restructuring_board", args=[pk]))
    return page(request, f"{PAGE}#board", _context(request, find_draft(request, pk)))


def _context(request: Request, plan: Restructuring) -> dict[str, Any]:
    return {**frame(request, plan, "restructuring_board"), **board_of(plan, timezone.localdate())}
