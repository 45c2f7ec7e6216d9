"""Items while they are drafts: added, changed, cancelled; who takes part; what is required; ties."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.base.ids import id_of
from onebow.apps.organizations.forms.fields import label_of
from onebow.apps.organizations.queries.search import found
from onebow.apps.plans.forms.drafting import (
    ItemForm,
    PeopleForm,
    QuickForm,
    RequirementsForm,
    TieForm,
    UntiedForm,
    initial_of,
)
from onebow.apps.plans.forms.plans import CancelForm
from onebow.apps.plans.models import Item, Side, Tie
from onebow.apps.plans.queries.kinds import day_in
from onebow.apps.plans.queries.owners import heads_of, owners_of, people_of, proposed_owners
from onebow.apps.plans.queries.requirements import inherited_by
from onebow.apps.plans.queries.ties import SERVED, tie_targets, ties_of, titled
from onebow.apps.plans.rules.drafting import check_is_draft, check_plan_is_open
from onebow.apps.plans.services import drafting, item_details, ties
from onebow.apps.plans.views.frame import choices_of, deed, find, found_to_write, href_of, item_href, item_to_write

both = require_http_methods(["GET", "POST"])


@both
def new(request: Request, pk: int) -> HttpResponse:
    """Add an item in five fields; `?all=1` offers all of them."""
    plan, today = found_to_write(request, pk), timezone.localdate()
    check_plan_is_open(plan)
    proposed = proposed_owners(plan.organization, request.reach.person_id, min(day_in(plan.year, today), today))
    choices = replace(choices_of(request, plan), proposed=proposed)
    whole = request.GET.get("all") == "1"
    initial = {"key_point": id_of(request.GET.get("point", ""))}
    form = (ItemForm if whole else QuickForm)(request.POST or None, choices=choices, initial=initial)
    point = dict(choices.points).get(initial["key_point"] or 0, "")

    def do() -> None:
        owner = form.cleaned_data["organization"].pk
        head = heads_of([owner], today).get(owner)
        draft = form.draft(head.pk if head else None)
        drafting.add_item(pk, draft, by=request.user, at=timezone.now())

    title = f"增加事项:{point}" if point else "增加事项"
    again = f"{href_of(plan)}#point-{initial['key_point']}" if point else href_of(plan)
    told: dict[str, Any] = {
        "title": title,
        "submit": "保存",
        "plan": plan,
        "whole": whole,
    }
    told |= {"kinds": choices.kinds, "cancel": href_of(plan)}
    return deed(request, form, do, done=again, template="plans/item_new.html", **told)


@both
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a draft."""
    item = item_to_write(request, pk)
    if request.method == "GET":
        check_is_draft(item)
    form = ItemForm(request.POST or None, choices=choices_of(request, item.plan, item), initial=initial_of(item))

    def do() -> None:
        version = form.cleaned_data["version"]
        drafting.change_item(pk, form.draft(), version=version, by=request.user, at=timezone.now())

    return deed(request, form, do, done=item_href(item), title="修改事项", submit="保存", plan=item.plan, item=item)


@both
def cancellation(request: Request, pk: int) -> HttpResponse:
    """Take a draft out of the plan."""
    item = item_to_write(request, pk)
    check_is_draft(item)
    form = CancelForm(request.POST or None)

    def do() -> None:
        drafting.cancel_item(pk, form.cleaned_data["reason"], by=request.user, at=timezone.now())

    told: dict[str, Any] = {"title": "取消事项", "submit": "取消事项", "danger": True, "plan": item.plan, "item": item}
    return deed(request, form, do, done=href_of(item.plan), **told)


@both
def people(request: Request, pk: int) -> HttpResponse:
    """Say who takes part, and who travels."""
    item, today = item_to_write(request, pk), timezone.localdate()
    rows = people_of(item.plan.organization, min(day_in(item.plan.year, today), today))
    known = list(item.people.values_list("person_id", "is_traveller"))
    initial = {"people": [one for one, _ in known], "travellers": [one for one, travels in known if travels]}
    href = reverse("plans:people", args=[item.plan_id])
    form = PeopleForm(request.POST or None, rows=rows, href=href, is_trip=item.kind.is_trip, initial=initial)

    def do() -> None:
        who = form.chosen("people"), form.chosen("travellers")
        item_details.set_people(pk, *who, by=request.user, at=timezone.now())

    return deed(request, form, do, done=item_href(item), title="参与人员", submit="保存", plan=item.plan, item=item)


