"""A plan that takes an enacted one back: the branches of the day before, as a new document."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.ledger.services import Event, record
from onebow.apps.organizations.models import (
    Link,
    Organization,
    Placement,
    PlannedOrganization,
    Restructuring,
)
from onebow.apps.organizations.queries.restructuring.facts import BRANCHES, Facts, Member
from onebow.apps.organizations.queries.restructuring.leaders import leaders_for, secretaries
from onebow.apps.organizations.queries.restructuring.workplaces import workplaces_of
from onebow.apps.organizations.queries.subtrees import with_names_on
from onebow.apps.organizations.services.restructuring.drafts import PlanDraft, begin, drop_empty, facts_of, seat_members
from onebow.apps.organizations.services.restructuring.filling import lead_generals

K = Organization.Kind


@write()
def reverse_restructuring(plan_id: int, *, name: str, by: User, at: datetime) -> Restructuring:
    """Plan the structure as it was before a plan was enacted; what was dissolved is founded anew.

    Members who came since are placed where most of their section goes; all is checked and approved like any plan.

    Raises:
        Refused: the plan was not enacted, or `by` does not keep the unit.
    """
    old = Restructuring.objects.select_related("root", "committee").get(pk=plan_id)
    if old.state != Restructuring.State.ENACTED:
        raise Refused("只有已实施的方案才能恢复。")
    today = timezone.localdate(at)
    basis = f"恢复“{old.name}”实施前的组织设置"
    draft = PlanDraft(old.root_id, old.committee_id, name, today, basis, choices=dict(old.choices))
    plan = begin(draft, Restructuring.Origin.REVERSAL, by=by, at=at, source=old)
    _, facts = facts_of(plan, today)
    planned = _as_before(plan, old)
    planned |= _for_direct_members(plan, old, planned)
    seat_members(plan, facts, _seats(facts, old, planned))
    drop_empty(plan)
    _choose_leaders(plan, facts, _former_heads(old, planned))
    event = Event("restructuring.drafted", plan.root_id, source=plan, data={"origin": plan.origin})
    record(event, by_id=by.pk, at=at)
    return plan


def _as_before(plan: Restructuring, old: Restructuring) -> dict[int, PlannedOrganization]:
    """The branches and general branches of the day before, by their ids; what still stands goes on."""
    day = old.effective_on - timedelta(days=1)
    touched = Organization.objects.on(day).filter(restructuring_lines__restructuring=old).distinct()
    rows = list(touched.filter(kind__in=(*BRANCHES, K.GENERAL_BRANCH)).order_by("rank", "pk"))
    standing = {one.pk: one for one in rows if one.ends_on is None}
    with_names_on(rows, day, old.effective_on)
    parents = _pairs(Placement.objects.on(day).filter(child__in=rows).values_list("child_id", "parent_id"))
    links = Link.objects.on(day).filter(source__in=rows, kind=Link.Kind.SET_IN)
    units = _pairs(links.values_list("source_id", "target_id"))
    found: dict[int, PlannedOrganization] = {}
    for rank, one in enumerate(sorted(rows, key=lambda row: row.kind != K.GENERAL_BRANCH)):
        found[one.pk] = PlannedOrganization.objects.create(
            restructuring=plan,
            kind=one.kind,
            name=one.name,
            above=found.get(parents.get(one.pk, 0)),
            unit_id=units.get(one.pk),
            continues_id=one.pk if one.pk in standing else None,
            rank=rank,
        )
    return found


def _for_direct_members(
    plan: Restructuring, old: Restructuring, planned: dict[int, PlannedOrganization]
) -> dict[int, PlannedOrganization]:
    """Who was directly in a general branch cannot go back there: a branch under it takes these members."""
    found: dict[int, PlannedOrganization] = {}
    for number in old.seats.filter(branch=None).values_list("membership_in_id", flat=True).distinct():
        general = planned.get(number or 0)
        if number and general is not None and general.is_general:
            name = f"{general.name.removesuffix('党总支')}党支部"
            found[number] = PlannedOrganization.objects.create(
                restructuring=plan, kind=K.BRANCH, name=name, above=general, rank=len(planned) + len(found)
            )
    return found


def _pairs(rows: Iterable[tuple[int, int | None]]) -> dict[int, int]:
    return {one: other for one, other in rows if other}


def _seats(
    facts: Facts, old: Restructuring, planned: dict[int, PlannedOrganization]
) -> dict[int, PlannedOrganization | None]:
    """Everybody where the branch was on the day before; newcomers with their section."""
    then: dict[int, int] = {}
    usual: dict[int | None, Counter[int]] = defaultdict(Counter)
    for person, section, branch, other in old.seats.values_list(
        "person_id", "section_id", "branch_id", "membership_in_id"
    ):
        if (held := branch or other) in planned:
            then[person] = held
            usual[section][held] += 1
    seats: dict[int, PlannedOrganization | None] = {}
    for member in facts.members:
        most = usual[member.section_id].most_common(1)
        row = planned.get(then.get(member.person_id) or (most[0][0] if most else 0))
        seats[member.person_id] = row if row is not None and not row.is_general else None
    return seats


def _former_heads(old: Restructuring, planned: dict[int, PlannedOrganization]) -> dict[int, int]:
    """Planned organization → who led on the day before what it takes up again."""
    day = old.effective_on - timedelta(days=1)
    return {planned[number].pk: person_id for number, person_id in secretaries(list(planned), day).items()}


def _choose_leaders(plan: Restructuring, facts: Facts, former: dict[int, int]) -> None:
    """Who led before leads again, if still a full member there; else who would come first."""
    placed = dict(plan.seats.values_list("person_id", "planned_id"))
    rows = {row.pk: row for row in plan.planned.order_by("pk")}
    groups: dict[int, list[Member]] = defaultdict(list)
    for member in facts.members:
        if planned := placed[member.person_id]:
            groups[planned].append(member)
            if above := rows[planned].above_id:
                groups[above].append(member)
    full = {pk: {member.person_id for member in members if member.is_full} for pk, members in groups.items()}
    again = {pk: person_id for pk, person_id in former.items() if person_id in full.get(pk, ())}
    anew = {pk: members for pk, members in groups.items() if pk not in again}
    again |= leaders_for({pk: members for pk, members in anew.items() if not rows[pk].is_general}, facts.on)
    for pk, leader in again.items():
        rows[pk].leader_id = leader
    PlannedOrganization.objects.bulk_update([rows[pk] for pk in again], ["leader"])
    places = workplaces_of(plan.root, facts.on, facts.on, plan.choices)
    lead_generals({pk: rows[pk] for pk in anew if rows[pk].is_general}, groups, places, facts)
