"""The seats of a plan, counted; and what things were called and who headed them on the day they were read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from onebow.apps.organizations.models import FormerName, Organization, Placement, Post, Restructuring, Seat

Role = Post.Role


class Cell(NamedTuple):
    """Members alike in all that a comparison asks; None: nowhere, or not known."""

    branch_id: int | None
    membership_in_id: int | None
    planned_id: int | None
    section_id: int | None
    place_id: int | None
    place: str | None
    standing: str
    members: int

    @property
    def home_id(self) -> int:
        """The organization in which they are today: the branch, else what stands above branches; 0: none."""
        return self.branch_id or self.membership_in_id or 0


@dataclass(frozen=True, slots=True)
class Named:
    """An organization as it was called and placed on the day."""

    id: int
    name: str
    kind: str
    rank: int
    above_id: int | None


@dataclass(frozen=True, slots=True)
class Posts:
    """Who led what on the day."""

    # Branch -> (person, name)
    secretaries: dict[int, tuple[int, str]]
    # People who head a section.
    heads: frozenset[int]


def cells_of(restructuring: Restructuring) -> list[Cell]:
    """The seats of a plan, counted in the database: one statement."""
    fields = ("branch", "membership_in", "planned", "section", "place", "place__name", "standing")
    rows = Seat.objects.filter(restructuring=restructuring).values_list(*fields).annotate(members=Count("pk"))
    return [Cell(*row) for row in rows.order_by(*fields)]


def organizations_on(ids: Iterable[int], on: date) -> dict[int, Named]:
    """These and what they stood under, with the names of that day: two statements."""
    above = dict(Placement.objects.on(on).filter(child__in=set(ids)).values_list("child", "parent"))
    wanted = {*ids, *(parent for parent in above.values() if parent)}
    renamed = FormerName.objects.filter(organization=OuterRef("pk"), ends_on__gt=on).order_by("ends_on")
    rows = Organization.objects.filter(pk__in=wanted).annotate(
        name_then=Coalesce(Subquery(renamed.values("name")[:1]), "name")
    )
    return {
        pk: Named(pk, name, kind, rank, above.get(pk))
        for pk, name, kind, rank in rows.values_list("pk", "name_then", "kind", "rank")
    }


def posts_on(branches: Iterable[int], sections: Iterable[int], on: date) -> Posts:
    """Secretaries of branches and heads of sections on a day: one statement."""
    sought = set(sections)
    rows = Post.objects.on(on).filter(organization__in={*branches, *sought}, role__in=(Role.SECRETARY, Role.UNIT_HEAD))
    secretaries: dict[int, tuple[int, str]] = {}
    heads = set()
    # The longest-serving one where there are two.
    for organization, role, person, name in rows.order_by("pk").values_list(
        "organization", "role", "person", "person__name"
    ):
        if role == Role.SECRETARY:
            secretaries.setdefault(organization, (person, name))
        elif organization in sought:
            heads.add(person)
    return Posts(secretaries, frozenset(heads))
