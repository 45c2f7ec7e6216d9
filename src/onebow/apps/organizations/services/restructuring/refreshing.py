"""Taking over what changed among the members since a draft was made."""

from collections import Counter, defaultdict
from datetime import datetime

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.ledger.services import Event, record
from onebow.apps.organizations import rules
from onebow.apps.organizations.models import PlannedOrganization, Restructuring, Seat
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.organizations.queries.restructuring.facts import Facts, Member
from onebow.apps.organizations.queries.restructuring.kinds import kind_of
from onebow.apps.organizations.queries.restructuring.plan import Plan, plan_of
from onebow.apps.organizations.queries.restructuring.stale import ended_organizations, stale_lines
from onebow.apps.organizations.rules import restructuring as plan_rules
from onebow.apps.organizations.services.restructuring.drafts import facts_of, seat_members


@write()
def refresh_seats(plan_id: int, *, by: User, at: datetime) -> int:
    """Bring a draft up to the members of today; returns how many lines were taken over.

    Who moved with the members of a section goes where its new section goes; a newcomer as well.

    Raises:
        Refused: no draft, or nothing changed.
    """
    plan = Restructuring.objects.select_for_update(of=("self",)).select_related("root", "committee").get(pk=plan_id)
    today = timezone.localdate(at)
    rules.check_can_manage(plan.root, authority_of(by, today))
    plan_rules.check_is_draft(plan)
    whole = plan_of(plan, today)
    _, facts = facts_of(plan, today)
    lines, ended = stale_lines(whole, facts), ended_organizations(whole, facts)
    if not lines and not ended:
        raise Refused("人员没有变化,不需要更新。")
    rows = {one.row.pk: one.row for one in whole.organizations}
    seat_members(plan, facts, _places(facts, whole.seats, rows))
    for row in rows.values():
        _let_go(row, whole, facts)
        _tidy(row, whole, plan)
    plan.version, plan.updated_at = plan.version + 1, at
    plan.save(update_fields=["version", "updated_at"])
    data = {"what": "更新人员", "members": len(lines)}
    record(Event("restructuring.changed", plan.root_id, source=plan, data=data), by_id=by.pk, at=at)
    return len(lines) + len(ended)


def _places(
    facts: Facts, seats: list[Seat], rows: dict[int, PlannedOrganization]
) -> dict[int, PlannedOrganization | None]:
    usual = _usual(seats)
    then = {seat.person_id: seat for seat in seats}
    return {
        member.person_id: rows.get(_target(member, then.get(member.person_id), usual) or 0) for member in facts.members
    }


def _target(member: Member, seat: Seat | None, usual: dict[int | None, int | None]) -> int | None:
    """Where a member belongs now: who was where the section was follows the section, others stay as placed."""
    if seat is None:
        return usual.get(member.section_id)
    if member.section_id == seat.section_id or seat.planned_id != usual.get(seat.section_id):
        return seat.planned_id
    return usual.get(member.section_id, seat.planned_id)


def _usual(seats: list[Seat]) -> dict[int | None, int | None]:
    """The planned branch of most members of each section."""
    found: dict[int | None, Counter[int]] = defaultdict(Counter)
    for seat in seats:
        if seat.planned_id and seat.section_id:
            found[seat.section_id][seat.planned_id] += 1
    return {section: counts.most_common(1)[0][0] for section, counts in found.items()}


def _let_go(row: PlannedOrganization, whole: Plan, facts: Facts) -> None:
    """What stands no more is neither gone on with nor a place to be set in."""
    if row.continues_id and row.continues_id not in facts.organizations:
        row.continues = None
    if row.unit_id and row.unit_id not in whole.places.nodes:
        row.unit = None


def _tidy(row: PlannedOrganization, whole: Plan, plan: Restructuring) -> None:
    """A branch that nobody is left in goes; whose members changed may be of another kind, or lack its head."""
    seats = list(row.seats.all())
    if not row.is_general and not seats:
        row.delete()
        return
    if not row.is_general:
        row.kind = kind_of(seats, whole.places, plan.effective_on)
        if row.continues is not None and row.continues.kind != row.kind:
            row.continues = None
        if row.leader_id not in {seat.person_id for seat in seats}:
            row.leader = None
    row.save()
