"""Who moves in a plan: seats with the names of the day on which they were read."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from onebow.apps.organizations.models import FormerName, Organization, Person, PlannedOrganization, Restructuring, Seat
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.organizations.queries.restructuring.sides import NOT_YET, NOWHERE, UNKNOWN
from onebow.apps.organizations.queries.visible import people_for

PARTY, GENERAL = Organization.Tree.PARTY, PlannedOrganization.Kind.GENERAL_BRANCH
Choices = list[tuple[int, str]]
# Of a member who is in no branch: what holds the Party relation instead.
HOME = Coalesce("branch", "membership_in")


def seats_of(restructuring: Restructuring) -> QuerySet[Any]:
    """The seats of a plan with `home` (where the member is, an id), `moves`, and names as of the facts.

    `from_name` and `section_name` are the names of that day; `to_name` is the plan's.
    """
    day = restructuring.before_on
    stays = Q(planned__continues=F("home")) | Q(planned=None, home=None)
    return (
        Seat.objects.filter(restructuring=restructuring)
        .select_related("person", "planned", "place")
        .only("standing", "person__name", "planned__name", "place__name")
        .annotate(home=HOME)
        .annotate(
            moves=Case(When(stays, then=Value(False)), default=Value(True), output_field=BooleanField()),
            from_name=Coalesce(_name_on("home", day), "branch__name", "membership_in__name"),
            section_name=Coalesce(_name_on("section", day), "section__name"),
            to_name=F("planned__name"),
        )
        .order_by("planned__rank", "planned", "section__rank", "section", "person__pinyin", "pk")
    )


def movers_of(restructuring: Restructuring) -> QuerySet[Any]:
    """Those of them who change their branch."""
    return seats_of(restructuring).filter(moves=True)


def choices_of(restructuring: Restructuring) -> tuple[Choices, Choices, Choices]:
    """Where members are, where they go, where they work, for filters. Two statements."""
    seats = Seat.objects.filter(restructuring=restructuring)
    homes = Q(pk__in=seats.values("branch")) | Q(pk__in=seats.filter(branch=None).values("membership_in"))
    name = Coalesce(_name_on("pk", restructuring.before_on), "name")
    known = Organization.objects.filter(homes | Q(pk__in=seats.values("section"))).annotate(name_then=name)
    rows = list(known.order_by("rank", "pk").values_list("tree", "pk", "name_then", "parent__name"))
    sections = [row for row in rows if row[0] != PARTY]
    alike = Counter(name for _, _, name, _ in sections)
    planned = PlannedOrganization.objects.filter(restructuring=restructuring).exclude(kind=GENERAL)
    return (
        [*((pk, name) for tree, pk, name, _ in rows if tree == PARTY), (0, NOWHERE)],
        [*planned.order_by("rank", "pk").values_list("pk", "name"), (0, NOT_YET)],
        [*((pk, f"{unit}{name}" if alike[name] > 1 else name) for _, pk, name, unit in sections), (0, UNKNOWN)],
    )


def records_open(reach: Reach, seats: Iterable[Seat]) -> set[int]:
    """Of the people on a page, those whose record the user may open."""
    ids = [seat.person_id for seat in seats]
    return set(people_for(reach).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()


def standing_word(standing: str) -> str:
    """正式党员 or 预备党员, as lists of members say it."""
    return "正式党员" if standing == Person.Standing.FULL_MEMBER else "预备党员"


def _name_on(field: str, day: date) -> Subquery:
    renamed = FormerName.objects.filter(organization=OuterRef(field), ends_on__gt=day).order_by("ends_on")
    return Subquery(renamed.values("name")[:1])
