"""Requests: the first approval of a plan, and changes of one that is in force; written and shown."""

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
from onebow.apps.base.tables import Column, Listing
from onebow.apps.organizations.forms.fields import label_of
from onebow.apps.organizations.queries.search import found
from onebow.apps.plans.forms.drafting import ItemForm, initial_of
from onebow.apps.plans.forms.plans import ChangeForm, StepsForm, steps_initial
from onebow.apps.plans.models import Change, Item, Plan
from onebow.apps.plans.queries.change_page import change_page, running_items
from onebow.apps.plans.queries.hanging import directives_of
from onebow.apps.plans.queries.hindrances import draft_items, grouped, hindrances_of
from onebow.apps.plans.queries.lines import proposed_of
from onebow.apps.plans.queries.steps import chain_for, step_choices
from onebow.apps.plans.rules import changes as rules
from onebow.apps.plans.services import changes as services
from onebow.apps.plans.views.frame import change_href, change_of, choices_of, deed, found_to_write, href_of

both = require_http_methods(["GET", "POST"])
RUNNING = (
    Column("title", "事项", "title"),
    Column("organization", "主责单位", "organization__pinyin"),
    Column("person", "责任人", "person__pinyin"),
    Column("due", "期限", "due_on"),
    Column("deeds", ""),
)


@both
def submission(request: Request, pk: int) -> HttpResponse:
    """Hand the whole plan in for its first approval; what stands in its way is named beside the form."""
    plan, today = found_to_write(request, pk), timezone.localdate()
    rules.check_not_in_force(plan)
    rows = step_choices(plan.organization, request.reach, today)
    chain = chain_for(plan.organization, today)
    href = reverse("plans:step_options", args=[pk])
    form = StepsForm(request.POST or None, rows=rows, href=href, initial=steps_initial(chain))

    def do() -> None:
        services.submit_plan(pk, form.steps(), by=request.user, at=timezone.now())

    items = draft_items(plan)
    told: dict[str, Any] = {
        "title": "报批年度计划",
        "submit": "提交审批",
        "plan": plan,
        "chain": chain,
        "count": len(items),
    }
    told["hindrances"] = grouped(hindrances_of(plan, items, today))
    return deed(request, form, do, done=href_of(plan), template="plans/submission.html", **told)


@require_GET
def step_options(request: Request, pk: int) -> JsonResponse:
    """Organizations that may decide, by what is typed."""
    plan = found_to_write(request, pk)
    rows = step_choices(plan.organization, request.reach, timezone.localdate()).select_related("parent")
    hits = found(rows, request.GET.get("q", ""))
    return JsonResponse({"options": [{"value": row.pk, "text": label_of(row)} for row in hits]})


@both
def new(request: Request, pk: int) -> HttpResponse:
    """Begin a request to change a plan in force; `?item=` goes on to how that item shall stand."""
    plan = found_to_write(request, pk)
    rules.check_in_force(plan)
    drafts = draft_items(plan)
    form = ChangeForm(request.POST or None, directives=directives_of(request.reach, plan.year), drafts=drafts)
    made: list[Change] = []

    def do() -> None:
        made.append(services.draft_change(pk, form.draft(), by=request.user, at=timezone.now()))

    told: dict[str, Any] = {"title": "申请变更", "submit": "下一步:写明改什么", "plan": plan, "cancel": href_of(plan)}
    item = running_items(plan).filter(pk=id_of(request.GET.get("item", "")) or 0).first()
    if item and not form.is_bound:
        form.initial["title"] = f"调整“{item.title}”"[:200]

    def done() -> str:
        altered = reverse("plans:change_alteration", args=[pk, made[0].pk, item.pk]) if item else ""
        return altered or change_href(made[0])

    return deed(request, form, do, done=done, **told)


@require_GET
def show(request: Request, pk: int, change_id: int) -> HttpResponse:
    """A request: what it changes, who decides, what was decided, what has moved since."""
    return page(request, "plans/change.html", context_of(request, change_of(request, pk, change_id)))


def context_of(request: Request, change: Change) -> dict[str, Any]:
    """What the page of a request shows."""
    told = change_page(change, request.reach, request.user.pk, timezone.localdate())
    return {"change": change, "plan": change.plan, "told": told, "states": STATES}


