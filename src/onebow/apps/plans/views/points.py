"""Key points: added, changed, taken out."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer
from onebow.apps.plans.forms.plans import KeyPointForm
from onebow.apps.plans.rules.drafting import check_plan_is_open, check_point_is_open
from onebow.apps.plans.services import plans as services
from onebow.apps.plans.views.frame import deed, found_to_write, href_of

both = require_http_methods(["GET", "POST"])


@both
def new(request: Request, pk: int) -> HttpResponse:
    """Add a key point."""
    plan = found_to_write(request, pk)
    check_plan_is_open(plan)
    form = KeyPointForm(request.POST or None, is_new=True)

    def do() -> None:
        told = {"text": form.cleaned_data["text"], "texts": form.texts()}
        services.add_key_point(pk, form.cleaned_data["title"], **told, by=request.user, at=timezone.now())

    return deed(request, form, do, done=href_of(plan), title="增加工作要点", submit="保存", plan=plan)


@both
def edit(request: Request, pk: int, point_id: int) -> HttpResponse:
    """Change a key point and what it requires."""
    plan = found_to_write(request, pk)
    point = get_object_or_404(plan.key_points.filter(removed_at=None), pk=point_id)
    if request.method == "GET":
        check_point_is_open(point, plan)
    texts = dict(point.requirements.values_list("category", "text"))
    initial = {"title": point.title, "text": point.text, "order": point.order, **texts}
    form = KeyPointForm(request.POST or None, initial=initial)

    def do() -> None:
        values = {name: form.cleaned_data[name] for name in ("title", "text", "order")}
        services.change_key_point(point_id, **values, texts=form.texts(), by=request.user, at=timezone.now())

    removal = reverse("plans:key_point_removal", args=[pk, point_id])
    told: dict[str, Any] = {"title": "工作要点", "submit": "保存", "plan": plan, "removal": removal}
    return deed(request, form, do, done=href_of(plan), **told)


@require_POST
def removal(request: Request, pk: int, point_id: int) -> HttpResponse:
    """Take a key point out."""
    plan = found_to_write(request, pk)
    get_object_or_404(plan.key_points.filter(removed_at=None), pk=point_id)
    services.remove_key_point(point_id, by=request.user, at=timezone.now())
    return answer(request, "", {}, done=href_of(plan))
