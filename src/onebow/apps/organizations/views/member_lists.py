"""The members of a branch on a day, as a file."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import page
from onebow.apps.base.dates import as_of
from onebow.apps.base.downloads import download
from onebow.apps.organizations import rules
from onebow.apps.organizations.forms.restructuring_papers import ListForm
from onebow.apps.organizations.queries.subtrees import with_names_on
from onebow.apps.organizations.queries.visible import led_organizations
from onebow.apps.organizations.services.member_lists import Outing, export_list


@require_http_methods(["GET", "POST"])
def member_list(request: Request, pk: int) -> HttpResponse:
    """The list, once it is said what for; `?on=` is the day."""
    when = as_of(request)
    organization = get_object_or_404(led_organizations(request.reach), pk=pk)
    rules.check_has_list(organization, when.on)
    form = ListForm(request.POST or None)
    if not form.is_valid():
        with_names_on([organization], when.on, when.today)
        context = {"organization": organization, "form": form}
        return page(request, "organizations/member_list.html", context, status=422 if form.errors else 200)
    outing = Outing(form.cleaned_data["kind"], form.cleaned_data["reason"])
    made = export_list(pk, when.on, outing, by=request.user, at=timezone.now())
    return download(made.content, made.name)
