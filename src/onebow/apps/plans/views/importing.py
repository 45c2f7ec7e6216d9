"""A list of items taken into a plan: uploaded or pasted, looked at, then imported."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.plans.forms.plans import ListForm
from onebow.apps.plans.lists.rows import text_of
from onebow.apps.plans.models import Plan
from onebow.apps.plans.queries.kinds import day_in, kinds_for
from onebow.apps.plans.rules.drafting import check_plan_is_open
from onebow.apps.plans.services.importing import import_items
from onebow.apps.plans.services.importing_plan import plan_import
from onebow.apps.plans.services.uploads import text_given
from onebow.apps.plans.views.frame import found_to_write, href_of


@require_http_methods(["GET", "POST"])
def import_list(request: Request, pk: int) -> HttpResponse:
    """Choose a list, look at what each row would become, and import the new ones."""
    plan, today = found_to_write(request, pk), timezone.localdate()
    check_plan_is_open(plan)
    kinds = kinds_for(plan.organization, min(day_in(plan.year, today), today))
    form = ListForm(request.POST or None, request.FILES or None, kinds=kinds)
    context: dict[str, Any] = {"plan": plan, "form": form, "told": None, "kinds": kinds}
    if request.method == "GET":
        return page(request, "plans/import.html", context)
    if not form.is_valid():
        return answer(request, "plans/import.html#panel", context)
    values = form.cleaned_data
    text = text_given(values, text_of, at=timezone.now())
    if request.POST.get("sure"):
        import_items(pk, text, kind_id=values["kind"], by=request.user, at=timezone.now())
        return answer(request, "", {}, done=href_of(plan))
    return page(request, "plans/import.html#panel", context | _looked(plan, text, values["kind"], kinds))


def _looked(plan: Plan, text: str, kind_id: int | None, kinds: Any) -> dict[str, Any]:
    """What each row would become; the text goes along in the form, so that nothing is asked for twice."""
    told = plan_import(plan, text, timezone.localdate(), kind_id=kind_id)
    again = ListForm({"text": text, "kind": kind_id or ""}, kinds=kinds)
    return {"told": told, "form": again, "text": text, "kind_id": kind_id}