@both
def requirements(request: Request, pk: int) -> HttpResponse:
    """State what is required of this item by exception."""
    item = item_to_write(request, pk)
    if request.method == "GET":
        check_is_draft(item)
    own, inherited = inherited_by(item)
    form = RequirementsForm(request.POST or None, inherited=inherited, initial=own)

    def do() -> None:
        item_details.set_requirements(pk, form.texts(), by=request.user, at=timezone.now())

    note = "只写与工作要点、事项类别不同的要求;留空的沿用下面的说明。"
    told: dict[str, Any] = {
        "title": "党建、政治、廉政等要求",
        "submit": "保存",
        "plan": item.plan,
        "item": item,
        "note": note,
    }
    return deed(request, form, do, done=item_href(item), **told)


@both
def tie(request: Request, pk: int) -> HttpResponse:
    """Tie an item to another, or say why it needs no tie."""
    item = item_to_write(request, pk)
    kinds = [_across(item), Tie.Kind.AFTER]
    # A kind that the form refuses offers what the first does.
    chosen = next((kind for kind in kinds if kind == request.POST.get("kind")), kinds[0])
    rows = tie_targets(item, chosen, request.reach)
    href = reverse("plans:tie_options", args=[pk])
    form = TieForm(request.POST or None, kinds=kinds, rows=rows.select_related("organization"), href=href)
    here = reverse("plans:item_ties", args=[pk])

    def do() -> None:
        values = form.cleaned_data
        ends, kind = (pk, values["target"].pk), values["kind"]
        if kind == SERVED:
            # The tie goes out from the Party item all the same.
            ends, kind = ends[::-1], Tie.Kind.SUPPORTS
        ties.tie_items(*ends, kind, by=request.user, at=timezone.now())

    told: dict[str, Any] = {
        "title": "挂钩",
        "submit": "挂钩",
        "plan": item.plan,
        "item": item,
        "cancel": item_href(item),
    }
    told |= {"ties": ties_of(item), "untied": UntiedForm(initial={"reason": item.untied_reason})}
    return deed(request, form, do, done=here, template="plans/ties.html", **told)


def _across(item: Item) -> str:
    """How an item is tied to the other side."""
    return Tie.Kind.SUPPORTS if item.side == Side.PARTY else SERVED


@require_GET
def tie_options(request: Request, pk: int) -> JsonResponse:
    """Items to which this one may be tied, by what is typed."""
    item = item_to_write(request, pk)
    # Which kind of tie was chosen the picker does not tell: both sides are offered, the form holds them against it.
    rows = tie_targets(item, _across(item), request.reach) | tie_targets(item, Tie.Kind.AFTER, request.reach)
    hits = titled(rows, request.GET.get("q", ""))
    return JsonResponse({"options": [{"value": row.pk, "text": f"{row.title} · {row.organization}"} for row in hits]})


@require_POST
def tie_closure(request: Request, pk: int, tie_id: int) -> HttpResponse:
    """Take a tie away."""
    item = item_to_write(request, pk)
    get_object_or_404(Tie.objects.open(), pk=tie_id, source=item)
    ties.untie_items(tie_id, by=request.user, at=timezone.now())
    return answer(request, "", {}, done=reverse("plans:item_ties", args=[pk]))


@require_POST
def untied(request: Request, pk: int) -> HttpResponse:
    """Say why an item needs no tie."""
    item = item_to_write(request, pk)
    form = UntiedForm(request.POST)
    if not form.is_valid():
        return page(request, "plans/deed.html#panel", _untied_page(item, form), status=422)
    ties.say_untied(pk, form.cleaned_data["reason"], by=request.user, at=timezone.now())
    return answer(request, "", {}, done=reverse("plans:item_ties", args=[pk]))


def _untied_page(item: Item, form: UntiedForm) -> dict[str, object]:
    told = {
        "title": "无需挂钩",
        "submit": "保存",
        "cancel": item_href(item),
        "danger": False,
        "subtitle": "",
        "note": "",
    }
    return {"form": form, "plan": item.plan, "item": item, **told}


@require_GET
def owners(request: Request, pk: int) -> JsonResponse:
    """Organizations that may own items of a plan, by what is typed."""
    plan, today = find(request, pk), timezone.localdate()
    rows = owners_of(plan.organization, min(day_in(plan.year, today), today)).select_related("parent")
    hits = found(rows, request.GET.get("q", ""))
    return JsonResponse({"options": [{"value": row.pk, "text": label_of(row)} for row in hits]})


@require_GET
def people_options(request: Request, pk: int) -> JsonResponse:
    """People who may answer for items of a plan or take part, by what is typed."""
    plan, today = found_to_write(request, pk), timezone.localdate()
    rows = people_of(plan.organization, min(day_in(plan.year, today), today)).select_related("root")
    hits = found(rows, request.GET.get("q", ""))
    return JsonResponse({"options": [{"value": row.pk, "text": label_of(row)} for row in hits]})
