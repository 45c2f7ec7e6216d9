"""Last year's plan carried over into the next."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.plans.services.copying import copy_forward
from onebow.apps.plans.services.copying_plan import copies_of
from onebow.apps.plans.views.frame import found_to_write, href_of


@require_http_methods(["GET", "POST"])
def copy(request: Request, pk: int) -> HttpResponse:
    """Look at what would be carried over, and carry it over."""
    plan = found_to_write(request, pk)
    if request.method == "POST":
        made, _ = copy_forward(pk, by=request.user, at=timezone.now())
        return answer(request, "", {}, done=href_of(made))
    copies = copies_of(plan, plan.organization, timezone.localdate())
    good = sum(one.is_good for one in copies)
    return page(request, "plans/copy.html", {"plan": plan, "copies": copies, "good": good})
