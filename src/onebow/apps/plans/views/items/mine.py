"""What waits for me."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import page
from onebow.apps.plans.queries.items.waiting import marked, waiting_for_person


@require_GET
def mine(request: Request) -> HttpResponse:
    """My checkpoints, confirmations, make-ups and items."""
    today = timezone.localdate()
    waiting = waiting_for_person(request.reach, today)
    context = {
        "waiting": waiting,
        "items": marked(waiting.items, today),
        "today": today,
        "is_person": request.reach.person_id is not None,
    }
    return page(request, "plans/items/mine.html", context)
