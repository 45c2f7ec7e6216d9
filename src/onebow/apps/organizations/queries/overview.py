"""The front page: the unit one keeps in numbers, or the list of units."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, When

from onebow.apps.base.unions import word
from onebow.apps.ledger.models import Entry
from onebow.apps.ledger.queries import pending_late
from onebow.apps.organizations.models import Approval, Election, Organization, Person, Restructuring, RosterImport
from onebow.apps.organizations.queries.forest import Forest, Node
from onebow.apps.organizations.queries.former import named_on
from onebow.apps.organizations.queries.ledger import inherited
from onebow.apps.organizations.queries.people import lacks_branch
from onebow.apps.organizations.queries.reach import Reach, within_any
from onebow.apps.organizations.queries.standings import known_on, were_members
from onebow.apps.organizations.queries.trees import trees_on
from onebow.apps.organizations.queries.visible import imports_for, roots_for

SHOWN = 20
MOST_ELECTIONS = 50
K = Organization.Kind


@dataclass(frozen=True)
class BranchLine:
    """A branch as the front page lists it."""

    node: Node
    sections: int

    @property
    def is_branch(self) -> bool:
        """Whether it is a branch, not what stands over branches."""
        return self.node.kind in Organization.BRANCH_KINDS


@dataclass(frozen=True)
class UnitFigures:
    """One root unit in numbers of the day."""

    root: Organization
    people: int
    members: int
    sections: int
    branches: tuple[BranchLine, ...]
    generals: int
    uncovered: int
    without_branch: int


def kept_roots(reach: Reach, on: date, today: date) -> list[Organization]:
    """The root units that the user keeps, at most twenty; several with `people_count`, `member_count`."""
    if not reach.managed:
        return []
    roots = named_on(roots_for(reach).on(on).order_by("path" if on >= today else "pk")[:SHOWN], on, today)
    if len(roots) > 1:
        # In one unit the two trees tell more; see `figures_of`.
        rows = known_on(Person.objects.filter(root__in=roots, merged_into=None), on, today).values("root_id")
        counted = rows.annotate(people=Count("pk"), members=Count("pk", filter=were_members(on, today)))
        by_root = {row["root_id"]: row for row in counted}
        for root in roots:
            row = by_root.get(root.pk, {"people": 0, "members": 0})
            root.people_count, root.member_count = row["people"], row["members"]  # type: ignore[attr-defined]
    return roots


def figures_of(root: Organization, on: date, today: date) -> UnitFigures:
    """A unit of `kept_roots` in numbers; everything that the two trees tell comes from them."""
    forest = trees_on(root.pk, on)
    covered = Counter(line.branch_id for line in forest.lines)
    return UnitFigures(
        root=root,
        **_people_of(root, on, today),
        # Those whose relation lies here; who belongs to another unit's branch is not counted.
        members=sum(node.members for node in forest.nodes if node.is_party and node.parent_id is None),
        sections=sum(node.kind == K.SECTION for node in forest.nodes),
        branches=tuple(BranchLine(node, covered[node.id]) for node in forest.branches if _is_listed(node)),
        generals=sum(node.kind == K.GENERAL_BRANCH for node in forest.nodes),
        uncovered=_uncovered(forest),
    )


@dataclass(frozen=True)
class WaitingImport:
    """A roster to be confirmed or put right."""

    pk: int
    file: str
    root: str
    state: str


@dataclass(frozen=True)
class WaitingPlan:
    """A plan of restructuring to be decided on or put right; why it was sent back, or could not be enacted."""

    pk: int
    name: str
    state: str
    why: str


@dataclass(frozen=True)
class WaitingElection:
    """An election whose candidates or result are to be decided on."""

    pk: int
    organization: str
    state: str
    occasion: str


@dataclass(frozen=True)
class Waiting:
    """What waits for the user."""

    imports: tuple[WaitingImport, ...] = ()
    plans: tuple[WaitingPlan, ...] = ()
    elections: tuple[WaitingElection, ...] = ()
    # Late entries to be decided on.
    late: int = 0


def waiting_for(reach: Reach, today: date) -> Waiting:
    """Rosters, plans of restructuring, elections and late entries that wait for this user: one statement."""
    if not (reach.managed or reach.led):
        return Waiting()
    found: dict[str, list[Any]] = {"import": [], "plan": [], "election": [], "late": []}
    for what, *row in _imports(reach).union(_plans(reach), _elections(reach), _late(reach, today), all=True):
        found[what].append(row)
    imports = sorted((WaitingImport(*row[:4]) for row in found["import"]), key=lambda one: -one.pk)
    plans = sorted((WaitingPlan(row[0], row[1], row[3], row[4]) for row in found["plan"]), key=lambda one: one.pk)
    elections = sorted(
        (WaitingElection(row[0], row[1], row[3], Election.Occasion(row[4]).label) for row in found["election"]),
        key=lambda one: one.pk,
    )
    return Waiting(tuple(imports), tuple(plans), tuple(elections), found["late"][0][0])


def _imports(reach: Reach) -> QuerySet[RosterImport, Any]:
    """Rosters that were checked and wait for a decision, or did not end well."""
    waiting = [RosterImport.State.CHECKED, RosterImport.State.FAILED]
    rows = RosterImport.objects.filter(pk__in=_latest(imports_for(reach).filter(state__in=waiting), "-pk"))
    return rows.order_by().values_list(word("import"), "pk", "file__name", "root__name", "state", word(""))


def _plans(reach: Reach) -> QuerySet[Restructuring, Any]:
    """Plans to decide on, those sent back to who drafted or submitted them, and those that could not be enacted."""
    state = Restructuring.State
    mine = within_any((*reach.managed, *reach.led), "committee__path")
    submitted = Q(state=state.SUBMITTED) & mine & ~Q(submitted_by=reach.user_id)
    kept = within_any(reach.managed, "root__path")
    stuck = Q(state=state.APPROVED) & ~Q(hindrance="") & kept
    # Since it was last handed in: an older refusal was answered by handing it in again.
    label = Restructuring._meta.label_lower
    said = Approval.objects.filter(subject=label, subject_id=OuterRef("pk"), decision=Approval.Decision.RETURNED)
    said = said.filter(decided_at__gte=OuterRef("submitted_at")).order_by("-pk")
    mine = Q(made_by=reach.user_id) | Q(submitted_by=reach.user_id)
    returned = Q(state=state.DRAFT) & mine & kept & Q(Exists(said))
    rows = Restructuring.objects.filter(
        pk__in=_latest(Restructuring.objects.filter(submitted | stuck | returned), "pk")
    )
    reason = Subquery(said.values("reason")[:1])
    why = Case(When(state=state.DRAFT, then=reason), default=F("hindrance"), output_field=CharField())
    return rows.order_by().values_list(word("plan"), "pk", "name", word(""), "state", why)


def _elections(reach: Reach) -> QuerySet[Election, Any]:
    """Elections whose candidates or result another one handed in."""
    mine = within_any((*reach.managed, *reach.led), "superior__path")
    asked = Election.objects.filter(mine, state__in=(Election.State.SUBMITTED, Election.State.HELD))
    rows = Election.objects.filter(pk__in=_latest(asked.exclude(asked_by=reach.user_id), "pk", MOST_ELECTIONS))
    return rows.order_by().values_list(word("election"), "pk", "organization__name", word(""), "state", "occasion")


def _latest(rows: QuerySet[Any], order: str, most: int = 5) -> QuerySet[Any, Any]:
    """The first few, to be asked for inside another query."""
    return rows.order_by(order).values("pk")[:most]


def _late(reach: Reach, today: date) -> QuerySet[Entry, Any]:
    """One row: how many late entries wait for a decision of this secretary or officer."""
    mine = within_any((*reach.managed, *reach.led)) | Q(pk__in=inherited(reach, today))
    organizations = Organization.objects.filter(mine, pk=OuterRef("organization_id"))
    # Of the few that wait, those of these organizations; not the other way round.
    rows = pending_late().filter(Exists(organizations)).order_by().values(what=word("late"))
    counted = rows.annotate(count=Count("pk"))
    return counted.values_list("what", "count", word(""), word(""), word(""), word(""))


def _people_of(root: Organization, on: date, today: date) -> dict[str, int]:
    """How many people the unit keeps, and how many of them are members without a branch."""
    people = known_on(Person.objects.filter(root=root, merged_into=None), on, today)
    return people.aggregate(people=Count("pk"), without_branch=Count("pk", filter=lacks_branch(on, today)))


def _is_listed(node: Node) -> bool:
    """Branches, and what has members without a branch below it; a committee alone is none."""
    return node.kind in Organization.BRANCH_KINDS or node.members > 0


def _uncovered(forest: Forest) -> int:
    return sum("未被覆盖" in node.notes for node in forest.sections)
