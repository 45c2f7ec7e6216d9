"""Moving the Party relations of members."""

from datetime import date

from django.db.models import F

from onebow.apps.accounts.models import User
from onebow.apps.base.bulk import insert_rows
from onebow.apps.base.filters import day
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.services import Event
from onebow.apps.organizations.models import Membership, Organization, Seat
from onebow.apps.organizations.services.restructuring.enactment import Enactment

Side = Membership.Side


def move(deed: Enactment) -> None:
    """Whoever stays in a branch that goes on keeps the relation, in its group as well; the others move on the day."""
    targets = {
        seat.person_id: deed.made[one.row.pk]
        for one in deed.plan.branches
        for seat in one.seats
        if not _stays(seat, deed.made[one.row.pk])
    }
    rows = Membership.objects.not_ended(deed.on).filter(person__in=targets, side=Side.PARTY)
    old = list(rows.select_related("person", "source").order_by("person_id", "pk"))
    _check_can_end(old, deed)
    # Whose leaving is known already leaves the new branch on that day.
    until = {row.person_id: row.ends_on for row in old}
    Membership.objects.filter(pk__in=[row.pk for row in old]).update(ends_on=deed.on, updated_at=deed.at)
    new = [_new(deed, person_id, target, until.get(person_id)) for person_id, target in targets.items()]
    insert_rows(new)
    User.objects.filter(person__in=targets).update(rights_version=F("rights_version") + 1)
    deed.moved_count = len(new)
    deed.events += [_event("membership.ended", row, deed) for row in old]
    deed.events += [_event("membership.started", row, deed) for row in new]


def _stays(seat: Seat, target: Organization) -> bool:
    return seat.branch_id == target.pk


def _check_can_end(rows: list[Membership], deed: Enactment) -> None:
    """What began on the day or later, or was still said by a later roster, cannot end on the day."""
    late = [
        row
        for row in rows
        if (row.starts_on and row.starts_on >= deed.on) or (row.source and row.source.effective_on > deed.on)
    ]
    if late:
        names = "、".join(row.person.name for row in late[:3])
        raise Refused(
            f"{names}{'等' if len(late) > 3 else ''} {len(late)} 名党员在{day(deed.on)}当天或之后才编入现在的支部,"
            "实施日期须晚于这一天。"
        )


def _new(deed: Enactment, person_id: int, target: Organization, until: date | None) -> Membership:
    return Membership(
        person_id=person_id,
        organization=target,
        side=Side.PARTY,
        basis=deed.basis[:200],
        starts_on=deed.on,
        ends_on=until,
        created_at=deed.at,
        updated_at=deed.at,
    )


def _event(kind: str, row: Membership, deed: Enactment) -> Event:
    people = ((row.person_id, "subject"),)
    return Event(kind, row.organization_id, people, source=row, data={"side": row.side}, happened_on=deed.on)
