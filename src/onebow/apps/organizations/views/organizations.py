"""List, page, founding, editing and history of organizations."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.base.dates import AsOf, as_of
from onebow.apps.base.ids import id_of
from onebow.apps.base.refusals import allowed
from onebow.apps.base.tables import Column, Filter, Listing
from onebow.apps.organizations import rules
from onebow.apps.organizations.forms.fields import label_of
from onebow.apps.organizations.forms.organizations import NewOrganizationForm, OrganizationForm
from onebow.apps.organizations.models import Election, Organization
from onebow.apps.organizations.queries import former, history, people, standings, subtrees, succession, visible
from onebow.apps.organizations.queries.elections.due import term_note
from onebow.apps.organizations.queries.findings import UNCHECKED
from onebow.apps.organizations.queries.places import places_near
from onebow.apps.organizations.queries.search import found, named
from onebow.apps.organizations.services import organizations as services

STAFF_COLUMNS = (
    Column("name", "姓名", "person__pinyin"),
    Column("title", "职务", "title"),
    Column("standing", "政治面貌", "person__standing"),
    Column("place", "办公地点", "place__name"),
    Column("since", "到岗", "starts_on"),
)
MEMBER_COLUMNS = (
    Column("name", "姓名", "person__pinyin"),
    Column("section", "单位、科室"),
    Column("title", "职务"),
    Column("standing", "政治面貌", "person__standing"),
    Column("place", "办公地点"),
    Column("joined", "入党时间", "person__joined_on"),
)
# Facts with a history: today's columns cannot sort the rows of another day.
CHANGING = ("standing", "joined")


@require_GET
def index(request: Request) -> HttpResponse:
    """All organizations one may see, on a day."""
    when = as_of(request)
    rows = visible.organizations_for(request.reach)
    listing = Listing(
        request,
        rows.on(when.on).select_related("parent").order_by("tree", "path")
        if when.is_today
        else former.listed_on(rows, when.on, when.today),
        [
            Column("name", "名称", "pinyin"),
            Column("kind", "类别", "kind"),
            Column("parent", "上级"),
            Column("people", "人数", align="end"),
            Column("starts", "成立日期", "starts_on"),
        ],
        [Filter("tree", "所属树", Organization.Tree.choices), Filter("kind", "类别", Organization.Kind.choices)],
        named if when.is_today else ("name", "pinyin", "initials"),
    )
    context = {"listing": listing, "counts": people.counts_of(listing.rows, when.on)}
    return page(request, "organizations/index.html", context)


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """One organization on a day: facts, people, posts, ties, what lies below."""
    when, rows = as_of(request), visible.organizations_for(request.reach).select_related("place")
    organization = former.as_told(get_object_or_404(former.told_on(rows, when.on, when.today), pk=pk))
    return page(request, "organizations/show.html", _page(request, organization, when))


@require_GET
def history_page(request: Request, pk: int) -> HttpResponse:
    """What happened to the organization until a day."""
    when, rows = as_of(request), visible.organizations_for(request.reach)
    organization = former.as_told(get_object_or_404(former.told_on(rows, when.on, when.today), pk=pk))
    facts = history.history_of(organization, when.on, when.today)
    context = {"organization": organization, "facts": facts}
    return page(request, "organizations/history.html", context)


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Found an organization below the one in `?under=`."""
    under = id_of(request.GET.get("under", ""))
    parent = get_object_or_404(visible.managed_organizations(request.reach), pk=under or 0)
    form = NewOrganizationForm(request.POST or None, kinds=rules.kinds_below(parent))
    done = ""
    if form.is_valid():
        seat = rules.seat_below(form.cleaned_data["kind"], parent)
        draft = services.OrganizationDraft(**{**form.cleaned_data, **seat})
        done = _url(services.found_organization(draft, by=request.user, at=timezone.now()))
    context = {"parent": parent, "form": form}
    if request.method == "GET":
        return page(request, "organizations/new.html", context)
    return answer(request, "organizations/new.html#panel", context, done=done)


@require_http_methods(["GET", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Change facts from a day on, or correct them."""
    organization = get_object_or_404(visible.managed_organizations(request.reach), pk=pk)
    initial = {name: getattr(organization, name) for name in ("version", "place", *services.CHANGEABLE[1:])}
    places = places_near(organization)
    form = OrganizationForm(request.POST or None, initial=initial, places=places, is_party=organization.is_party)
    context = {"organization": organization, "form": form}
    if request.method == "GET":
        return page(request, "organizations/edit.html", context)
    done = ""
    if form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("version", "since")}
        services.change_organization(pk, form.changes(), **told, by=request.user, at=timezone.now())
        done = _url(organization)
    return answer(request, "organizations/edit.html#panel", context, done=done)


@require_GET
def options(request: Request) -> JsonResponse:
    """Organizations to pick from, by what is typed: name, pinyin or initials."""
    rows = visible.managed_organizations(request.reach).filter(ends_on=None).select_related("parent")
    hits = found(rows, request.GET.get("q", ""))
    return JsonResponse({"options": [{"value": row.pk, "text": label_of(row)} for row in hits]})


def _page(request: Request, organization: Organization, when: AsOf) -> dict[str, Any]:
    above, children = subtrees.around(organization, when.on, when.today)
    ties = people.ties_of(organization, when.on)
    columns: Iterable[Column] = MEMBER_COLUMNS if organization.is_party else STAFF_COLUMNS
    if not when.is_today:
        columns = [Column(one.key, one.title, "" if one.key in CHANGING else one.sort) for one in columns]
    words = ("person__name", "person__pinyin", "person__initials")
    members = Listing(request, people.member_rows(organization, when.on, when.today), list(columns), search=words)
    standings.stand_as_told(members.rows, when.on, when.today)
    return {
        "organization": organization,
        # What lies above is named; it is a link only where the user may open it.
        "trail": [(one.name, _url(one) if request.reach.covers(one) else "") for one in above]
        + [(organization.name, "")],
        "children": children,
        "counts": people.counts_of(children, when.on) if children else {},
        "members": members,
        "jobs": people.belonging_on([row.person_id for row in members.rows], when.on, when.today)
        if organization.is_party
        else {},
        "posts": people.posts_in(organization, when.on),
        "elects": organization.kind in Election.KINDS,
        "term_note": term_note(organization, when.on) if organization.is_party else "",
        "ties": ties,
        "successor": succession.successor_of(organization.pk, when.on)
        if organization.ends_on and organization.ends_on <= when.on
        else None,
        "may_manage": allowed(rules.check_can_manage, organization, request.reach),
        "may_list": request.reach.leads(organization.path) and allowed(rules.check_has_list, organization, when.on),
        "opens": request.reach,
        "has_checks": organization.kind not in UNCHECKED and request.reach.leads(organization.path),
        "people_open": visible.people_open(request.reach, organization, members.rows),
    }


def _url(organization: Organization) -> str:
    return f"/organizations/{organization.pk}/"
