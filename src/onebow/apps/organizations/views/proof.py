"""存证校验: what proves the ledger, in plain words."""

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.base.progress import read_progress
from onebow.apps.ledger.models import Head
from onebow.apps.ledger.queries import last_head, size_of
from onebow.apps.ledger.services import sign_head
from onebow.apps.ledger.services.heads import public_pem, told
from onebow.apps.ledger.witness import is_elsewhere, witness_path
from onebow.apps.organizations.services.ledger_proof import PROGRESS, last_checked, request_check

HEADS_SHOWN = 10


@require_GET
def proof(request: Request) -> HttpResponse:
    """Size, last head, witness file, last verification."""
    head = last_head()
    context = {
        "size": size_of(),
        "head": head,
        "heads": Head.objects.order_by("-pk")[:HEADS_SHOWN],
        "since": size_of() - head.size if head else size_of(),
        "witness_named": is_elsewhere(),
        "witnessed": witness_path().exists(),
        "checked": last_checked(),
        "running": read_progress(PROGRESS),
    }
    return page(request, "ledger/proof.html", context)


@require_GET
def progress(request: Request) -> HttpResponse:
    """How far a verification has come; the whole page anew once it is done."""
    running = read_progress(PROGRESS)
    if running is None or running.silent:
        return HttpResponseClientRefresh()
    if not request.htmx:
        # Opened by itself: it is a part of that page.
        return HttpResponseRedirect(reverse("organizations:ledger_proof"))
    return page(request, "ledger/proof.html#progress", {"running": running})


@require_POST
def head(request: Request) -> HttpResponse:
    """Sign now."""
    sign_head(at=timezone.now())
    return answer(request, "", {}, done=reverse("organizations:ledger_proof"))


@require_POST
def check(request: Request) -> HttpResponse:
    """Verify now, in the background."""
    request_check(by=request.user)
    return answer(request, "", {}, done=reverse("organizations:ledger_proof"))


@require_GET
def head_file(request: Request) -> HttpResponse:
    """The last head as a file, to be kept elsewhere."""
    head = get_object_or_404(Head, pk=(last_head() or Head(id=0)).pk)
    response = JsonResponse(told(head), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="head-{head.size}.json"'
    return response


@require_GET
def key_file(request: Request) -> HttpResponse:
    """The public key as a file, to be kept elsewhere."""
    response = HttpResponse(public_pem(), content_type="application/x-pem-file")
    response["Content-Disposition"] = 'attachment; filename="ledger-public.pem"'
    return response
