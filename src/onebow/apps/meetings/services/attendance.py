"""Who was there: everybody due, but for the exceptions that were told."""

from collections.abc import Iterable, Sequence
from datetime import date

from onebow.apps.base.filters import day
from onebow.apps.base.refusals import Refused
from onebow.apps.meetings import rules
from onebow.apps.meetings.models import Attendance, Meeting, MeetingKind
from onebow.apps.meetings.queries.due import Due, due_people
from onebow.apps.meetings.services.drafts import RecordDraft
from onebow.apps.organizations.models import Organization, Person

ABSENT = "absent"
S, Q = Attendance.State, MeetingKind.Quorum


def set_attendance(
    meeting: Meeting, draft: RecordDraft, kinds: Sequence[MeetingKind], units: Iterable[Organization], today: date
) -> rules.Count:
    """Write a row for each who was due and each who came besides; tells who of them counts.

    Raises:
        Refused: nobody due, nobody present, an exception who was not due, or somebody who is not known.
    """
    due = _due(meeting, draft, units, today)
    exceptions = _exceptions(due, draft)
    if all(one.person.pk in exceptions for one in due) and not draft.guests:
        raise Refused("没有人出席,不能记录为已召开;没有开成的请取消会议,或登记未落实的原因。")
    rows = [_row(meeting, one, exceptions.get(one.person.pk, "")) for one in due]
    known = {one.person.pk for one in due}
    rows += [
        Attendance(meeting=meeting, person=person, state=S.PRESENT, is_due=False)
        for person in _people(draft.guests)
        if person.pk not in known
    ]
    meeting.attendance.all().delete()
    Attendance.objects.bulk_create(rows)
    return _count(rows, kinds, draft.held_on)


def _due(meeting: Meeting, draft: RecordDraft, units: Iterable[Organization], today: date) -> list[Due]:
    due = due_people(meeting.organization, meeting.kind, draft.held_on, today, units)
    known = {one.person.pk for one in due}
    due += [Due(person) for person in _people(draft.invited) if person.pk not in known]
    if due:
        return due
    if meeting.kind.due_to == MeetingKind.DueTo.INVITED:
        raise Refused("请选择参加人员。")
    what = meeting.kind.get_due_to_display()
    raise Refused(f"“{meeting.organization.name}”在{day(draft.held_on)}没有登记的{what},请核对日期,或先登记人员。")


def _exceptions(due: Iterable[Due], draft: RecordDraft) -> dict[int, str]:
    names = {one.person.pk: one.person.name for one in due}
    if strange := next((pk for pk, _ in draft.exceptions if pk not in names), None):
        name = Person.objects.filter(pk=strange).values_list("name", flat=True).first() or "所选人员"
        raise Refused(f"{name}在{day(draft.held_on)}不在应到人员中,请按这一天的名单重新核对请假和缺席。")
    return dict(draft.exceptions)


def _row(meeting: Meeting, one: Due, told: str) -> Attendance:
    state = S.PRESENT if not told else S.ABSENT if told == ABSENT else S.LEAVE
    reason = told if state == S.LEAVE else ""
    return Attendance(meeting=meeting, person=one.person, state=state, reason=reason, is_due=True, votes=one.votes)


def _people(ids: Sequence[int]) -> list[Person]:
    people = list(Person.objects.filter(pk__in=ids, merged_into=None).order_by("pinyin", "pk"))
    if len(people) < len(set(ids)):
        raise Refused("所选人员中有的已经合并或删除,请重新选择。")
    return people


def _count(rows: Iterable[Attendance], kinds: Iterable[MeetingKind], on: date) -> rules.Count:
    """Those who may vote where a quorum is asked for, else all who were due."""
    ruled = rules.quorum_kind(kinds)
    counted = [row for row in rows if row.is_due and (row.votes or ruled is None)]
    present = sum(row.state == S.PRESENT for row in counted)
    needed = rules.needed_of(ruled.quorum, len(counted), on) if ruled else 0
    return rules.Count(len(counted), present, needed)
