"""Changes of a draft by hand."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.ledger.services import Event, record
from onebow.apps.organizations import rules
from onebow.apps.organizations.models import (
    Link,
    Organization,
    PlannedOrganization,
    PlanReason,
    Restructuring,
    Seat,
)
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.organizations.queries.restructuring.checks import findings_of
from onebow.apps.organizations.queries.restructuring.kinds import kind_of
from onebow.apps.organizations.queries.restructuring.plan import plan_of
from onebow.apps.organizations.queries.restructuring.workplaces import Workplaces, workplaces_of
from onebow.apps.organizations.rules import restructuring as plan_rules
from onebow.apps.organizations.services.restructuring.drafts import facts_of
from onebow.apps.organizations.services.restructuring.filling import lead_generals
from onebow.apps.organizations.services.restructuring.naming import branch_name, number

K = Organization.Kind


@dataclass(frozen=True)
class Move:
    """Members to another planned branch; without `to_id` a new one is planned for them."""

    seat_ids: tuple[int, ...]
    to_id: int | None
    version: int


@write()
def move_members(plan_id: int, move: Move, *, by: User, at: datetime) -> PlannedOrganization:
    """Place members in another planned branch; a branch that nobody is left in is planned no more.

    Raises:
        Refused: no draft, another's change came first, no members, or the target is a general branch.
    """
    plan = _editable(plan_id, by, at)
    plan_rules.check_version(plan, move.version)
    seats = list(plan.seats.filter(pk__in=move.seat_ids).select_related("planned"))
    if not seats or len(seats) < len(set(move.seat_ids)):
        raise Refused("没有选中可以移动的党员,请刷新页面后再试。")
    places = workplaces_of(plan.root, timezone.localdate(at), timezone.localdate(at), plan.choices)
    target = _planned(plan, move.to_id) if move.to_id else _new_branch(plan, seats, places)
    plan_rules.check_can_take_members(target)
    left = {seat.planned_id for seat in seats} - {None, target.pk}
    plan.seats.filter(pk__in=[seat.pk for seat in seats]).update(planned=target)
    for row in plan.planned.filter(pk__in={*left, target.pk}):
        _settle(row, places, plan)
    _changed(plan, "调整党员", target.pk, len(seats), by, at)
    return target


@write()
def change_planned(planned_id: int, changes: dict[str, Any], *, version: int, by: User, at: datetime) -> None:
    """Change name, general branch above, provisional head, or what of today it continues.

    Raises:
        Refused: no draft, another's change came first, the name stands twice, a head who is no full member of it, or
            kinds that do not fit.
    """
    row = PlannedOrganization.objects.select_related("restructuring").get(pk=planned_id)
    plan = _editable(row.restructuring_id, by, at)
    plan_rules.check_version(plan, version)
    if "above" in changes:
        plan_rules.check_can_stand_under(row, changes["above"])
    plan_rules.check_can_continue(row, changes.get("continues"))
    name = changes.get("name", row.name)
    if plan.planned.filter(name=name, above=changes.get("above", row.above)).exclude(pk=row.pk).exists():
        raise Refused(f"方案中已有名为“{name}”的组织,请换一个名称。")
    if leader := changes.get("leader"):
        _check_can_head(row, leader.pk)
    _check_continued_once(plan, row, changes.get("continues"))
    for field, value in changes.items():
        setattr(row, field, value)
    row.is_touched = True
    row.save()
    _changed(plan, "拟设组织", row.pk, 0, by, at)


@write()
def open_general(plan_id: int, unit_id: int, name: str, *, version: int, by: User, at: datetime) -> PlannedOrganization:
    """Plan a general branch in a unit; the branches of the unit come under it.

    Raises:
        Refused: no draft, another's change came first, the unit has one in the plan, or it would stand under another.
    """
    plan = _editable(plan_id, by, at)
    plan_rules.check_version(plan, version)
    today = timezone.localdate(at)
    whole = plan_of(plan, today)
    plan_rules.check_can_open_general(plan, any(one.row.unit_id == unit_id for one in whole.generals))
    standing = _standing_general(plan, unit_id, today)
    general = PlannedOrganization.objects.create(
        restructuring=plan,
        kind=K.GENERAL_BRANCH,
        name=standing.name if standing else name,
        unit_id=unit_id,
        continues=standing,
        is_touched=True,
    )
    below: set[int] = set()
    for one in whole.branches:
        if one.sections and {whole.places.unit_of(section) for section in one.sections} == {unit_id}:
            PlannedOrganization.objects.filter(pk=one.row.pk).update(above=general, unit=None)
            below |= {seat.person_id for seat in one.seats}
    places, facts = facts_of(plan, today)
    members = [member for member in facts.members if member.person_id in below]
    lead_generals({general.pk: general}, {general.pk: members}, places, facts)
    _changed(plan, "开设党总支", general.pk, 0, by, at)
    return general


@write()
def drop_general(planned_id: int, *, version: int, by: User, at: datetime) -> None:
    """Plan no general branch: its branches stand under the committee.

    Raises:
        Refused: no draft, another's change came first, or it is no general branch.
    """
    row = PlannedOrganization.objects.get(pk=planned_id)
    plan = _editable(row.restructuring_id, by, at)
    plan_rules.check_version(plan, version)
    if not row.is_general:
        raise Refused(f"“{row.name}”不是党总支。")
    row.below.update(above=None)
    row.delete()
    _changed(plan, "取消党总支", None, 0, by, at)


@write()
def give_reason(planned_id: int, rule: str, reason: str, *, by: User, at: datetime) -> PlanReason:
    """Say why a planned organization stands out against a rule that says 一般.

    Raises:
        Refused: no draft, no such finding, or a rule that allows no exception.
    """
    row = PlannedOrganization.objects.get(pk=planned_id)
    plan = _editable(row.restructuring_id, by, at)
    found = {
        (one.planned_id, one.finding.rule.id): one.finding for one in findings_of(plan_of(plan, timezone.localdate(at)))
    }
    finding = found.get((planned_id, rule))
    rules.check_can_set_aside(finding, _named(row))
    plan_rules.check_says_why(reason)
    assert finding is not None  # noqa: S101 (the rule above refused)
    told, _ = PlanReason.objects.update_or_create(
        planned=row,
        rule=rule,
        defaults={"facts": dict(finding.facts), "reason": reason, "made_by": by, "made_at": at},
    )
    _changed(plan, "说明理由", row.pk, 0, by, at)
    return told


def _named(row: PlannedOrganization) -> Organization:
    """The planned organization, as far as a sentence about it needs one."""
    return Organization(name=row.name, kind=row.kind)


def _editable(plan_id: int, by: User, at: datetime) -> Restructuring:
    plan = Restructuring.objects.select_for_update(of=("self",)).select_related("root", "committee").get(pk=plan_id)
    rules.check_can_manage(plan.root, authority_of(by, timezone.localdate(at)))
    plan_rules.check_is_draft(plan)
    return plan


def _planned(plan: Restructuring, planned_id: int) -> PlannedOrganization:
    row = plan.planned.filter(pk=planned_id).first()
    if row is None:
        raise Refused("所选的支部已不在方案中,请刷新页面后再试。")
    return row


def _new_branch(plan: Restructuring, seats: list[Seat], places: Workplaces) -> PlannedOrganization:
    """A branch for members whom no present one shall have, named after where most of them work."""
    sections = [seat.section_id for seat in seats if seat.section_id]
    first = max(sections, key=lambda one: (sections.count(one), -one), default=None)
    node = places.nodes.get(first or 0)
    wanted = branch_name([node.name], "", is_ambiguous=False, is_joint=False) if node else "新设党支部"
    names, name, count = set(plan.planned.values_list("name", flat=True)), wanted, 1
    while name in names:
        count += 1
        name = f"{wanted.removesuffix('党支部')}第{number(count)}党支部"
    old = seats[0].planned
    last = plan.planned.order_by("-rank").values_list("rank", flat=True).first() or 0
    return PlannedOrganization.objects.create(
        restructuring=plan, kind=K.BRANCH, name=name, above=old.above if old else None, rank=last + 1, is_touched=True
    )


def _standing_general(plan: Restructuring, unit_id: int, today: date) -> Organization | None:
    """The general branch that stands in a unit today and that nothing in the plan continues."""
    hosts = Link.objects.on(today).filter(kind=Link.Kind.SET_IN, target=unit_id)
    rows = Organization.objects.on(today).filter(kind=K.GENERAL_BRANCH, links_out__in=hosts)
    taken = plan.planned.exclude(continues=None).values("continues")
    return rows.exclude(pk__in=taken).exclude(pk=plan.committee_id).order_by("pk").first()


def _settle(row: PlannedOrganization, places: Workplaces, plan: Restructuring) -> None:
    """After members came or went: nobody left, another kind, a head who is gone, reasons that fit no more."""
    seats = list(row.seats.all())
    if not seats:
        row.delete()
        return
    row.is_touched, row.reasons, row.next_best = True, [], None
    row.kind = kind_of(seats, places, plan.effective_on)
    if row.continues_id and row.continues is not None and row.continues.kind != row.kind:
        row.continues = None
    if row.leader_id not in {seat.person_id for seat in seats}:
        row.leader = None
    row.save()


def _check_can_head(row: PlannedOrganization, person_id: int) -> None:
    seats = Seat.objects.filter(planned__above=row) if row.is_general else row.seats
    seat = seats.filter(person_id=person_id).select_related("person").first()
    if seat is None:
        raise Refused(f"负责人应是编入“{row.name}”的党员。")
    if not seat.is_full:
        raise Refused(f"{seat.person.name}在实施日期还不是正式党员,不能指定为负责人。")


def _check_continued_once(plan: Restructuring, row: PlannedOrganization, organization: Organization | None) -> None:
    if organization is None:
        return
    other = plan.planned.filter(continues=organization).exclude(pk=row.pk).first()
    if other is not None:
        raise Refused(f"“{organization.name}”已由“{other.name}”沿用,一个组织只能沿用一次。")


def _changed(plan: Restructuring, what: str, planned_id: int | None, members: int, by: User, at: datetime) -> None:
    plan.version, plan.updated_at = plan.version + 1, at
    plan.save(update_fields=["version", "updated_at"])
    data = {"what": what, "planned": planned_id, "members": members}
    record(Event("restructuring.changed", plan.root_id, source=plan, data=data), by_id=by.pk, at=at)
