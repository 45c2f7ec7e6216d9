"""Versions of a plan, as they were approved, and what differs between two."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import page
from onebow.apps.plans.queries.differences import WORDS, differences
from onebow.apps.plans.queries.versions import content_on, groups_of, versions_of
from onebow.apps.plans.views.frame import find


@require_GET
def index(request: Request, pk: int) -> HttpResponse:
    """All versions, the last first."""
    plan = find(request, pk)
    return page(request, "plans/versions.html", {"plan": plan, "versions": versions_of(plan)})


@require_GET
def show(request: Request, pk: int, number: int) -> HttpResponse:
    """One version, whole."""
    plan = find(request, pk)
    version = get_object_or_404(plan.versions.select_related("change"), number=number)
    content = version.content
    told = {"plan": plan, "version": version, "groups": groups_of(content), "count": len(content["items"])}
    return page(request, "plans/version.html", told)


@require_GET
def difference(request: Request, pk: int, first: int, second: int) -> HttpResponse:
    """What differs between two versions; against 0 everything is new."""
    plan = find(request, pk)
    before, after = content_on(plan, first), content_on(plan, second)
    if before is None or after is None or first == second:
        raise Http404("no such versions")
    found = differences(before, after)
    told: dict[str, Any] = {"plan": plan, "first": first, "second": second, "found": found, "words": WORDS}
    told["versions"] = versions_of(plan)
    return page(request, "plans/difference.html", told)
