"""The page of an item."""

from datetime import timedelta
from typing import Any

from django.forms import Form
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import page
from onebow.apps.plans.forms.items import CheckpointsForm
from onebow.apps.plans.queries.items import page as queries
from onebow.apps.plans.queries.items.four import four_of
from onebow.apps.plans.queries.items.next import next_of
from onebow.apps.plans.queries.items.sheet import documents_of
from onebow.apps.plans.views.checks.parts import open_gaps

STATES = {"draft": "neutral", "planned": "neutral", "open": "warn", "done": "ok", "cancelled": "neutral"}
PLACES = {"item": "本事项", "key_point": "工作要点", "kind": "事项类别"}


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """An item with its requirements, stages, people and what was told of it."""
    item = queries.item_seen(request.reach, pk)
    if item is None:
        raise Http404
    course = queries.course_of(item, request.reach, timezone.localdate())
    return page(request, "plans/item.html", context_of(request, course))


def context_of(
    request: Request, course: queries.Course, form: CheckpointsForm | None = None, confirming: Form | None = None
) -> dict[str, Any]:
    """What the page shows; `form` and `confirming` where something was wrong with what was sent."""
    item, today = course.item, timezone.localdate()
    return {
        "item": item,
        "course": course,
        "part": course.part,
        "around": course.around,
        # Who takes part in an item need not read the plan that it stands in.
        "opens_plan": request.reach.covers(item.plan.organization) or item.decides_plan,
        "gaps": open_gaps(today, "item", item.pk),
        "requirements": course.stated,
        "four": four_of(course),
        "next": next_of(course),
        "documents": documents_of(item, today),
        "history": queries.history_of(item),
        "confirmed": course.confirmed,
        "has_left": course.has_left,
        "awaits_travellers": course.awaits_travellers,
        "may_write": request.reach.leads(item.plan.organization.path),
        "trip_last": item.trip_ends_on - timedelta(days=1) if item.trip_ends_on else None,
        "is_open": item.state == item.State.OPEN,
        "states": STATES,
        "places": PLACES,
        "today": today,
        "is_overdue": item.due_on is not None and item.due_on < today and item.state in ("planned", "open"),
        "form": form or CheckpointsForm(points=course.to_do),
        "confirming": confirming,
    }
