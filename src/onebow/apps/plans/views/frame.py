"""What the pages of plans share: finding a plan or an item, and showing a form or doing the deed."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import show_or_do
from onebow.apps.organizations.forms.fields import Offer
from onebow.apps.plans.forms.drafting import Choices
from onebow.apps.plans.models import Change, Item, Plan
from onebow.apps.plans.queries import visible
from onebow.apps.plans.queries.hanging import directives_of, drives_of, hanging_of
from onebow.apps.plans.queries.kinds import day_in, kinds_for
from onebow.apps.plans.queries.owners import owners_of, owning_paths, people_of
from onebow.apps.plans.rules.access import check_can_write


def find(request: Request, pk: int) -> Plan:
    """A plan that the user may read."""
    return get_object_or_404(visible.plans_for(request.reach).select_related("organization"), pk=pk)


def found_to_write(request: Request, pk: int) -> Plan:
    """A plan that the user may write.

    Raises:
        Refused: it is written by others.
    """
    plan = find(request, pk)
    check_can_write(plan.organization, request.reach)
    return plan


def item_to_write(request: Request, pk: int) -> Item:
    """An item whose plan the user may write.

    Raises:
        Refused: it is written by others.
    """
    rows = visible.items_for(request.reach).select_related("plan__organization", "organization", "person", "kind")
    item = get_object_or_404(rows, pk=pk)
    check_can_write(item.plan.organization, request.reach)
    return item


def change_of(request: Request, pk: int, change_id: int) -> Change:
    """A request of a plan that the user may read or decide on."""
    rows = visible.changes_for(request.reach).filter(plan=pk)
    return get_object_or_404(rows.select_related("plan__organization", "directive", "asked_by"), pk=change_id)


def href_of(plan: Plan) -> str:
    """The plan's page."""
    return reverse("plans:show", args=[plan.pk])


def change_href(change: Change) -> str:
    """A request's page."""
    return reverse("plans:change", args=[change.plan_id, change.pk])


def item_href(item: Item) -> str:
    """An item's page."""
    return reverse("plans:item", args=[item.pk])


def choices_of(request: Request, plan: Plan, item: Item | None = None) -> Choices:
    """What may be picked for items of a plan; an item keeps the kind that it has, also one that is used no more."""
    today = timezone.localdate()
    on = min(day_in(plan.year, today), today)
    hanging = hanging_of(request.reach, plan)
    kinds, paths = kinds_for(plan.organization, on), owning_paths(plan.organization, on)
    if item and item.kind_id not in {kind.pk for kind in kinds}:
        kinds = [*kinds, item.kind]
    return Choices(
        kinds,
        Offer(owners_of(plan.organization, on, paths).order_by("tree", "depth", "rank", "pk")),
        Offer(people_of(plan.organization, on, paths)),
        list(hanging.points.items()),
        reverse("plans:owners", args=[plan.pk]),
        reverse("plans:people", args=[plan.pk]),
        Offer(directives_of(request.reach, plan.year), hanging.directives),
        Offer(drives_of(request.reach, plan.year), hanging.drives),
    )


def deed(
    request: Request,
    form: Form,
    do: Callable[[], object],
    *,
    done: str | Callable[[], str],
    template: str = "plans/deed.html",
    **context: Any,
) -> HttpResponse:
    """Show the form, or do the deed and go on to `done`."""
    shared = {
        "form": form,
        "danger": False,
        "subtitle": "",
        "note": "",
        "cancel": done if isinstance(done, str) else "",
    }

    def step() -> str:
        do()
        return done if isinstance(done, str) else done()

    return show_or_do(request, template, {**shared, **context}, step)
