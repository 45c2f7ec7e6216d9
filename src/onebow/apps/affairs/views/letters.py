"""Writing a letter: who moves, then only what the product does not know."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.affairs.forms.transfers import LetterForm, NewcomerForm, initial_values
from onebow.apps.affairs.models import Transfer
from onebow.apps.affairs.queries import transfers as queries
from onebow.apps.affairs.rules.citing import ground, number_of
from onebow.apps.affairs.services import transfers as services
from onebow.apps.base.answers import answer, page
from onebow.apps.base.ids import id_of
from onebow.apps.organizations.forms.fields import label_of
from onebow.apps.organizations.models import Membership, Organization, Person
from onebow.apps.organizations.queries.people import belonging_on
from onebow.apps.organizations.queries.search import found
from onebow.apps.organizations.queries.visible import roots_for
from onebow.apps.organizations.services.openings import note_opening

Direction = Transfer.Direction
TEMPLATE = "affairs/transfers/new.html"
TITLES = {Direction.OUT: "转出到外单位", Direction.WITHIN: "内部调整支部", Direction.IN: "从外单位转入"}


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Choose who moves; then write the letter."""
    person, relation = _asked(request)
    direction = _direction(request, person, relation)
    is_new = direction == Direction.IN and person is None and request.GET.get("new") == "1"
    context: dict[str, Any] = {
        "direction": direction,
        "title": TITLES[direction],
        "tabs": _tabs(direction, person, relation),
        "person": person,
        "is_new": is_new,
    }
    if person is None and not is_new:
        rows = queries.comers(request.reach) if direction == Direction.IN else queries.senders(request.reach)
        return page(request, TEMPLATE, context | {"people": list(rows.order_by("pinyin", "pk")[:300])})
    if person is not None:
        context |= _known(request, person, relation)
    form = _form(request, direction, relation, is_new=is_new)
    if request.method == "GET":
        return page(request, TEMPLATE, context | {"form": form})
    done = _written(request, form, person) if form.is_valid() else ""
    return answer(request, f"{TEMPLATE}#panel", context | {"form": form}, done=done)


@require_GET
def people(request: Request) -> JsonResponse:
    """Who may be sent (`?direction=in`: who may come in), by name, pinyin or initials."""
    is_in = request.GET.get("direction") == Direction.IN
    rows = queries.comers(request.reach) if is_in else queries.senders(request.reach)
    return _options(found(rows.select_related("root"), request.GET.get("q", "")))


@require_GET
def branches(request: Request) -> JsonResponse:
    """Branches that take members in: those kept, and those beside them."""
    rows = queries.places(queries.trees_of(request.reach))
    return _options(found(rows, request.GET.get("q", "")))


def _options(rows: list[Any]) -> JsonResponse:
    return JsonResponse({"options": [{"value": row.pk, "text": label_of(row)} for row in rows]})


def _asked(request: Request) -> tuple[Person | None, Membership | None]:
    """Who moves, among those whom the officer keeps, and where their relation lies."""
    pk = id_of(request.GET.get("person", ""))
    if not request.GET.get("person"):
        return None, None
    rows = queries.kept_people(request.reach).select_related("root")
    person = get_object_or_404(rows, pk=pk or 0)
    return person, queries.relation_of(person.pk)


def _direction(request: Request, person: Person | None, relation: Membership | None) -> Direction:
    """As asked; of somebody known as it can only be."""
    typed = request.GET.get("direction", "")
    asked = Direction(typed) if typed in Direction.values else None
    if person is None:
        return asked or Direction.OUT
    if relation is None:
        return Direction.IN
    return Direction.WITHIN if asked == Direction.WITHIN else Direction.OUT


def _tabs(direction: str, person: Person | None, relation: Membership | None) -> list[tuple[str, str, bool]]:
    """The directions that are possible."""
    shown = [one for one in Direction if person is None or (one == Direction.IN) == (relation is None)]
    who = f"&person={person.pk}" if person else ""
    here = reverse("affairs:transfer_new")
    return [(TITLES[one], f"{here}?direction={one.value}{who}", one == direction) for one in shown]


def _known(request: Request, person: Person, relation: Membership | None) -> dict[str, Any]:
    """What the product knows of who moves, so that nobody types it."""
    note_opening(person, "record", by=request.user, at=timezone.now())
    today = timezone.localdate()
    branch = queries.branch_of(relation.organization) if relation else None
    belonging: Mapping[int, Any] = belonging_on([person.pk], today, today)
    return {
        "relation": relation,
        "belonging": belonging[person.pk],
        "posts": queries.posts_left(branch, person.pk) if branch else (),
        "standing": dict(Person.Standing.choices).get(person.standing_on(today), ""),
    }


def _form(request: Request, direction: str, relation: Membership | None, *, is_new: bool) -> LetterForm:
    today = timezone.localdate()
    branch = queries.branch_of(relation.organization) if relation else None
    number = queries.next_number(queries.issuer_of(branch), today.year) if branch else ""
    usual = number_of("MBR-LETTER", "days", today)
    told: dict[str, Any] = {
        "initial": initial_values(direction, today, number, usual),
        "places": _places(request, branch),
        "ground": f"一般不超过 {usual} 天{ground('MBR-LETTER', today)};",
    }
    if is_new:
        roots = roots_for(request.reach)
        return NewcomerForm(request.POST or None, roots=roots, **told)
    return LetterForm(request.POST or None, direction=direction, **told)


def _places(request: Request, branch: Organization | None) -> QuerySet[Organization]:
    return queries.branches_beside(branch) if branch else queries.places(request.reach.managed)


def _written(request: Request, form: LetterForm, person: Person | None) -> str:
    newcomer = form.newcomer() if isinstance(form, NewcomerForm) else None
    if person is None and newcomer is None:
        raise Http404("nobody")
    made = services.issue_transfer(form.draft(person, newcomer), by=request.user, at=timezone.now())
    return reverse("affairs:transfer", args=[made.pk])
