"""One planned organization: members, why it is so, its head; general branches opened and dropped."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.base.ids import id_of
from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.forms.restructuring import PlannedForm, PlanReasonForm
from onebow.apps.organizations.models import Person
from onebow.apps.organizations.queries.restructuring.checks import findings_of
from onebow.apps.organizations.queries.restructuring.plan import Plan, PlannedBranch, plan_of
from onebow.apps.organizations.services.restructuring import edits
from onebow.apps.organizations.views.restructuring.frame import find, find_draft, frame

SHOW = "organizations/restructuring/planned.html"


@require_http_methods(["GET", "POST"])
def planned(request: Request, pk: int, planned_id: int) -> HttpResponse:
    """A planned organization; officers change it."""
    plan = find(request, pk) if request.method == "GET" else find_draft(request, pk)
    whole = plan_of(plan, timezone.localdate())
    one = next((branch for branch in whole.organizations if branch.row.pk == planned_id), None)
    if one is None:
        raise Http404("no such organization in this plan")
    row = one.row
    initial = {
        "version": plan.version, "name": row.name, "leader": row.leader_id, "above": row.above_id,
        "continues": row.continues_id,
    }  # fmt: skip
    form = PlannedForm(request.POST or None, plan=whole, planned=one, people=_people(whole, one), initial=initial)
    context = {
        **frame(request, plan, ""),
        "whole": whole,
        "one": one,
        "row": one.row,
        "below": whole.below(row.pk) if row.is_general else [],
        "findings": [finding for finding in findings_of(whole) if finding.planned_id == row.pk],
        "form": form,
    }
    if request.method == "GET":
        return page(request, SHOW, context)
    done = ""
    if form.is_valid():
        version = form.cleaned_data["version"]
        edits.change_planned(planned_id, form.changes(), version=version, by=request.user, at=timezone.now())
        # Back to what still stands in the way, not to the same form without a word.
        done = reverse("organizations:restructuring", args=[pk])
    return answer(request, f"{SHOW}#edit", context, done=done)


def _people(whole: Plan, one: PlannedBranch) -> object:
    """Full members who may head it."""
    branches = whole.below(one.row.pk) if one.row.is_general else [one]
    people = [seat.person_id for branch in branches for seat in branch.seats if seat.is_full]
    return Person.objects.filter(pk__in=people).order_by("pinyin", "pk")


@require_http_methods(["GET", "POST"])
def reason(request: Request, pk: int, planned_id: int, rule: str) -> HttpResponse:
    """Say why it stands out against a rule that says 一般."""
    plan = find_draft(request, pk)
    row = get_object_or_404(plan.planned, pk=planned_id)
    found = findings_of(plan_of(plan, timezone.localdate()))
    finding = next((one for one in found if (one.planned_id, one.finding.rule.id) == (planned_id, rule)), None)
    if finding is None:
        raise Refused(f"“{row.name}”没有这一条检查结果,不需要说明理由。")
    initial = {"reason": finding.reason.reason if finding.reason else ""}
    form = PlanReasonForm(request.POST or None, initial=initial)
    context = {**frame(request, plan, ""), "row": row, "finding": finding.finding, "form": form}
    if request.method == "GET":
        return page(request, "organizations/restructuring/reason.html", context)
    done = ""
    if form.is_valid():
        edits.give_reason(planned_id, rule, form.cleaned_data["reason"], by=request.user, at=timezone.now())
        done = reverse("organizations:restructuring", args=[pk])
    return answer(request, "organizations/restructuring/reason.html#panel", context, done=done)


@require_POST
def general(request: Request, pk: int) -> HttpResponse:
    """Open a general branch in a unit."""
    plan = find_draft(request, pk)
    places = plan_of(plan, timezone.localdate()).places
    unit = id_of(request.POST.get("unit", "")) or 0
    if unit not in places.units:
        raise Refused("请选择要设党总支的单位。")
    version = id_of(request.POST.get("version", "")) or 0
    name = f"{places.nodes[unit].name}党总支"
    edits.open_general(pk, unit, name, version=version, by=request.user, at=timezone.now())
    return answer(request, "", {}, done=reverse("organizations:restructuring_board", args=[pk]))


@require_POST
def general_closure(request: Request, pk: int, planned_id: int) -> HttpResponse:
    """Drop a general branch."""
    plan = find_draft(request, pk)
    get_object_or_404(plan.planned, pk=planned_id)
    version = id_of(request.POST.get("version", "")) or 0
    edits.drop_general(planned_id, version=version, by=request.user, at=timezone.now())
    return answer(request, "", {}, done=reverse("organizations:restructuring_board", args=[pk]))
