"""Making a draft: from today, as a copy, or to take an enacted one back."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.ledger.services import Event, record
from onebow.apps.organizations import rules
from onebow.apps.organizations.models import Organization, PlannedOrganization, Restructuring, Seat
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.organizations.queries.restructuring.facts import BRANCHES, Facts, facts_on
from onebow.apps.organizations.queries.restructuring.leaders import secretaries
from onebow.apps.organizations.queries.restructuring.workplaces import Workplaces, workplaces_of
from onebow.apps.organizations.rules import restructuring as plan_rules

K = Organization.Kind
Origin = Restructuring.Origin


@dataclass(frozen=True)
class PlanDraft:
    """What is told when a plan is begun."""

    root_id: int
    committee_id: int
    name: str
    effective_on: date
    basis: str = ""
    parameters: dict[str, int] = field(default_factory=dict)
    choices: dict[str, Any] = field(default_factory=dict)


@write()
def draft_restructuring(draft: PlanDraft, *, by: User | None, at: datetime) -> Restructuring:
    """Begin a plan with the branches of today, every member where the member is.

    Raises:
        Refused: `by` does not keep the unit and the committee, or the unit has no members.
    """
    plan = begin(draft, Origin.TODAY, by=by, at=at)
    places, facts = facts_of(plan, timezone.localdate(at))
    if not facts.members:
        raise Refused(f"“{plan.root.name}”还没有登记党员,请先导入花名册或登记党员。")
    planned = _today(plan, places, facts)
    seat_members(plan, facts, {member.person_id: planned.get(member.branch_id or 0) for member in facts.members})
    drop_empty(plan)
    record(Event("restructuring.drafted", plan.root_id, source=plan, data={"origin": plan.origin}), **_signed(by, at))
    return plan


@write()
def copy_restructuring(plan_id: int, *, name: str, by: User, at: datetime) -> Restructuring:
    """The same plan as a new draft, with the members of today.

    Raises:
        Refused: `by` does not keep the unit.
    """
    old = Restructuring.objects.select_related("root", "committee").get(pk=plan_id)
    effective_on = max(old.effective_on, timezone.localdate(at))
    draft = PlanDraft(
        old.root_id, old.committee_id, name, effective_on, old.basis, dict(old.parameters), dict(old.choices)
    )
    plan = begin(draft, Origin.COPY, by=by, at=at, source=old)
    plan.run = old.run
    plan.save(update_fields=["run"])
    planned = _copied(old, plan)
    wanted = dict(old.seats.values_list("person_id", "planned_id"))
    _, facts = facts_of(plan, timezone.localdate(at))
    by_section = _by_section(old)
    seats = {
        member.person_id: planned.get(wanted.get(member.person_id) or by_section.get(member.section_id) or 0)
        for member in facts.members
    }
    seat_members(plan, facts, seats)
    drop_empty(plan)
    record(Event("restructuring.drafted", plan.root_id, source=plan, data={"origin": plan.origin}), **_signed(by, at))
    return plan


def facts_of(plan: Restructuring, today: date) -> tuple[Workplaces, Facts]:
    """The workplaces and members of today; members count as they will on the day of effect."""
    places = workplaces_of(plan.root, today, today, plan.choices)
    standing_on = max(plan.effective_on, today)
    return places, facts_on(places, plan.committee, today, standing_on=standing_on)


def seat_members(plan: Restructuring, facts: Facts, planned: dict[int, PlannedOrganization | None]) -> None:
    """Write the seats anew."""
    plan.seats.all().delete()
    Seat.objects.bulk_create(
        [
            Seat(
                restructuring=plan,
                person_id=member.person_id,
                planned=planned.get(member.person_id),
                section_id=member.section_id,
                place_id=member.place_id,
                branch_id=member.branch_id,
                membership_in_id=member.membership_in_id,
                standing=member.standing,
            )
            for member in facts.members
        ],
        batch_size=500,
    )
    Restructuring.objects.filter(pk=plan.pk).update(facts_on=facts.on)


def stand_anew(plan: Restructuring, effective_on: date) -> None:
    """On another day of effect some are full members who were not yet, or not any more."""
    was, will_be = (max(day, plan.facts_on) for day in (plan.effective_on, effective_on))
    changed = []
    for seat in plan.seats.select_related("person"):
        after = seat.person.standing_on(will_be)
        # Whose standing was corrected since is a line of its own.
        if seat.standing == seat.person.standing_on(was) and seat.standing != after:
            seat.standing = after
            changed.append(seat)
    Seat.objects.bulk_update(changed, ["standing"], batch_size=500)


def drop_empty(plan: Restructuring) -> None:
    """A branch of which nobody is a member is planned no more: no rule lets it stand."""
    plan.planned.filter(kind__in=BRANCHES, seats=None).delete()


def begin(
    draft: PlanDraft, origin: str, *, by: User | None, at: datetime, source: Restructuring | None = None
) -> Restructuring:
    """A new plan without seats. Runs in a transaction."""
    today = timezone.localdate(at)
    root = Organization.objects.get(pk=draft.root_id)
    committee = Organization.objects.get(pk=draft.committee_id)
    plan_rules.check_can_plan(root, committee, authority_of(by, today))
    rules.check_still_stands(committee, today)
    return Restructuring.objects.create(
        root=root,
        committee=committee,
        name=draft.name,
        origin=origin,
        facts_on=today,
        effective_on=draft.effective_on,
        basis=draft.basis,
        parameters=draft.parameters,
        choices=draft.choices,
        source=source,
        made_by=by,
        created_at=at,
        updated_at=at,
    )


def _today(plan: Restructuring, places: Workplaces, facts: Facts) -> dict[int, PlannedOrganization]:
    """Today's branches and general branches as planned ones, by their ids."""
    found: dict[int, PlannedOrganization] = {}
    kinds = (K.GENERAL_BRANCH, K.BRANCH, K.JOINT_BRANCH)
    rows = [one for one in facts.organizations.values() if one.kind in kinds and one.pk != plan.committee_id]
    hosts, heads = hosts_of(rows, places), secretaries([one.pk for one in rows], facts.on)
    known = {member.person_id for member in facts.members}
    for rank, one in enumerate(sorted(rows, key=lambda row: kinds.index(K(row.kind)))):
        found[one.pk] = PlannedOrganization.objects.create(
            restructuring=plan,
            kind=one.kind,
            name=one.name,
            above=found.get(one.parent_id or 0),
            unit_id=hosts.get(one.pk),
            continues=one,
            leader_id=heads[one.pk] if heads.get(one.pk) in known else None,
            rank=rank,
        )
    return found


