"""List, page, registering, editing, merging and history of people."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
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
from onebow.apps.organizations.forms.people import MergerForm, NumberForm, PersonForm, RevealForm
from onebow.apps.organizations.models import Organization, Person
from onebow.apps.organizations.queries import history, standings, subtrees, visible
from onebow.apps.organizations.queries import people as queries
from onebow.apps.organizations.queries.search import found, named, with_number
from onebow.apps.organizations.services import people as services
from onebow.apps.organizations.services.openings import note_opening

QUESTIONS = [("", "全部"), ("no_branch", "党员未编入支部"), ("elsewhere", "组织关系在外单位")]


@require_GET
def index(request: Request) -> HttpResponse:
    """All people one may see, on a day; `?organization=` narrows to a subtree, `?belongs=` to a question."""
    when = as_of(request)
    rows, organization = visible.people_on(request.reach, when.on, when.today), _asked(request)
    if organization is not None:
        rows = queries.belonging_to(rows, organization, when.on, when.today)
        subtrees.with_names_on([organization], when.on, when.today)
    rows = queries.asked_by(rows, request.GET.get("belongs", ""), when.on, when.today)
    listing = Listing(
        request,
        rows.only(*queries.LISTED),
        [
            Column("name", "姓名", "pinyin"),
            Column("section", "单位、科室"),
            Column("title", "职务"),
            # Today's columns cannot sort the rows of another day.
            Column("standing", "政治面貌", "standing" * when.is_today),
            Column("branch", "党支部"),
            Column("joined", "入党时间", "joined_on" * when.is_today),
        ],
        [Filter("standing", "政治面貌", Person.Standing.choices[1:], narrow=_standing_on(when))],
        named,
    )
    standings.with_standings_on(listing.rows, when.on, when.today)
    belonging = queries.belonging_on([row.pk for row in listing.rows], when.on, when.today)
    asked = request.GET.get("belongs", "")
    questions = [(label, listing.href(belongs=key, page=""), key == asked) for key, label in QUESTIONS]
    context = {"listing": listing, "organization": organization, "belonging": belonging, "questions": questions}
    return page(request, "people/index.html", context)


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """One person on a day: record, where they belong, posts."""
    return page(request, "people/show.html", _page(request, _opened(request, _find(request, pk), "record")))


@require_GET
def history_page(request: Request, pk: int) -> HttpResponse:
    """What happened to the person until a day."""
    when, person = as_of(request), _opened(request, _find(request, pk), "history")
    facts = history.history_of_person(person, when.on, when.today)
    return page(request, "people/history.html", {"person": person, "facts": facts})


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Register a person under the root unit in `?root=`."""
    asked = id_of(request.GET.get("root", ""))
    roots = visible.roots_for(request.reach)
    root = get_object_or_404(roots, pk=asked) if asked is not None else roots.first()
    form = PersonForm(request.POST or None)
    context = {"form": form, "root": root, "roots": roots}
    if request.method == "GET" or root is None:
        return page(request, "people/new.html", context)
    done = ""
    if form.is_valid():
        person = services.register_person(root.pk, form.draft(), by=request.user, at=timezone.now())
        done = f"/people/{person.pk}/"
    return answer(request, "people/new.html#panel", context, done=done)


