"""A risk point, and looking at it again or lifting it."""

from datetime import date
from typing import Any

from django.forms import Form
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.base.dates import as_of
from onebow.apps.base.refusals import allowed
from onebow.apps.plans.counting import counting_on, latest_review
from onebow.apps.plans.forms.risks import LiftForm, ReviewForm
from onebow.apps.plans.queries.risks.page import held_now, risk_seen, told_of
from onebow.apps.plans.queries.risks.words import words_for
from onebow.apps.plans.rules.access import check_can_write
from onebow.apps.plans.rules.risks import check_stands_yet
from onebow.apps.plans.services import risks as services

both = require_http_methods(["GET", "POST"])


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """One as of a day: its level and why, reviews, how it came there."""
    when = as_of(request)
    point = found(request, pk, when.on)
    leads = allowed(check_can_write, point.organization, request.reach)
    context = {
        "point": point,
        "told": told_of(point, request.reach, when.on),
        "reads_remarks": leads,
        "may_write": when.is_today and leads and point.state == point.State.ACTIVE,
    }
    return page(request, "plans/risks/show.html", context)


@both
def review(request: Request, pk: int) -> HttpResponse:
    """Look at one again."""
    point, today = written(request, pk), timezone.localdate()
    words, counting = words_for(point.organization, today), counting_on(today).text
    next_on = latest_review(today, today)
    initial = {"version": point.version, "on": today, "held": held_now(point), "next_on": next_on}
    form = ReviewForm(request.POST or None, words=words, counting=counting, initial=initial)
    context = {"point": point, "form": form, "title": "复查", "submit": "保存复查", "words": words}
    if request.method == "GET":
        return page(request, "plans/risks/deed.html", context)
    if form.is_valid():
        version = _version(form)
        services.review_risk(pk, form.draft(), version=version, by=request.user, at=timezone.now())
    return _answer(request, context, form, pk)


@both
def lifting(request: Request, pk: int) -> HttpResponse:
    """Say that a risk is no more."""
    point = written(request, pk)
    form = LiftForm(request.POST or None, initial={"version": point.version})
    context = {"point": point, "form": form, "title": "解除风险点", "submit": "解除", "danger": True}
    if request.method == "GET":
        return page(request, "plans/risks/deed.html", context)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        services.lift_risk(pk, reason, version=_version(form), by=request.user, at=timezone.now())
    return _answer(request, context, form, pk)


def found(request: Request, pk: int, on: date) -> Any:
    """One that the user may read, as of a day."""
    point = risk_seen(request.reach, pk, on)
    if point is None:
        raise Http404("no risk point")
    return point


def href_of(pk: int) -> str:
    """Its page."""
    return reverse("plans:risk", args=[pk])


def written(request: Request, pk: int) -> Any:
    """One that the user may write."""
    point = found(request, pk, timezone.localdate())
    if not request.reach.leads(point.organization.path):
        raise Http404("not theirs to write")
    check_stands_yet(point)
    return point


def _version(form: Form) -> int:
    return form.cleaned_data["version"] or 0


def _answer(request: Request, context: dict[str, Any], form: Form, pk: int) -> HttpResponse:
    done = href_of(pk) if form.is_valid() else ""
    return answer(request, "plans/risks/deed.html#panel", context, done=done)