def hosts_of(rows: list[Organization], places: Workplaces) -> dict[int, int]:
    """The unit in which each Party organization is set, of those that are set in one of this plan."""
    links = Organization.objects.filter(
        pk__in=[one.pk for one in rows], links_out__kind="set_in", links_out__ends_on=None
    ).values_list("pk", "links_out__target_id")
    return {one: unit for one, unit in links if unit in places.nodes}


def _copied(old: Restructuring, plan: Restructuring) -> dict[int, PlannedOrganization]:
    """The planned organizations of another plan, by their ids there; what has ended since is not continued."""
    found: dict[int, PlannedOrganization] = {}
    rows = old.planned.select_related("continues", "founded")
    for row in sorted(rows, key=lambda one: (not one.is_general, one.rank, one.pk)):
        continues = row.founded or row.continues
        found[row.pk] = PlannedOrganization.objects.create(
            restructuring=plan,
            kind=row.kind,
            name=row.name,
            above=found.get(row.above_id or 0),
            unit_id=row.unit_id,
            continues=continues if continues is not None and continues.ends_on is None else None,
            leader_id=row.leader_id,
            rank=row.rank,
            reasons=row.reasons,
            next_best=row.next_best,
            is_touched=row.is_touched,
        )
    return found


def _by_section(old: Restructuring) -> dict[int | None, int | None]:
    """Where most members of a section were placed: there a newcomer goes."""
    found: dict[int | None, dict[int | None, int]] = {}
    for section, planned in old.seats.exclude(section=None).values_list("section_id", "planned_id"):
        counts = found.setdefault(section, {})
        counts[planned] = counts.get(planned, 0) + 1
    return {section: max(counts, key=lambda one: (counts[one], -(one or 0))) for section, counts in found.items()}


def _signed(by: User | None, at: datetime) -> dict[str, Any]:
    return {"by_id": by.pk if by else None, "at": at}
