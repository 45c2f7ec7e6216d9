"""Deeds on an organization: another name, another parent, an end, ties, chains."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import show_or_do
from onebow.apps.base.downloads import download_kept
from onebow.apps.organizations import rules
from onebow.apps.organizations.forms.organizations import (
    ChainsForm,
    ClosureForm,
    LinkForm,
    NameForm,
    PaperForm,
    PlacementForm,
)
from onebow.apps.organizations.models import Link, Organization
from onebow.apps.organizations.queries import visible
from onebow.apps.organizations.queries.history import scans_of
from onebow.apps.organizations.services import approvals as papers
from onebow.apps.organizations.services import links
from onebow.apps.organizations.services import organizations as services

both = require_http_methods(["GET", "POST"])


@both
def name(request: Request, pk: int) -> HttpResponse:
    """Give another name."""
    organization = _find(request, pk)
    form = NameForm(request.POST or None, initial={"name": organization.name, "on": timezone.localdate()})

    def deed(values: dict[str, Any]) -> None:
        services.rename_organization(pk, **values, by=request.user, at=timezone.now())

    return _deed(request, organization, form, deed, title="更名", submit="更名")


@both
def placement(request: Request, pk: int) -> HttpResponse:
    """Place under another parent."""
    organization = _find(request, pk)
    kinds = [kind for kind in rules.PARENTS[organization.kind] if kind]
    rows = visible.managed_organizations(request.reach).filter(kind__in=kinds, ends_on=None).select_related("parent")
    form = PlacementForm(request.POST or None, initial={"on": timezone.localdate()}, rows=rows.order_by("path"))

    def deed(values: dict[str, Any]) -> None:
        parent_id = values["parent"].pk
        services.move_organization(
            pk, parent_id, on=values["on"], basis=values["basis"], by=request.user, at=timezone.now()
        )

    return _deed(request, organization, form, deed, title="调整上级", submit="调整")


@both
def closure(request: Request, pk: int) -> HttpResponse:
    """Dissolve."""
    organization = _find(request, pk)
    form = ClosureForm(request.POST or None, initial={"on": timezone.localdate()})

    def deed(values: dict[str, Any]) -> None:
        services.dissolve_organization(pk, **values, by=request.user, at=timezone.now())

    return _deed(request, organization, form, deed, title="撤销", submit="撤销", danger=True)


@both
def link(request: Request, pk: int) -> HttpResponse:
    """Tie to another organization."""
    organization = _find(request, pk)
    kinds = rules.links_from(organization.kind)
    ends = {kind for word in kinds for kind in rules.LINK_ENDS[word][1]}
    rows = visible.managed_organizations(request.reach).filter(kind__in=ends, ends_on=None).select_related("parent")
    form = LinkForm(request.POST or None, kinds=kinds, rows=rows.exclude(pk=pk).order_by("path"))

    def deed(values: dict[str, Any]) -> None:
        draft = links.LinkDraft(
            values["kind"], pk, values["other"].pk, starts_on=values["starts_on"], basis=values["basis"]
        )
        links.make_link(draft, by=request.user, at=timezone.now())

    return _deed(request, organization, form, deed, title="建立联系", submit="建立联系")


@both
def link_closure(request: Request, pk: int, link_id: int) -> HttpResponse:
    """End a tie."""
    organization = _find(request, pk)
    tie = get_object_or_404(Link, pk=link_id, source=organization)
    form = ClosureForm(request.POST or None, initial={"on": timezone.localdate()})
    del form.fields["basis"]

    def deed(values: dict[str, Any]) -> None:
        links.end_link(link_id, on=values["on"], by=request.user, at=timezone.now())

    title = f"解除{tie.get_kind_display()}:“{tie.target.name}”"
    return _deed(request, organization, form, deed, title=title, submit="解除", danger=True)


@both
def chains(request: Request, pk: int) -> HttpResponse:
    """Enter the service chains of a section, all on one page."""
    organization = _find(request, pk)
    form = ChainsForm(request.POST or None)

    def deed(values: dict[str, Any]) -> None:
        starts_on = values["starts_on"]
        links.found_chains(pk, values["names"], starts_on=starts_on, by=request.user, at=timezone.now())

    return _deed(request, organization, form, deed, title="录入服务链条", submit="录入")


@both
def approval(request: Request, pk: int) -> HttpResponse:
    """Record a decision on paper."""
    organization = _find(request, pk)
    form = PaperForm(request.POST or None, request.FILES or None)

    def deed(values: dict[str, Any]) -> None:
        scan = values.pop("scan")
        papers.record_paper(pk, papers.PaperDraft(**values), scan=scan, by=request.user, at=timezone.now())

    return _deed(request, organization, form, deed, title="登记批复(线下已批)", submit="登记")


@require_GET
def scan(request: Request, pk: int, approval_id: int) -> HttpResponse:
    """The scan of a decision, as a download."""
    organization = get_object_or_404(visible.organizations_for(request.reach), pk=pk)
    return download_kept(get_object_or_404(scans_of(organization, approval_id)))


def _find(request: Request, pk: int) -> Organization:
    return get_object_or_404(visible.managed_organizations(request.reach), pk=pk)


def _deed(
    request: Request, organization: Organization, form: Form, deed: Callable[[dict[str, Any]], None], **words: Any
) -> HttpResponse:
    """Show the form, or do the deed and go back to the organization."""
    context = {"organization": organization, "form": form, "danger": False, **words}
    href = reverse("organizations:show", args=[organization.pk])
    return show_or_do(request, "organizations/deed.html", context, lambda: deed(form.cleaned_data), done=href)
