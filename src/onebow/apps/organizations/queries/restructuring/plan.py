"""A plan as its pages need it: planned organizations with their members, in numbers."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Exists, OuterRef

from onebow.apps.organizations.models import (
    Approval,
    Organization,
    Place,
    PlannedOrganization,
    PlanReason,
    Restructuring,
    Seat,
)
from onebow.apps.organizations.queries.restructuring.workplaces import Workplaces, workplaces_of
from onebow.apps.organizations.queries.subtrees import with_names_on

# What lets today's organization stand at its level goes on with it.
_LEVEL_PAPERS = Approval.objects.filter(
    organization=OuterRef("continues"), step=Approval.Step.LEVEL, document_on__isnull=False
).exclude(decision=Approval.Decision.RETURNED)


@dataclass(frozen=True)
class Cell:
    """Members of one section in one office area within a planned branch."""

    section_id: int | None
    place_id: int | None
    seats: tuple[Seat, ...]

    @property
    def key(self) -> str:
        """How an address and a form name it."""
        return f"{self.section_id or 0}-{self.place_id or 0}"

    @property
    def full(self) -> int:
        """Full members."""
        return sum(seat.is_full for seat in self.seats)


@dataclass(frozen=True)
class PlannedBranch:
    """A planned organization and the members placed in it directly."""

    row: PlannedOrganization
    seats: tuple[Seat, ...] = ()
    # Whether a paper lets what it goes on from stand at its level with fewer members.
    has_level_paper: bool = False

    @property
    def members(self) -> int:
        """All members."""
        return len(self.seats)

    @cached_property
    def full(self) -> int:
        """Full members."""
        return sum(seat.is_full for seat in self.seats)

    @cached_property
    def sections(self) -> Counter[int]:
        """Members by the section with which they count; those who work nowhere in the unit are left out."""
        return Counter(seat.section_id for seat in self.seats if seat.section_id)

    @cached_property
    def offices(self) -> Counter[int]:
        """Members by office area, as far as known."""
        return Counter(seat.place_id for seat in self.seats if seat.place_id)

    @cached_property
    def cells(self) -> list[Cell]:
        """Members by section and office area, the largest first."""
        found: dict[tuple[int | None, int | None], list[Seat]] = defaultdict(list)
        for seat in self.seats:
            found[seat.section_id, seat.place_id].append(seat)
        cells = [Cell(section, place, tuple(seats)) for (section, place), seats in found.items()]
        return sorted(cells, key=lambda cell: (-len(cell.seats), cell.section_id or 0, cell.place_id or 0))

    @property
    def kept(self) -> int:
        """Members whose branch of today goes on as this one."""
        number = self.row.continues_id
        return sum(seat.branch_id == number for seat in self.seats) if number else 0


@dataclass(frozen=True)
class Plan:
    """A restructuring with all that stands in it."""

    restructuring: Restructuring
    places: Workplaces
    organizations: tuple[PlannedBranch, ...]
    # Members whom no planned branch has.
    unplaced: tuple[Seat, ...]

    # What not every page asks for is read when it is asked for, once.

    @cached_property
    def before(self) -> dict[int, Organization]:
        """Today's Party organizations of the members, and those that go on, by id."""
        ids = {number for seat in self.seats for number in (seat.branch_id, seat.membership_in_id)}
        ids |= {one.row.continues_id for one in self.organizations}
        return Organization.objects.in_bulk([number for number in ids if number])

    @cached_property
    def offices(self) -> dict[int, Place]:
        """Office areas of the members, by id."""
        return Place.objects.in_bulk([number for number in {seat.place_id for seat in self.seats} if number])

    @cached_property
    def reasons(self) -> dict[tuple[int, str], PlanReason]:
        """Recorded reasons, by planned organization and rule."""
        rows = PlanReason.objects.filter(planned__restructuring=self.restructuring)
        return {(row.planned_id, row.rule): row for row in rows}

    @cached_property
    def branches(self) -> list[PlannedBranch]:
        """What has members: branches and joint branches."""
        return [one for one in self.organizations if not one.row.is_general]

    @cached_property
    def generals(self) -> list[PlannedBranch]:
        """General branches."""
        return [one for one in self.organizations if one.row.is_general]

    def below(self, general_id: int | None) -> list[PlannedBranch]:
        """The branches under a general branch; under the committee for None."""
        return self._below.get(general_id, [])

    @cached_property
    def _below(self) -> dict[int | None, list[PlannedBranch]]:
        found: dict[int | None, list[PlannedBranch]] = defaultdict(list)
        for one in self.branches:
            found[one.row.above_id].append(one)
        return found

    @cached_property
    def seats(self) -> list[Seat]:
        """All members of the plan."""
        return [*(seat for one in self.organizations for seat in one.seats), *self.unplaced]

    def name_of(self, section_id: int | None) -> str:
        """A section by name."""
        node = self.places.nodes.get(section_id or 0)
        return node.name if node else "不在本单位工作"

    def office_of(self, place_id: int | None) -> str:
        """An office area by name."""
        place = self.offices.get(place_id or 0)
        return place.name if place else "办公地点不详"

    def branch_of(self, branch_id: int | None) -> str:
        """A branch of today by name."""
        branch = self.before.get(branch_id or 0)
        return branch.name if branch else "未编入支部"


def plan_of(restructuring: Restructuring, today: date) -> Plan:
    """Everything that stands in a plan, in a fixed number of statements."""
    related = ("continues", "leader", "unit", "founded", "above")
    planned = restructuring.planned.annotate(has_level_paper=Exists(_LEVEL_PAPERS)).select_related(*related)
    rows = list(planned.order_by("rank", "pk"))
    seats: dict[int | None, list[Seat]] = defaultdict(list)
    for seat in restructuring.seats.select_related("person").order_by("section_id", "person__pinyin", "person_id"):
        seats[seat.planned_id].append(seat)
    plan = Plan(
        restructuring,
        workplaces_of(restructuring.root, today, today, restructuring.choices),
        tuple(PlannedBranch(row, tuple(seats.get(row.pk, ())), row.has_level_paper) for row in rows),
        tuple(seats.get(None, ())),
    )
    if restructuring.state == Restructuring.State.ENACTED:
        # What went on under another name bears here the one it had.
        with_names_on(list(plan.before.values()), restructuring.effective_on - timedelta(days=1), today)
        for row in rows:
            row.continues = plan.before.get(row.continues_id or 0)
    return plan
