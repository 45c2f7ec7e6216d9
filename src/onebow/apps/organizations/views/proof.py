"""存证校验: what proves the ledger, in plain words."""

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.base.progress import read_progress
from onebow.apps.ledger.models import Head
from onebow.apps.ledger.queries import last_head, size_of
from onebow.apps.ledger.services import sign_head
from onebow.apps.ledger.services.heads import public_pem, told
from onebow.apps.ledger.services.witness import witness_path
from onebow.apps.organizations.forms.ledger import ErasureForm
from onebow.apps.organizations.models import Person
from onebow.apps.organizations.queries import visible
from onebow.apps.organizations.services.erasure import erase_person
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
        "witness_named": bool(settings.WITNESS),
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


@require_http_methods(["GET", "POST"])
@reauthentication_required(app="onebow")
def erasure(request: Request, pk: int) -> HttpResponse:
    """Erase what names a person; asks for the password or second factor once in half an hour."""
    person: Person = get_object_or_404(visible.managed_people(request.reach).select_related("root"), pk=pk)
    form, done = ErasureForm(request.POST or None), ""
    if request.method == "GET":
        return page(request, "people/erasure.html", {"form": form, "person": person})
    if form.is_valid():
        erase_person(pk, basis=form.cleaned_data["basis"], by=request.user, at=timezone.now())
        done = reverse("organizations:people")
    return answer(request, "people/erasure.html#panel", {"form": form, "person": person}, done=done)
