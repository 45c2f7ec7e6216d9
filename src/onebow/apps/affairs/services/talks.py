"""Talks recorded as held: several of a day at once, each a meeting of its own."""

from collections.abc import Sequence
from datetime import date, datetime

from onebow.apps.accounts.models import User
from onebow.apps.affairs.queries.talks.reading import TALK
from onebow.apps.base.filters import day
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write_alone
from onebow.apps.meetings import rules
from onebow.apps.meetings.models import Attendance, Meeting, MeetingKind
from onebow.apps.meetings.queries.kinds import kinds_for
from onebow.apps.meetings.services.drafts import RecordDraft, local_day
from onebow.apps.meetings.services.recording import record_meetings
from onebow.apps.organizations.models import Membership, Organization, Person
from onebow.apps.organizations.models.organizations import within
from onebow.apps.organizations.queries.reach import authority_of

MOST_AT_ONCE = 20


@write_alone()
def record_talks(
    organization_id: int, on: date, pairs: Sequence[tuple[int, int]], *, by: User | None, at: datetime
) -> list[Meeting]:
    """Record talks of two people each, held by a branch on a day: all of them or none.

    Raises:
        Refused: `by` may not, a day ahead, no kind of talks there, no pair or too many, a pair twice or recorded
            already, or somebody who did not belong to the branch that day.
    """
    today = local_day(at)
    branch = Organization.objects.get(pk=organization_id)
    rules.check_can_write(branch, authority_of(by, today), today)
    rules.check_day(branch, on, today)
    kind = talk_kind(branch, today)
    _check_pairs(branch, on, pairs)
    drafts = [RecordDraft(on, kind.usual_hours, kind.name, invited=pair) for pair in pairs]
    return record_meetings(branch.pk, kind.pk, drafts, by=by, at=at)


def talk_kind(branch: Organization, on: date) -> MeetingKind:
    """The kind of meetings that a talk is there.

    Raises:
        Refused: none is in force.
    """
    kind = next((one for one in kinds_for(branch, on) if one.key == TALK), None)
    if kind is None:
        raise Refused(f"“{branch.name}”还没有“谈心谈话”这类会议,请先由党务干部在“工作法”中应用组织生活基本制度。")
    return kind


def _check_pairs(branch: Organization, on: date, pairs: Sequence[tuple[int, int]]) -> None:
    if not 0 < len(pairs) <= MOST_AT_ONCE:
        raise Refused(f"请选择 1 至 {MOST_AT_ONCE} 对谈话人。")
    names = dict(Person.objects.filter(pk__in={pk for pair in pairs for pk in pair}).values_list("pk", "name"))
    held = _held(branch, on)
    members = set(
        Membership.objects.on(on)
        .filter(within(branch.path, "organization__path"), side=Membership.Side.PARTY)
        .values_list("person", flat=True)
    )
    seen: set[frozenset[int]] = set()
    for pair in pairs:
        told, both = "、".join(names.get(pk, "所选人员") for pk in pair), frozenset(pair)
        if len(both) < 2:
            raise Refused(f"{names.get(pair[0], '所选人员')}不能和自己谈话,请重新选择。")
        if stranger := next((pk for pk in pair if pk not in members), None):
            raise Refused(f"{names.get(stranger, '所选人员')}在{day(on)}不是“{branch.name}”的党员,请核对日期。")
        if both in seen:
            raise Refused(f"{told}选了两次,同一天只记一次。")
        if both in held:
            raise Refused(f"{told}在{day(on)}的谈话已经记录过。")
        seen.add(both)


def _held(branch: Organization, on: date) -> set[frozenset[int]]:
    """Who talked that day already."""
    rows = Attendance.objects.filter(
        meeting__organization=branch, meeting__kind__key=TALK, meeting__held_on=on,
        meeting__state=Meeting.State.HELD, state=Attendance.State.PRESENT,
    )  # fmt: skip
    people: dict[int, set[int]] = {}
    for meeting, person in rows.values_list("meeting", "person"):
        people.setdefault(meeting, set()).add(person)
    return {frozenset(both) for both in people.values()}
