"""Turning the answer of the core into planned organizations with their members."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onebow.apps.organizations.models import Organization, PlannedOrganization, Restructuring
from onebow.apps.organizations.queries.restructuring.facts import Facts, Member
from onebow.apps.organizations.queries.restructuring.kinds import kind_of
from onebow.apps.organizations.queries.restructuring.leaders import heads_of_generals, leaders_for
from onebow.apps.organizations.queries.restructuring.workplaces import Workplaces, workplaces_of
from onebow.apps.organizations.services.restructuring.drafts import hosts_of, seat_members
from onebow.apps.organizations.services.restructuring.naming import branch_name, numbered

K = Organization.Kind
# A unit with at least so many branches is given a general branch.
BRANCHES_OF_GENERAL = 2
CONTINUED = "M5-CONTINUED"


@dataclass(frozen=True)
class Proposed:
    """A branch of the answer, in our words."""

    told: dict[str, Any]
    members: tuple[Member, ...]
    # The units of its members' sections, those with most members first.
    units: tuple[int, ...]
    body: int
    kind: str

    @property
    def continues_id(self) -> int | None:
        """The branch of today that goes on as this one."""
        return int(self.told["continues"]) if self.told["continues"] else None


def fill(plan: Restructuring, output: dict[str, Any], facts: Facts) -> None:
    """Replace what the draft holds by the answer of the core."""
    places = workplaces_of(plan.root, facts.on, facts.on, plan.choices)
    by_id = {member.person_id: member for member in facts.members}
    proposed = [one for told in output["branches"] if (one := _proposed(told, by_id, places, plan))]
    plan.seats.update(planned=None)
    plan.planned.filter(above__isnull=False).delete()
    plan.planned.all().delete()
    generals = _generals(plan, proposed, places, facts)
    rows = _branches(plan, proposed, generals, places, facts)
    _choose_leaders(rows, proposed, facts)
    _choose_general_leaders(generals, rows, proposed, places, facts)
    seats: dict[int, PlannedOrganization | None] = {
        member.person_id: row for row, one in zip(rows, proposed, strict=True) for member in one.members
    }
    seat_members(plan, facts, {**_others(facts, rows, seats), **seats})


def _proposed(
    told: dict[str, Any], by_id: dict[int, Member], places: Workplaces, plan: Restructuring
) -> Proposed | None:
    """The branch with whoever still works here; None if nobody does."""
    here = (by_id.get(int(number)) for number in told["members"])
    members = tuple(member for member in here if member and member.section_id in places.nodes)
    if not members:
        return None
    counts = Counter(places.unit_of(member.section_id) for member in members if member.section_id)
    units = tuple(unit for unit, _ in counts.most_common())
    bodies = Counter(places.body_of(member.section_id) for member in members if member.section_id)
    return Proposed(told, members, units, bodies.most_common(1)[0][0], kind_of(members, places, plan.effective_on))


def _generals(
    plan: Restructuring, proposed: list[Proposed], places: Workplaces, facts: Facts
) -> dict[int, PlannedOrganization]:
    """A general branch for each unit with several branches, but for the organ itself; unit → general branch."""
    wanted = Counter(one.body for one in proposed)
    chosen = plan.choices.get("generals", {})
    standing = [one for one in facts.organizations.values() if one.kind == K.GENERAL_BRANCH]
    standing = [one for one in standing if one.pk != plan.committee_id]
    hosts = {unit: number for number, unit in hosts_of(standing, places).items()}
    rows: dict[int, PlannedOrganization] = {}
    for unit in places.units:
        wished = chosen.get(str(unit), not places.is_organ(unit))
        if not wished or wanted[unit] < BRANCHES_OF_GENERAL or plan.committee.kind == K.GENERAL_BRANCH:
            continue
        present = facts.organizations.get(hosts.get(unit, 0))
        rows[unit] = PlannedOrganization.objects.create(
            restructuring=plan,
            kind=K.GENERAL_BRANCH,
            name=present.name if present else f"{places.nodes[unit].name}党总支",
            unit_id=unit,
            continues=present,
            rank=len(rows),
        )
    return rows


def _branches(
    plan: Restructuring,
    proposed: list[Proposed],
    generals: dict[int, PlannedOrganization],
    places: Workplaces,
    facts: Facts,
) -> list[PlannedOrganization]:
    per_body = Counter(one.body for one in proposed)
    names = numbered(_names(proposed, places))
    rows = []
    for rank, (one, name) in enumerate(zip(proposed, names, strict=True), start=len(generals)):
        # The only branch of a unit is its Party organization.
        alone = per_body[one.body] == 1 and len(one.units) == 1 and not places.is_organ(one.units[0])
        rows.append(
            PlannedOrganization(
                restructuring=plan,
                kind=one.kind,
                name=name,
                above=generals.get(one.body),
                unit_id=one.units[0] if alone else None,
                continues=_continued(one, facts),
                rank=rank,
                reasons=_reasons(one, facts),
                next_best=one.told.get("next_best"),
            )
        )
    return PlannedOrganization.objects.bulk_create(rows)


def _continued(one: Proposed, facts: Facts) -> Organization | None:
    """The branch of today that goes on; one of another kind cannot."""
    branch = facts.organizations.get(one.continues_id or 0)
    return branch if branch is not None and branch.kind == one.kind else None


def _reasons(one: Proposed, facts: Facts) -> list[dict[str, str]]:
    """Why, in words; the core knows branches of today by number only."""
    told = [reason for reason in one.told["reasons"] if reason["rule"] != CONTINUED]
    if branch := _continued(one, facts):
        kept = sum(member.branch_id == branch.pk for member in one.members)
        words = f"沿用“{branch.name}”:{len(one.members)} 名党员中 {kept} 名不变动"
        told.append({"rule": CONTINUED, "words": words})
    return told


def _names(proposed: list[Proposed], places: Workplaces) -> list[str]:
    held: dict[str, set[int]] = defaultdict(set)
    for section in places.sections:
        held[places.nodes[section].name].add(section)
    told = []
    for one in proposed:
        counts = Counter(member.section_id for member in one.members if member.section_id)
        sections = [section for section, _ in counts.most_common()]
        first = places.nodes[sections[0]]
        unit = places.nodes[places.unit_of(sections[0])].name
        told.append(
            branch_name(
                [places.nodes[section].name for section in sections],
                unit,
                is_ambiguous=len(held[first.name]) > 1,
                is_joint=one.kind == K.JOINT_BRANCH,
            )
        )
    return told


def _choose_leaders(rows: list[PlannedOrganization], proposed: list[Proposed], facts: Facts) -> None:
    """The head of a section first, as the core says; else who would come next by the rules of elections."""
    told = {index: int(one.told["secretary"]) for index, one in enumerate(proposed) if _is_led(one)}
    lacking = {index: one.members for index, one in enumerate(proposed) if index not in told}
    told |= leaders_for(lacking, facts.on)
    for index, row in enumerate(rows):
        row.leader_id = told.get(index)
    PlannedOrganization.objects.bulk_update(rows, ["leader"])


def _choose_general_leaders(
    generals: dict[int, PlannedOrganization],
    rows: list[PlannedOrganization],
    proposed: list[Proposed],
    places: Workplaces,
    facts: Facts,
) -> None:
    below: dict[int, list[Member]] = defaultdict(list)
    for row, one in zip(rows, proposed, strict=True):
        if row.above_id:
            below[row.above_id] += one.members
    lead_generals({general.pk: general for general in generals.values()}, below, places, facts)


def lead_generals(
    generals: Mapping[int, PlannedOrganization],
    below: Mapping[int, Sequence[Member]],
    places: Workplaces,
    facts: Facts,
) -> None:
    """Name who would head each general branch, with the reason where it is a guess."""
    asked = {pk: (general.unit_id, below.get(pk, ())) for pk, general in generals.items()}
    heads = heads_of_generals(asked, places, facts)
    for pk, head in heads.items():
        general = generals[pk]
        general.leader_id = head.person_id
        if head.words:
            told = {"rule": PlannedOrganization.LEADER, "words": head.words, "person": str(head.person_id)}
            general.reasons = [*general.reasons, told]
    PlannedOrganization.objects.bulk_update([generals[pk] for pk in heads], ["leader", "reasons"])


def _is_led(one: Proposed) -> bool:
    """Whether whom the core named is a full member of the branch still."""
    return any(str(member.person_id) == one.told["secretary"] and member.is_full for member in one.members)


def _others(
    facts: Facts, rows: list[PlannedOrganization], seats: dict[int, PlannedOrganization | None]
) -> dict[int, PlannedOrganization | None]:
    """Members who work nowhere in the unit: where theirs goes on, else where most of their branch went."""
    continued = {row.continues_id: row for row in rows if row.continues_id}
    went: dict[int | None, Counter[PlannedOrganization]] = defaultdict(Counter)
    for member in facts.members:
        if placed := seats.get(member.person_id):
            went[member.branch_id][placed] += 1
    found: dict[int, PlannedOrganization | None] = {}
    for member in facts.members:
        if member.section_id is None and member.branch_id:
            most = went[member.branch_id].most_common(1)
            found[member.person_id] = continued.get(member.branch_id) or (most[0][0] if most else None)
    return found
