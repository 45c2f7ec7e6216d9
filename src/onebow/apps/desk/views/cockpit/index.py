"""驾驶舱: a subtree in figures, each leading to its list, and what lies directly below side by side."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import page
from onebow.apps.base.dates import AsOf, as_of
from onebow.apps.base.ids import id_of
from onebow.apps.desk.charts import MONTHS
from onebow.apps.desk.queries.cockpit.figures import figures_of, with_findings
from onebow.apps.desk.queries.load.hours import Year, loads_of, this_month
from onebow.apps.desk.views.load import parts
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.checks_sql import Scope as Checked
from onebow.apps.organizations.queries.crowds import crowd_below
from onebow.apps.organizations.queries.findings import OPEN, findings_in
from onebow.apps.organizations.queries.reach import topmost
from onebow.apps.organizations.queries.visible import led_organizations
from onebow.apps.plans.queries.bow.places import scope_of
from onebow.apps.plans.queries.duties.states import State
from onebow.apps.plans.queries.load.ceilings import terms_known

MOST_BELOW = 60
MOST_PEOPLE = 2_000
K = Organization.Kind
# Shown as such; groups, chains and the like are told inside them.
SHOWN = (
    K.PARTY_COMMITTEE,
    K.ORGAN_COMMITTEE,
    K.GENERAL_BRANCH,
    *Organization.BRANCH_KINDS,
    K.UNIT,
    K.DEPARTMENT,
    K.SECTION,
)


@require_GET
def index(request: Request) -> HttpResponse:
    """The figures of one organization and all below on a day."""
    when = as_of(request)
    rows = parts.organizations_to_choose(request, when)
    chosen = _chosen(request, rows)
    below = [one for one in rows if one.parent_id == chosen.pk and one.kind in SHOWN][:MOST_BELOW]
    scope = scope_of(chosen, request.reach, when.on)
    whole, lines = figures_of(scope, below, when.today)
    # What the reader keeps or leads of it: findings speak of nothing else.
    paths = tuple(path for path in scope.paths if request.reach.leads(path))
    found = findings_in(Checked(topmost(paths or (chosen.path,)), when.on, when.today))
    lines = with_findings(whole, lines, ((one.node.path, one.strength) for one in found if one.state == OPEN), scope)
    context = {
        "organization": chosen, "choices": [(one.pk, one.name) for one in rows], "whole": whole, "lines": lines,
        "kinds": [(K(kind), whole.kinds[kind]) for kind in SHOWN if whole.kinds[kind]], "State": State,
        "hrefs": lambda one: _hrefs(one, when),
        "load_href": reverse("desk:cockpit_load") + parts.kept(when, organization=chosen.pk),
    }  # fmt: skip
    return page(request, "desk/cockpit/index.html", context)


@require_GET
def load(request: Request) -> HttpResponse:
    """The part of the page that takes longest: who is over a ceiling, and the curve of the year."""
    when = as_of(request)
    place = parts.asked_place(request, when)
    year = Year(when.on.year, when.on, when.today)
    crowd, terms = crowd_below(place.organization, when.on, when.today), terms_known(when.on)
    many, rows = len(crowd.mates), loads_of(crowd.first(MOST_PEOPLE), year, terms)
    ceiling = terms.ceilings.over_person([place.organization.path], this_month(year))
    now = this_month(year) - year.month
    context = {
        "organization": place.organization, "year": year, "people": many, "many": many > MOST_PEOPLE,
        "over": sum(bool(row.over) for row in rows), "over_now": sum(now in row.over for row in rows),
        "unestimated": sum(bool(row.unestimated[now]) for row in rows), "months": MONTHS, "month": now + 1,
        "chart": parts.curve_of_people(rows, year, ceiling), "ceiling": ceiling,
        "href": reverse("desk:load") + parts.kept(when, organization=place.organization.pk),
        "over_href": reverse("desk:load") + parts.kept(when, organization=place.organization.pk, over=1),
    }  # fmt: skip
    return page(request, "desk/cockpit/load.html#load", context)


def _chosen(request: Request, rows: list[Organization]) -> Organization:
    """`?organization=`, else the topmost Party organization that one keeps or leads, else the topmost of all."""
    asked = request.GET.get("organization", "")
    wanted = id_of(asked)
    first = min(rows, key=lambda one: (one.tree != Organization.Tree.PARTY, one.depth), default=None)
    chosen = next((one for one in rows if one.pk == wanted), None) if asked else first
    if chosen is None and asked and len(rows) == parts.MOST_CHOICES:
        chosen = led_organizations(request.reach).filter(pk=wanted or 0).first()
    if chosen is None:
        raise Http404("no such organization")
    return chosen


def _hrefs(organization: Organization, when: AsOf) -> dict[str, str]:
    """The list behind each number of an organization, with the same organization and day."""
    pk, month = organization.pk, f"{when.on:%Y-%m}"
    told: dict[str, Any] = {
        "page": ("organizations:show", {}, [pk]), "people": ("organizations:people", {"organization": pk}, []),
        "organizations": ("organizations:index", {}, []),
        "findings": ("organizations:findings", {"by": "organization"}, []),
        "duties": ("plans:duties", {"view": "list", "year": when.on.year, "under": pk}, []),
        "forgotten": ("plans:duties", {"view": "list", "year": when.on.year, "under": pk, "state": "unclear"}, []),
        "meetings": ("meetings:index", {"under": pk, "month": month, "state": "counted"}, []),
        "items": ("plans:items", {"under": pk, "year": when.on.year}, []),
        "bow": ("desk:bow", {"organization": pk}, []), "gaps": ("plans:gaps", {"under": pk}, []),
        "replies": ("plans:directives", {"under": pk, "state": "overdue"}, []),
        "cockpit": ("desk:cockpit", {"organization": pk}, []), "load": ("desk:load", {"organization": pk}, []),
    }  # fmt: skip
    return {key: _address(door, args) + parts.kept(when, **query) for key, (door, query, args) in told.items()}


def _address(door: str, args: list[int]) -> str:
    """A door that a colleague's part may not have opened yet leads to the list of items instead."""
    try:
        return reverse(door, args=args)
    except NoReverseMatch:
        return reverse("plans:items")
