"""A duty: what it asks, of whom, on what terms; and other terms for what comes."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.base.dates import as_of
from onebow.apps.base.refusals import allowed
from onebow.apps.plans.forms.duties import CadenceForm, initial_of
from onebow.apps.plans.models import Duty
from onebow.apps.plans.queries.duties import lists, telling, terms
from onebow.apps.plans.queries.duties.states import State
from onebow.apps.plans.queries.load.cadences import brought_over
from onebow.apps.plans.queries.load.over import lines_of
from onebow.apps.plans.rules.access import check_can_set
from onebow.apps.plans.services.duties import change_cadence, said_by, version_of
from onebow.apps.plans.views.duties.parts import WORDS, list_href, year_of


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """Its meaning, its terms, and how far it is done in a year."""
    when = as_of(request)
    year = year_of(request, when)
    duty = get_object_or_404(lists.duties_for(request.reach).select_related("scope"), pk=pk)
    counts = lists.counts_of_duty(request.reach, duty, year.number, when.on)
    narrowed = {"year": year.number, "duty": duty.pk}
    context = {
        "duty": duty,
        "kinds": telling.kind_words(duty.kinds),
        "terms": terms.terms_of_duty(duty, when.on),
        "grounds": terms.grounds_of(duty, when.on),
        "counts": [(State(key), counts[key], list_href(when, **narrowed, state=key)) for key in State if key in counts],
        "year": year,
        "list_href": list_href(when, **narrowed),
        "may_set": when.is_today and duty.ends_on is None and allowed(check_can_set, duty.scope, request.reach),
        **WORDS,
    }
    return page(request, "plans/duties/show.html", context)


@require_http_methods(["GET", "POST"])
def cadence(request: Request, pk: int) -> HttpResponse:
    """Other terms from a day to come on."""
    duty = get_object_or_404(lists.duties_to_set(request.reach).select_related("scope"), pk=pk)
    today = timezone.localdate()
    initial = {**initial_of(said_by(duty).terms, _next_month(today)), "version": version_of(duty)}
    form = CadenceForm(request.POST or None, initial=initial)
    context = {"duty": duty, "form": form, "terms": terms.terms_of_duty(duty, today)}
    if request.method == "GET":
        return page(request, "plans/duties/cadence.html", context)
    done = ""
    if form.is_valid() and not _asks_again(form, duty, today):
        told = {name: form.cleaned_data[name] for name in ("from_on", "version")}
        change_cadence(duty.pk, form.draft(), **told, by=request.user, at=timezone.now())
        done = reverse("plans:duty", args=[duty.pk])
    return answer(request, "plans/duties/cadence.html#panel", context, done=done)


def _asks_again(form: CadenceForm, duty: Duty, today: date) -> bool:
    """Whether branches would be over a ceiling and nobody said yet that it shall be all the same."""
    over = brought_over(duty, form.terms(), form.cleaned_data["from_on"], today)
    return form.asks_again(lines_of(over), "调整频次后,以下支部的事项数超过上限:")


def _next_month(today: date) -> date:
    return date(today.year + today.month // 12, today.month % 12 + 1, 1)