@require_http_methods(["GET", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a record."""
    person = _managed(request, pk)
    form = PersonForm(request.POST or None, person=person)
    context = {"form": form, "person": person}
    if request.method == "GET":
        _opened(request, person, "record")
        return page(request, "people/edit.html", context)
    done = ""
    if form.is_valid():
        version, since = form.cleaned_data["version"] or 0, form.cleaned_data.get("since")
        services.change_person(pk, form.draft(), version=version, since=since, by=request.user, at=timezone.now())
        done = f"/people/{pk}/"
    return answer(request, "people/edit.html#panel", context, done=done)


@require_http_methods(["GET", "POST"])
def merger(request: Request, pk: int) -> HttpResponse:
    """Join a double record into this one."""
    person = _managed(request, pk)
    others = visible.people_for(request.reach).filter(root=person.root).exclude(pk=pk).select_related("root")
    same_name_first = others.filter(name=person.name) if others.filter(name=person.name).exists() else others
    chosen = {"double": request.GET.get("double", "")}
    form = MergerForm(request.POST or None, rows=others if request.POST else same_name_first, initial=chosen)
    context = {"form": form, "person": person}
    if request.method == "GET":
        _opened(request, person, "record")
        return page(request, "people/merger.html", context)
    done = ""
    if form.is_valid():
        services.merge_people(pk, form.cleaned_data["double"].pk, by=request.user, at=timezone.now())
        done = f"/people/{pk}/"
    return answer(request, "people/merger.html#panel", context, done=done)


@require_http_methods(["GET", "POST"])
def reveal(request: Request, pk: int) -> HttpResponse:
    """Show a full number for a reason, which is recorded."""
    person = get_object_or_404(visible.people_with_numbers(request.reach).select_related("root", "user"), pk=pk)
    form, shown = RevealForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        field, reason = form.cleaned_data["field"], form.cleaned_data["reason"]
        shown = services.reveal(pk, field, reason=reason, by=request.user, at=timezone.now()) or "未登记"
    return page(request, "people/reveal.html#panel", {"form": form, "person": person, "shown": shown})


@require_GET
def duplicates(request: Request) -> HttpResponse:
    """Records that may be one person."""
    found = queries.likely_doubles(visible.people_for(request.reach))
    return page(request, "people/duplicates.html", {"found": found})


@require_GET
def options(request: Request) -> JsonResponse:
    """People to pick from, by what is typed: name, pinyin or initials."""
    hits = found(visible.people_for(request.reach).select_related("root"), request.GET.get("q", ""))
    return JsonResponse({"options": [{"value": row.pk, "text": label_of(row)} for row in hits]})


@require_http_methods(["GET", "POST"])
def number(request: Request) -> HttpResponse:
    """Find people by a whole number. Posted, since addresses end up in histories and logs."""
    form, found = NumberForm(request.POST or None), None
    if form.is_valid():
        found = with_number(request.reach, form.cleaned_data["number"])
        if len(found) == 1:
            return answer(request, "", {}, done=reverse("organizations:person", args=[found[0].pk]))
    status = 422 if form.errors else 200
    return page(request, "people/number.html", {"form": form, "found": found}, status=status)


def _opened(request: Request, person: Person, what: str) -> Person:
    """The person, once it is recorded that somebody else opens the page."""
    note_opening(person, what, by=request.user, at=timezone.now())
    return person


def _find(request: Request, pk: int) -> Person:
    return get_object_or_404(visible.people_for(request.reach).select_related("root", "user"), pk=pk)


def _managed(request: Request, pk: int) -> Person:
    return get_object_or_404(visible.managed_people(request.reach).select_related("root"), pk=pk)


def _asked(request: Request) -> Organization | None:
    asked = request.GET.get("organization", "")
    if not asked:
        return None
    return get_object_or_404(visible.organizations_for(request.reach), pk=id_of(asked) or 0)


def _standing_on(when: AsOf) -> Callable[[QuerySet[Person], str], QuerySet[Person]]:
    return lambda rows, standing: standings.stood_as(rows, standing, when.on, when.today)


def _page(request: Request, person: Person) -> dict[str, Any]:
    when = as_of(request)
    memberships = list(person.memberships.on(when.on).select_related("organization", "place").order_by("pk"))
    posts = list(person.posts.on(when.on).select_related("organization").order_by("pk"))
    organizations = [*(row.organization for row in memberships), *(row.organization for row in posts)]
    subtrees.with_names_on([person.root, *organizations], when.on, when.today)
    standings.with_standings_on([person], when.on, when.today)
    return {
        "person": person,
        "memberships": memberships,
        "posts": posts,
        "standing": Person.Standing(person.standing).label,
        "may_manage": person.erased_on is None and allowed(rules.check_can_manage, person.root, request.reach),
        "is_self": request.reach.person_id == person.pk,
    }
