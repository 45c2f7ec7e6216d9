"""Grants and offices, for the security administrator; the audit page, for the audit administrator."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onebow.apps.accounts.models import User
from onebow.apps.accounts.queries import accounts
from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.base.tables import Column, Filter, Listing
from onebow.apps.ledger.kinds import BY_KEY
from onebow.apps.organizations.forms.fields import label_of
from onebow.apps.organizations.forms.rights import GrantForm, OfficeForm
from onebow.apps.organizations.models import Grant
from onebow.apps.organizations.queries import rights as queries
from onebow.apps.organizations.services import rights as services

GRANT_COLUMNS = (
    Column("username", "登录名", "user__username"),
    Column("role", "角色", "role"),
    Column("organization", "组织"),
    Column("starts", "起始", "starts_on"),
    Column("ends", "截止", "ends_on"),
    Column("state", "状态"),
    Column("basis", "依据"),
    Column("deeds", ""),
)
AUDIT_COLUMNS = (
    Column("recorded_at", "时间", "recorded_at"),
    Column("kind", "事项"),
    Column("account", "账号"),
    Column("by", "操作人"),
    Column("facts", "说明"),
)
FACTS = {"idle": "长时间未操作", "totp": "验证码", "recovery_codes": "备用码"}


@require_GET
def grants(request: Request) -> HttpResponse:
    """All grants."""
    roles = Filter("role", "角色", Grant.Role.choices)
    search = ("user__username", "user__display_name", "organization__name")
    listing = Listing(request, queries.grants(), GRANT_COLUMNS, (roles,), search)
    today = timezone.localdate()
    states = {grant.pk: queries.grant_state(grant, today) for grant in listing}
    return page(request, "organizations/grants.html", {"listing": listing, "states": states})


@require_http_methods(["GET", "POST"])
@reauthentication_required(app="onebow")
def grant_new(request: Request) -> HttpResponse:
    """Give a role; asks for the second factor once in half an hour."""
    form = GrantForm(request.POST or None)
    form.fields["organization"].rows = queries.organizations_named("", timezone.localdate())
    if not form.is_valid():
        return _form(request, "organizations/grants_new.html", form)
    values = form.cleaned_data
    draft = services.GrantDraft(
        values["user"].pk,
        values["role"],
        values["organization"].pk,
        values["starts_on"] or timezone.localdate(),
        values["ends_on"],
        values["basis"],
    )
    services.make_grant(draft, by=request.user, at=timezone.now())
    return answer(request, "organizations/grants.html", {}, done=reverse("organizations:grants"))


@require_GET
def grant_options(request: Request) -> JsonResponse:
    """Organizations by name, for the form of a grant."""
    rows = queries.organizations_named(request.GET.get("q", "").replace("\0", "").strip()[:60], timezone.localdate())[
        :30
    ]
    return JsonResponse({"options": [{"value": row.pk, "text": label_of(row)} for row in rows]})


@require_POST
def grant_closure(request: Request, grant_id: int) -> HttpResponse:
    """Take a role away."""
    grant = get_object_or_404(queries.grants(), pk=grant_id)
    services.end_grant(grant.pk, by=request.user, at=timezone.now())
    return answer(request, "organizations/grants.html", {}, done=reverse("organizations:grants"))


@require_GET
def offices(request: Request) -> HttpResponse:
    """The administrators."""
    columns = (
        Column("office", "职责"),
        Column("username", "登录名"),
        Column("display_name", "显示名"),
        Column("deeds", ""),
    )
    listing = Listing(request, queries.administrators(), columns)
    return page(request, "organizations/grants_offices.html", {"listing": listing})


@require_http_methods(["GET", "POST"])
@reauthentication_required(app="onebow")
def office_new(request: Request) -> HttpResponse:
    """Make an account an administrator; asks for the second factor once in half an hour."""
    form = OfficeForm(request.POST or None)
    if not form.is_valid():
        return _form(request, "organizations/grants_office_new.html", form)
    user, office = form.cleaned_data["user"], form.cleaned_data["office"]
    services.give_office(user.pk, office, by=request.user, at=timezone.now())
    return answer(request, "organizations/grants_offices.html", {}, done=reverse("organizations:offices"))


@require_POST
def office_closure(request: Request, user_id: int) -> HttpResponse:
    """Take an office away."""
    user = get_object_or_404(accounts(), pk=user_id)
    services.give_office(user.pk, "none", by=request.user, at=timezone.now())
    return answer(request, "organizations/grants_offices.html", {}, done=reverse("organizations:offices"))


@require_GET
def audit(request: Request) -> HttpResponse:
    """Sign-ins and changes of rights, newest first."""
    kinds = Filter("kind", "事项", [(key, BY_KEY[key].label) for key in queries.AUDITED])
    listing = Listing(request, queries.audit_entries(), AUDIT_COLUMNS, (kinds,))
    listing.rows = queries.audit_lines(listing.rows)
    return page(
        request,
        "organizations/grants_audit.html",
        {"listing": listing, "facts": FACTS, "offices": dict(User.Office.choices)},
    )


def _form(request: Request, template: str, form: Any) -> HttpResponse:
    return (page if request.method == "GET" else answer)(request, template, {"form": form})
