"""What is said of an occurrence: when it is planned, that it is excused or missed, and taking that back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.ledger.services import Event, record
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.plans.models import Occurrence
from onebow.apps.plans.queries.duties.states import with_states
from onebow.apps.plans.rules import duties as rules

MOST_AT_ONCE = 400
LONGEST_TEXT = 300


@dataclass(frozen=True)
class PlanLine:
    """When an occurrence is planned, and on what; both empty to take it back."""

    occurrence_id: int
    planned_on: date | None
    topic: str = ""
    # That which the form was opened with; None: whatever stands.
    version: int | None = None


@write()
def plan_occurrence(
    occurrence_id: int, planned_on: date | None, topic: str, *, version: int, by: User | None, at: datetime
) -> Occurrence:
    """Say on which day it is planned and on what.

    Raises:
        Refused: `by` does not lead the organization, the day lies outside, or somebody else changed it meanwhile.
    """
    row = _opened(occurrence_id, by, at)
    _take_version(row, version)
    rules.check_day(row, planned_on, timezone.localdate(at))
    row.planned_on, row.topic = planned_on, topic.strip()
    row.save(update_fields=["planned_on", "topic"])
    told: dict[str, object] = {"planned_on": planned_on.isoformat() if planned_on else None}
    record(_event("duty.planned", row, told), by_id=by.pk if by else None, at=at)
    return row


@write()
def plan_occurrences(organization_id: int, lines: Sequence[PlanLine], *, by: User | None, at: datetime) -> int:
    """Plan many of one organization at once. Returns how many changed; none changed is no entry.

    Raises:
        Refused: `by` does not lead the organization, an occurrence is not its own, a day lies outside, or somebody
            else changed one meanwhile.
    """
    organization, today = Organization.objects.get(pk=organization_id), timezone.localdate(at)
    rules.check_can_say(organization, authority_of(by, today))
    if len(lines) > MOST_AT_ONCE:
        raise Refused(f"一次最多安排 {MOST_AT_ONCE} 项,请分批保存。")
    rows = Occurrence.objects.select_for_update(of=("self",)).filter(organization=organization).select_related("duty")
    found = rows.in_bulk([line.occurrence_id for line in lines])
    changed = [row for line in lines if (row := _planned(found.get(line.occurrence_id), line, today)) is not None]
    for row in changed:
        row.version += 1
        row.save(update_fields=["planned_on", "topic", "version"])
    if changed:
        event = Event("duty.planned", organization.pk, data={"count": len(changed)})
        record(event, by_id=by.pk if by else None, at=at)
    return len(changed)


@write()
def excuse_occurrence(occurrence_id: int, basis: str, *, version: int, by: User | None, at: datetime) -> Occurrence:
    """Say that it need not be done, and on what ground (因故免开).

    Raises:
        Refused: no ground, it was done or something was said of it already, or `by` does not lead the organization.
    """
    row = _opened(occurrence_id, by, at)
    _take_version(row, version)
    rules.check_is_open(row)
    row.excused_on, row.excused_by, row.excuse = timezone.localdate(at), by, _text(basis, "免开的依据")
    row.save(update_fields=["excused_on", "excused_by", "excuse"])
    event = _event("duty.excused", row, {"occurrence": row.pk, "basis": row.excuse})
    record(event, by_id=by.pk if by else None, at=at)
    return row


@write()
def miss_occurrence(occurrence_id: int, reason: str, *, version: int, by: User | None, at: datetime) -> Occurrence:
    """Say that it was not done, and why (未落实). What is done for it afterwards makes it up (补课).

    Raises:
        Refused: no reason, it is not due yet, was done or something was said of it, or `by` does not lead.
    """
    row = _opened(occurrence_id, by, at)
    _take_version(row, version)
    rules.check_is_open(row)
    rules.check_is_over(row, timezone.localdate(at))
    row.missed_on, row.missed_by, row.miss_reason = timezone.localdate(at), by, _text(reason, "未落实的原因")
    row.save(update_fields=["missed_on", "missed_by", "miss_reason"])
    event = _event("duty.missed", row, {"occurrence": row.pk, "reason": row.miss_reason})
    record(event, by_id=by.pk if by else None, at=at)
    return row


@write()
def restore_occurrence(occurrence_id: int, *, version: int, by: User | None, at: datetime) -> Occurrence:
    """Take back that it was excused or missed.

    Raises:
        Refused: nothing was said of it, or `by` does not lead the organization.
    """
    row = _opened(occurrence_id, by, at)
    _take_version(row, version)
    if row.excused_on is None and row.missed_on is None:
        raise Refused("这一项没有登记过免开或未落实,不需要撤销。")
    row.excused_on = row.excused_by = row.missed_on = row.missed_by = None
    row.excuse = row.miss_reason = ""
    row.save(update_fields=["excused_on", "excused_by", "excuse", "missed_on", "missed_by", "miss_reason"])
    event = _event("duty.restored", row, {"occurrence": row.pk})
    record(event, by_id=by.pk if by else None, at=at)
    return row


def _opened(occurrence_id: int, by: User | None, at: datetime) -> Occurrence:
    """The occurrence, locked, with its state of the day, for who may say something of it."""
    today = timezone.localdate(at)
    rows = Occurrence.objects.select_for_update(of=("self",)).select_related("organization", "duty")
    row = with_states(rows, today).get(pk=occurrence_id)
    rules.check_can_say(row.organization, authority_of(by, today))
    return row


def _take_version(row: Occurrence, version: int) -> None:
    """Refuse a form that was opened before somebody else's change."""
    if row.version != version:
        raise Refused(
            "这一项在您打开页面之后已被其他人修改,您的修改没有保存。您填写的内容仍在下面;核对后再提交一次,将以您填写的为准。",
            fresh={"version": row.version},
        )
    row.version += 1
    row.save(update_fields=["version"])


def _planned(row: Occurrence | None, line: PlanLine, today: date) -> Occurrence | None:
    """The row with what is planned; None where nothing changes."""
    if row is None:
        raise Refused("有的应办事项已经不在这个组织名下,请刷新页面后再填。")
    topic = line.topic.strip()
    if (row.planned_on, row.topic) == (line.planned_on, topic):
        return None
    if line.version is not None and line.version != row.version:
        raise Refused(
            f"“{row.duty.name}”({row.starts_on:%Y-%m}起的一期)在您打开页面之后已被其他人修改,您的修改没有保存。"
            "您填写的内容仍在下面;核对后再提交一次,将以您填写的为准。",
            fresh={f"version_{row.pk}": row.version},
        )
    rules.check_day(row, line.planned_on, today)
    row.planned_on, row.topic = line.planned_on, topic
    return row


def _text(text: str, what: str) -> str:
    if not text.strip():
        raise Refused(f"请写明{what}。")
    if len(text.strip()) > LONGEST_TEXT:
        raise Refused(f"{what}最多写 {LONGEST_TEXT} 个字。")
    return text.strip()


def _event(kind: str, row: Occurrence, data: dict[str, object]) -> Event:
    return Event(kind, row.organization_id, source=row, data=data)
