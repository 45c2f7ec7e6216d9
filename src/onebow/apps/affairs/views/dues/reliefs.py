"""Relief: asked for, looked at, decided, taken back."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onebow.apps.accounts.requests import Request
from onebow.apps.affairs.forms.dues import ReliefForm, WithdrawalForm, initial_values
from onebow.apps.affairs.models import DuesRelief
from onebow.apps.affairs.months import month_of, words_of
from onebow.apps.affairs.queries.dues.visible import reliefs_for
from onebow.apps.affairs.rules.citing import ground
from onebow.apps.affairs.rules.dues import check_relief_waits
from onebow.apps.affairs.services import reliefs as services
from onebow.apps.affairs.services.bases import people_of
from onebow.apps.affairs.views import parts
from onebow.apps.affairs.views.dues.frame import is_kept, kept_branch, trail_of
from onebow.apps.base.answers import answer, page
from onebow.apps.base.filters import day
from onebow.apps.base.ids import id_of
from onebow.apps.base.refusals import allowed
from onebow.apps.organizations.forms.approvals import DecisionForm, PaperReplyForm
from onebow.apps.organizations.models import Organization, Person
from onebow.apps.organizations.rules import check_can_decide, check_can_manage
from onebow.apps.organizations.services.openings import note_opening
from onebow.apps.plans.views.registers.parts import handed_out

COLOURS = {"asked": "warn", "approved": "ok", "returned": "bad", "withdrawn": "neutral"}
both = require_http_methods(["GET", "POST"])


@both
def new(request: Request, pk: int) -> HttpResponse:
    """Ask for relief."""
    branch, today = kept_branch(request, pk), timezone.localdate()
    first = initial_values(today) | {"person": id_of(request.GET.get("person", ""))}
    form = ReliefForm(request.POST or None, people=_people(branch), initial=first)

    def do() -> str:
        made = services.ask_relief(form.draft(branch.pk), by=request.user, at=timezone.now())
        return reverse("affairs:dues_relief", args=[made.pk])

    trail = trail_of(branch, month_of(today), "申请减免")
    points = (f"本人申请,支部研究,报上一级党组织批准{ground('DUES-RELIEF', today)}。", "批准以前按原数额测算。")
    return parts.deed(
        request, form, do, title="申请减免党费", submit="报上级审批", cancel=trail[1][1], subtitle=branch.name,
        trail=trail, points=points,
    )  # fmt: skip


@require_GET
def show(request: Request, relief_id: int) -> HttpResponse:
    """An application and how far it has come."""
    relief, reach = _find(request, relief_id), request.reach
    note_opening(relief.person, "record", by=request.user, at=timezone.now())
    kept = is_kept(request, relief.organization)
    context = {
        "relief": relief,
        "first": words_of(relief.first),
        "last": words_of(relief.last),
        "colour": COLOURS[relief.state],
        "trail": trail_of(relief.organization, month_of(timezone.localdate()), "减免"),
        "may_decide": relief.is_open and _may_decide(request, relief),
        "may_record": relief.is_open and allowed(check_can_manage, relief.organization, reach),
        "may_withdraw": relief.is_open and kept,
    }
    return page(request, "affairs/dues/relief.html", context)


@both
def decision(request: Request, relief_id: int) -> HttpResponse:
    """Agree or return, for the superior."""
    relief = _find(request, relief_id)
    check_relief_waits(relief)
    told = {"asked_by_id": relief.asked_by_id, "by_id": request.user.pk}
    check_can_decide(relief.superior, request.reach, **told)
    form = DecisionForm(request.POST or None)

    def do() -> str:
        values = dict(form.cleaned_data)
        approved = values.pop("decision") == "approved"
        services.decide_relief(relief_id, approved=approved, **values, by=request.user, at=timezone.now())
        return _href(relief)

    return _deed(request, relief, form, do, title="审批减免", submit="提交意见")


@both
def paper(request: Request, relief_id: int) -> HttpResponse:
    """Record what the superior decided on paper."""
    relief = _find(request, relief_id)
    check_can_manage(relief.organization, request.reach)
    check_relief_waits(relief)
    form = PaperReplyForm(request.POST or None, request.FILES or None)

    def do() -> str:
        services.record_relief_paper(relief_id, **form.cleaned_data, by=request.user, at=timezone.now())
        return _href(relief)

    note = f"“{relief.superior.name}”已经在纸面上批准的,登记文号和日期。"
    return _deed(request, relief, form, do, title="登记线下批复", submit="登记", note=note)


@require_POST
def withdrawal(request: Request, relief_id: int) -> HttpResponse:
    """Take an application back."""
    relief = _find(request, relief_id)
    form = WithdrawalForm(request.POST)
    version = (form.cleaned_data["version"] or 0) if form.is_valid() else 0
    services.withdraw_relief(relief_id, version=version, by=request.user, at=timezone.now())
    return answer(request, "", {}, done=_href(relief))


@require_GET
def scan(request: Request, relief_id: int) -> HttpResponse:
    """The scan of a decision on paper."""
    relief = _find(request, relief_id)
    if relief.approval is None:
        raise Http404("no decision")
    return handed_out(relief.approval.scan)


def _find(request: Request, pk: int) -> DuesRelief:
    rows = reliefs_for(request.reach).select_related("person", "organization", "superior", "approval__scan", "asked_by")
    return get_object_or_404(rows, pk=pk)


def _people(branch: Organization) -> QuerySet[Person]:
    ids = people_of(branch, month_of(timezone.localdate()))
    return Person.objects.filter(pk__in=ids).order_by("pinyin", "pk")


def _may_decide(request: Request, relief: DuesRelief) -> bool:
    leads = request.reach.leads(relief.superior.path)
    return leads and relief.asked_by_id != request.user.pk


def _deed(request: Request, relief: DuesRelief, form: Any, do: Any, **context: Any) -> HttpResponse:
    facts = (
        ("党员", relief.person.name), ("支部", relief.organization.name), ("方式", relief.get_kind_display()),
        ("月份", f"{words_of(relief.first)}至{words_of(relief.last)}"), ("本人申请", day(relief.applied_on)),
        ("支部研究", day(relief.studied_on)), ("困难情况", relief.reason),
    )  # fmt: skip
    trail = trail_of(relief.organization, month_of(timezone.localdate()), context["title"])
    return parts.deed(request, form, do, cancel=_href(relief), trail=trail, facts=facts, **context)


def _href(relief: DuesRelief) -> str:
    return reverse("affairs:dues_relief", args=[relief.pk])