STATES = {"draft": "neutral", "submitted": "warn", "approved": "ok", "withdrawn": "neutral"}


def change_to_write(request: Request, pk: int, change_id: int) -> tuple[Plan, Change]:
    """A draft of a request, with its plan, that the user may write."""
    plan = found_to_write(request, pk)
    return plan, change_of(request, pk, change_id)


@both
def edit(request: Request, pk: int, change_id: int) -> HttpResponse:
    """Change what a request says, what it brings in and who decides."""
    plan, change = change_to_write(request, pk, change_id)
    if request.method == "GET":
        rules.check_state(change, Change.State.DRAFT)
    form = _edit_form(request, plan, change)

    def do() -> None:
        services.edit_change(change_id, form.draft(), form.steps(), by=request.user, at=timezone.now())

    return deed(request, form, do, done=change_href(change), title="修改变更申请", submit="保存", plan=plan)


def _edit_form(request: Request, plan: Plan, change: Change) -> ChangeForm:
    adds = list(change.lines.filter(deed="add").values_list("item_id", flat=True))
    steps = [step.organization for step in change.steps.select_related("organization")]
    initial = {"title": change.title, "reason": change.reason, "directive": change.directive_id, "adds": adds}
    return ChangeForm(
        request.POST or None, directives=directives_of(request.reach, plan.year), drafts=draft_items(plan),
        steps=step_choices(plan.organization, request.reach, timezone.localdate()),
        href=reverse("plans:step_options", args=[plan.pk]), initial=initial | steps_initial(steps),
    )  # fmt: skip


@require_GET
def lines(request: Request, pk: int, change_id: int) -> HttpResponse:
    """Items in force, to alter or to cancel in the request."""
    plan, change = change_to_write(request, pk, change_id)
    rules.check_state(change, Change.State.DRAFT)
    rows = running_items(plan)
    words = ("title", "organization__name", "organization__initials", "person__name", "person__initials")
    listing = Listing(request, rows, RUNNING, (), words)
    told = set(change.lines.values_list("item_id", flat=True))
    return page(request, "plans/change_lines.html", {"plan": plan, "change": change, "listing": listing, "told": told})


@both
def alteration(request: Request, pk: int, change_id: int, item_id: int) -> HttpResponse:
    """Say how an item shall stand."""
    plan, change = change_to_write(request, pk, change_id)
    rows = plan.items.select_related("kind", "organization", "person").prefetch_related("units", "requirements")
    item = get_object_or_404(rows, pk=item_id)
    if request.method == "GET":
        rules.check_state(change, Change.State.DRAFT)
    initial = initial_of(item) | proposed_of(item, change.lines.filter(item=item, deed="alter").first())
    # The kind of an item in force stays: its stages and checkpoints are those of its kind.
    choices = replace(choices_of(request, plan, item), kinds=[item.kind])
    form = ItemForm(request.POST or None, choices=choices, with_texts=True, initial=initial)

    def do() -> None:
        services.alter_in_change(
            change_id, item_id, form.draft(), form.texts(), by=request.user, at=timezone.now()
        )  # fmt: skip

    note = "改为您希望批准后的样子;批准以前,事项照原样推进。要求留空的,沿用工作要点和事项类别。"
    told: dict[str, Any] = {"title": f"调整:{item.title}", "submit": "放入变更申请", "plan": plan, "note": note}
    return deed(request, form, do, done=change_href(change), **told)


@require_POST
def cancellation(request: Request, pk: int, change_id: int, item_id: int) -> HttpResponse:
    """Say that an item shall be cancelled."""
    plan, change = change_to_write(request, pk, change_id)
    get_object_or_404(Item, pk=item_id, plan=plan)
    services.cancel_in_change(change_id, item_id, by=request.user, at=timezone.now())
    return answer(request, "", {}, done=change_href(change))


@require_POST
def line_closure(request: Request, pk: int, change_id: int, line_id: int) -> HttpResponse:
    """Take a line out."""
    _, change = change_to_write(request, pk, change_id)
    get_object_or_404(change.lines.all(), pk=line_id)
    services.drop_line(line_id, by=request.user, at=timezone.now())
    return answer(request, "", {}, done=change_href(change))
