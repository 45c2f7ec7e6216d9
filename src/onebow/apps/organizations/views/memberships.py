"""Placing people in organizations and posts, from the person's page."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import show_or_do
from onebow.apps.organizations.forms.organizations import ClosureForm
from onebow.apps.organizations.forms.people import MembershipForm, PostForm
from onebow.apps.organizations.models import Membership, Organization, Person
from onebow.apps.organizations.queries import visible
from onebow.apps.organizations.queries.people import belongs_somewhere
from onebow.apps.organizations.queries.places import places_near
from onebow.apps.organizations.services import memberships as services

both = require_http_methods(["GET", "POST"])
Tree = Organization.Tree


@both
def staff(request: Request, pk: int) -> HttpResponse:
    """Place the person in a section or unit."""
    return _join(request, pk, Membership.Side.STAFF, "编入科室或单位")


@both
def party(request: Request, pk: int) -> HttpResponse:
    """Place the member in a branch."""
    return _join(request, pk, Membership.Side.PARTY, "编入党支部")


@both
def closure(request: Request, pk: int, membership_id: int) -> HttpResponse:
    """End a membership."""
    person = _person(request, pk)
    membership = get_object_or_404(person.memberships.select_related("organization"), pk=membership_id)
    form = _closure_form(request)

    def deed(values: dict[str, Any]) -> None:
        services.end_membership(membership_id, on=values["on"], by=request.user, at=timezone.now())

    return _deed(request, person, form, deed, title=f"调离“{membership.organization.name}”", submit="登记调离")


@both
def post(request: Request, pk: int) -> HttpResponse:
    """Put the person into a post."""
    person = _person(request, pk)
    form = PostForm(request.POST or None, rows=_choices(request))

    def deed(values: dict[str, Any]) -> None:
        organization = values.pop("organization")
        draft = services.PostDraft(pk, organization.pk, **values)
        services.start_post(draft, by=request.user, at=timezone.now())

    return _deed(request, person, form, deed, title="任职", submit="登记任职")


@both
def post_closure(request: Request, pk: int, post_id: int) -> HttpResponse:
    """End a post."""
    person = _person(request, pk)
    held = get_object_or_404(person.posts.select_related("organization"), pk=post_id)
    form = _closure_form(request)

    def deed(values: dict[str, Any]) -> None:
        services.end_post(post_id, on=values["on"], by=request.user, at=timezone.now())

    title = f"免去“{held.organization.name}”{held.title or held.get_role_display()}"
    return _deed(request, person, form, deed, title=title, submit="登记免职")


def _join(request: Request, pk: int, side: str, title: str) -> HttpResponse:
    person = _person(request, pk)
    tree = Tree.PARTY if side == Membership.Side.PARTY else Tree.ADMINISTRATIVE
    rows, has_one = _choices(request).filter(tree=tree), belongs_somewhere(person, side, timezone.localdate())
    form = MembershipForm(request.POST or None, side=side, rows=rows, places=places_near(person.root), has_one=has_one)

    def deed(values: dict[str, Any]) -> None:
        organization, place = values.pop("organization"), values.pop("place", None)
        draft = services.MembershipDraft(pk, organization.pk, side, place_id=place.pk if place else None, **values)
        services.start_membership(draft, by=request.user, at=timezone.now())

    return _deed(request, person, form, deed, title=title, submit="编入")


def _closure_form(request: Request) -> ClosureForm:
    form = ClosureForm(request.POST or None, initial={"on": timezone.localdate()})
    del form.fields["basis"]
    return form


def _choices(request: Request) -> Any:
    rows = visible.managed_organizations(request.reach).filter(ends_on=None)
    return rows.select_related("parent").order_by("path")


def _person(request: Request, pk: int) -> Person:
    return get_object_or_404(visible.managed_people(request.reach).select_related("root"), pk=pk)


def _deed(
    request: Request, person: Person, form: Form, deed: Callable[[dict[str, Any]], None], **words: str
) -> HttpResponse:
    """Show the form, or do the deed and go back to the person."""
    context = {"person": person, "form": form, **words}
    href = reverse("organizations:person", args=[person.pk])
    return show_or_do(request, "people/deed.html", context, lambda: deed(dict(form.cleaned_data)), done=href)
