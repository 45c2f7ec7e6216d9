"""What the pages of a plan share: finding it, its tabs, who may do what."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

from onebow.apps.accounts.requests import Request
from onebow.apps.organizations.models import Restructuring
from onebow.apps.organizations.queries.restructuring.visible import drafts_for, restructurings_for

TABS = (
    ("概览", "restructuring"),
    ("编排", "restructuring_board"),
    ("变动", "restructuring_changes"),
    ("人员", "restructuring_people"),
    ("图表", "restructuring_pictures"),
    ("文书", "restructuring_papers"),
)

# What the heads of the pages speak of.
RELATED = (
    "root", "committee", "run", "approval__decided_by", "source", "made_by", "submitted_by", "enacted_by",
)  # fmt: skip


def find(request: Request, pk: int) -> Restructuring:
    """A plan that the user may read."""
    rows = restructurings_for(request.reach).select_related(*RELATED)
    return get_object_or_404(rows, pk=pk)


def find_draft(request: Request, pk: int) -> Restructuring:
    """A plan of a unit that the user keeps; whether it may still be changed the services say."""
    rows = restructurings_for(request.reach).select_related(*RELATED)
    plan = get_object_or_404(rows, pk=pk)
    if not request.reach.manages(plan.root.path):
        return get_object_or_404(drafts_for(request.reach).none(), pk=pk)
    return plan


def frame(request: Request, plan: Restructuring, here: str) -> dict[str, Any]:
    """What every page of a plan shows around its content."""
    keeps = request.reach.manages(plan.root.path)
    return {
        "plan": plan,
        "tabs": [
            (label, reverse(f"organizations:{name}", args=[plan.pk]), name == here)
            for label, name in TABS
            if keeps or name != "restructuring_board"
        ],
        "keeps": keeps,
        "may_change": keeps and plan.is_draft,
        "may_decide": plan.state == Restructuring.State.SUBMITTED
        and request.reach.leads(plan.committee.path)
        and request.user.pk != plan.submitted_by_id,
    }
