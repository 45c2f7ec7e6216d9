"""Registering a risk point, and correcting one."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.organizations.forms.fields import label_of
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries import search
from onebow.apps.plans.counting import counting_on, latest_review
from onebow.apps.plans.forms.risks import Hangs, RiskForm
from onebow.apps.plans.queries.absences import people_led
from onebow.apps.plans.queries.risks import choices
from onebow.apps.plans.queries.risks.words import place_of, words_for
from onebow.apps.plans.services import risks as services
from onebow.apps.plans.views.registers import parts
from onebow.apps.plans.views.risks.show import href_of, written

both = require_http_methods(["GET", "POST"])


@both
def new(request: Request) -> HttpResponse:
    """Register one; `?item=` is an item that it hangs on."""
    today = timezone.localdate()
    proposed = choices.proposed_for(request.GET.get("item", ""), request.reach)
    form = _form(request, proposed | {"review_on": latest_review(today, today)}, place_of(request.reach))
    context = {"form": form, "point": None}
    if request.method == "GET":
        return page(request, "plans/risks/edit.html", context)
    done = ""
    if form.is_valid():
        held, review_on = form.cleaned_data["held"], form.cleaned_data["review_on"]
        made = services.register_risk(form.draft(), held, review_on, by=request.user, at=timezone.now())
        done = href_of(made.pk)
    return answer(request, "plans/risks/edit.html#panel", context, done=done)


@both
def edit(request: Request, pk: int) -> HttpResponse:
    """Correct one."""
    point = written(request, pk)
    form = _form(request, choices.initial_of(point), point.organization)
    context = {"form": form, "point": point}
    if request.method == "GET":
        return page(request, "plans/risks/edit.html", context)
    done = ""
    if form.is_valid():
        draft, version = form.draft(point.organization_id), form.cleaned_data["version"] or 0
        services.change_risk(pk, draft, version=version, by=request.user, at=timezone.now())
        done = href_of(pk)
    return answer(request, "plans/risks/edit.html#panel", context, done=done)


@require_GET
def people(request: Request) -> JsonResponse:
    """Who may keep a risk point, by name, pinyin or initials."""
    rows = people_led(request.reach, timezone.localdate()).select_related("root")
    return _options(search.found(rows, request.GET.get("q", "")))


@require_GET
def kinds(request: Request) -> JsonResponse:
    """Kinds of items, by a part of their name."""
    rows = choices.kinds_offered(place_of(request.reach), timezone.localdate())
    return _options(rows.filter(name__icontains=_word(request))[:10])


@require_GET
def items(request: Request) -> JsonResponse:
    """Items that go on, by a part of their title."""
    rows = choices.items_offered(request.reach, timezone.localdate())
    return _options(rows.filter(title__icontains=_word(request))[:10])


def _form(request: Request, initial: dict[str, Any], place: Organization | None) -> RiskForm:
    today = timezone.localdate()
    return RiskForm(
        request.POST or None,
        organizations=parts.writable(request),
        people=choices.owners_offered(request.reach, today, initial.get("owner")),
        hangs=Hangs(
            choices.kinds_offered(place, today), reverse("plans:risk_kind_options"),
            choices.items_offered(request.reach, today, initial.get("items", ())), reverse("plans:risk_item_options"),
        ),
        words=words_for(place, today),
        counting=counting_on(today).text,
        initial=initial,
    )  # fmt: skip


def _word(request: Request) -> str:
    return request.GET.get("q", "").replace("\0", "").strip()[:60]


def _options(hits: QuerySet[Any] | list[Any]) -> JsonResponse:
    return JsonResponse({"options": [{"value": row.pk, "text": label_of(row)} for row in hits]})
