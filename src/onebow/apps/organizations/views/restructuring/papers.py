"""The papers of a plan: which there are, each as text with what is asked for it, each as a file."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import page
from onebow.apps.base.downloads import download
from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.forms.restructuring_papers import FORMS, PaperForm
from onebow.apps.organizations.models import Restructuring
from onebow.apps.organizations.queries.restructuring.papers.catalog import KINDS, PaperKind, kind_for, state_of
from onebow.apps.organizations.services.restructuring.papers import file_name, paper_of
from onebow.apps.organizations.views.restructuring.frame import find, frame


@require_GET
def index(request: Request, pk: int) -> HttpResponse:
    """All papers with their states."""
    plan = find(request, pk)
    rows = [(kind, state_of(kind, plan)) for kind in KINDS.values()]
    context = {**frame(request, plan, "restructuring_papers"), "rows": rows, "forms": FORMS}
    return page(request, "organizations/restructuring/papers.html", context)


@require_GET
def show(request: Request, pk: int, paper: str) -> HttpResponse:
    """A paper as text, what is asked for it, and where to fetch it."""
    plan = find(request, pk)
    asked_for = _kind(paper, plan)
    form = PaperForm(request.GET or None, kind=asked_for)
    wrong = form.is_bound and not form.is_valid()
    state = state_of(asked_for, plan)
    made = None if state.is_none else paper_of(plan, asked_for, _asked(form), at=timezone.now())
    context = {
        **frame(request, plan, "restructuring_papers"),
        "kind": asked_for,
        "state": state,
        "form": form,
        "paper": made,
        "text": made.render("text").decode() if made else "",
        "files": [] if made is None or wrong else _files(plan, asked_for, form),
    }
    return page(request, "organizations/restructuring/paper.html", context, status=422 if wrong else 200)


@require_GET
def file(request: Request, pk: int, paper: str, kind: str) -> HttpResponse:
    """A paper as .docx or .pdf."""
    plan = find(request, pk)
    if kind not in dict(FORMS):
        raise Http404("no such form of a paper")
    asked_for = _kind(paper, plan)
    form = PaperForm(request.GET or None, kind=asked_for)
    if form.is_bound and not form.is_valid():
        wrong = "、".join(str(form.fields[name].label) for name in form.errors)
        raise Refused(f"{wrong}填写有误,请回到公文页面修改。")
    made = paper_of(plan, asked_for, _asked(form), at=timezone.now())
    return download(made.render(kind), f"{file_name(plan, made)}.{kind}")


def _kind(key: str, plan: Restructuring) -> PaperKind:
    kind = kind_for(key, plan)
    if kind is None:
        raise Http404("no such paper")
    return kind


def _asked(form: PaperForm) -> dict[str, Any]:
    """What was typed and could be read."""
    return {key: value for key, value in getattr(form, "cleaned_data", {}).items() if value}


def _files(plan: Restructuring, kind: PaperKind, form: PaperForm) -> list[tuple[str, str]]:
    """Label and address of the paper in each form; what was typed stays in the address."""
    query = f"?{urlencode(asked)}" if (asked := _asked(form)) else ""
    name = "organizations:restructuring_document_file"
    return [(label, reverse(name, args=[plan.pk, kind.key, end]) + query) for end, label in FORMS]
