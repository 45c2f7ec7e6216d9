"""Deeds on an item."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, show_or_do
from onebow.apps.plans.forms.items import CheckpointsForm, ConfirmForm, ProgressForm, ReasonForm, TripForm, VisitForm
from onebow.apps.plans.models import Item
from onebow.apps.plans.part import Part
from onebow.apps.plans.queries.items.page import course_of, items_seen
from onebow.apps.plans.queries.items.standing import part_in
from onebow.apps.plans.rules import items as rules
from onebow.apps.plans.services import items as services
from onebow.apps.plans.views.items.show import context_of

both = require_http_methods(["GET", "POST"])


def find(request: Request, pk: int) -> tuple[Item, Part]:
    """An item that the user may read, and what they are to it."""
    item = get_object_or_404(items_seen(request.reach), pk=pk)
    return item, part_in(item, request.reach)


def href_of(item: Item) -> str:
    """Its page."""
    return reverse("plans:item", args=[item.pk])


@require_POST
def start(request: Request, pk: int) -> HttpResponse:
    """Begin it."""
    item, _ = find(request, pk)
    services.begin_item(pk, by=request.user, at=timezone.now())
    return answer(request, "", {}, done=href_of(item))


@require_POST
def checkpoints(request: Request, pk: int) -> HttpResponse:
    """Do checkpoints of the present stage, or make them up."""
    item, _ = find(request, pk)
    course = course_of(item, request.reach, timezone.localdate())
    form = CheckpointsForm(request.POST, points=course.doable)
    if form.is_valid():
        services.do_checkpoints(pk, form.notes(), by=request.user, at=timezone.now())
        return answer(request, "", {}, done=href_of(item))
    return answer(request, "plans/item.html#deed", context_of(request, course, form))


@require_POST
def confirmations(request: Request, pk: int) -> HttpResponse:
    """Confirm reminders for oneself."""
    item, _ = find(request, pk)
    course = course_of(item, request.reach, timezone.localdate())
    form = ConfirmForm(request.POST, points=[point for point in course.points if point.is_one_by_one])
    if form.is_valid():
        ids = form.cleaned_data["checkpoint"]
        services.acknowledge_checkpoints(pk, ids, by=request.user, at=timezone.now())
        return answer(request, "", {}, done=href_of(item))
    return answer(request, "plans/item.html#deed", context_of(request, course, confirming=form))


@require_POST
def passing(request: Request, pk: int, stage_id: int) -> HttpResponse:
    """Leave a stage for the next."""
    item, _ = find(request, pk)
    get_object_or_404(item.kind.stages, pk=stage_id)
    services.pass_stage(pk, stage_id, by=request.user, at=timezone.now())
    return answer(request, "", {}, done=href_of(item))


@both
def urgency(request: Request, pk: int, stage_id: int) -> HttpResponse:
    """Leave a stage although checkpoints are open, and say why."""
    item, part = find(request, pk)
    stage = get_object_or_404(item.kind.stages, pk=stage_id)
    rules.check_can_move(item, part)
    form = ReasonForm(request.POST or None)
    course = course_of(item, request.reach, timezone.localdate())
    return deed(
        request,
        item,
        form,
        lambda: services.pass_urgently(pk, stage_id, by=request.user, at=timezone.now(), **form.cleaned_data),
        title=f"紧急先行、事后补办:{stage.name}",
        note="没有落实的检查点转为待补办,5 个工作日内补办;补办以前事项不能办结。"
        "原因记入台账,请勿写入与事项无关的个人信息。",
        waiting=course.now.waiting if course.now else [],
        submit="先行进入下一阶段",
        danger=True,
    )


@require_POST
def closure(request: Request, pk: int) -> HttpResponse:
    """Close it."""
    item, _ = find(request, pk)
    services.close_item(pk, by=request.user, at=timezone.now())
    return answer(request, "", {}, done=href_of(item))


@both
def reopening(request: Request, pk: int) -> HttpResponse:
    """Take it up again."""
    item, part = find(request, pk)
    rules.check_can_move(item, part)
    form = ReasonForm(request.POST or None)
    return deed(
        request,
        item,
        form,
        lambda: services.reopen_item(pk, by=request.user, at=timezone.now(), **form.cleaned_data),
        title="重新办理",
        submit="重新办理",
        note="事项回到最后一个阶段;原来的办理经过保留在台账中。",
    )


@both
def progress(request: Request, pk: int) -> HttpResponse:
    """Tell how it stands."""
    item, part = find(request, pk)
    today = timezone.localdate()
    rules.check_can_tell(item, part, today, today)
    form = ProgressForm(request.POST or None, initial={"on": today})
    return deed(
        request,
        item,
        form,
        lambda: services.note_progress(pk, by=request.user, at=timezone.now(), **form.cleaned_data),
        title="登记进展",
    )


@both
def visit(request: Request, pk: int) -> HttpResponse:
    """Record who was heard on site."""
    item, part = find(request, pk)
    today = timezone.localdate()
    rules.check_can_tell(item, part, today, today)
    form = VisitForm(request.POST or None, initial={"on": today, "place": item.trip_place[:100]})
    return deed(
        request,
        item,
        form,
        lambda: services.hear_on_site(pk, form.draft(), by=request.user, at=timezone.now()),
        title="登记现场了解",
    )


@both
def trip(request: Request, pk: int) -> HttpResponse:
    """Say when and where the travellers are away."""
    item, part = find(request, pk)
    rules.check_can_move(item, part)
    last = item.trip_ends_on - timedelta(days=1) if item.trip_ends_on else None
    form = TripForm(
        request.POST or None, initial={"first": item.trip_starts_on, "last": last, "place": item.trip_place}
    )
    return deed(
        request,
        item,
        form,
        lambda: services.set_trip(pk, form.draft(), by=request.user, at=timezone.now()),
        title="外出安排",
        note="行前阶段完成后,外出人员自动登记为出差;日期或人员再变,登记跟着变。",
    )


def deed(
    request: Request, item: Item, form: Form, do: Callable[[], object], *, title: str, **context: Any
) -> HttpResponse:
    """Show the form, or do the deed and go back to the item."""
    name = "plans/items/deed.html"
    context = {"submit": "保存", "danger": False, "note": "", "waiting": [], **context}
    context |= {"item": item, "form": form, "title": title, "href": href_of(item)}
    return show_or_do(request, name, context, do, done=href_of(item))
