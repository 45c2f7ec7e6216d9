"""Recording a meeting: who was due, the quorum, what is kept, what is refused."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry, EntryBody
from onebow.apps.ledger.queries import people_of
from onebow.apps.meetings.models import Attendance, Meeting
from onebow.apps.meetings.services.drafts import RecordDraft
from onebow.apps.meetings.services.recording import correct_meeting, hold_meeting, record_meeting, void_meeting
from onebow.apps.meetings.tests.make import absent, hold, make_group, noon, plan, told
from onebow.apps.organizations.models import Post
from onebow.apps.organizations.tests.make import NOON, TODAY, appoint, join, make_user

DAY = timedelta(days=1)


def parts(meeting):
    return {row.person_id: (row.state, row.reason) for row in meeting.attendance.all()}


def test_everybody_due_is_present_but_for_the_exceptions(branch):
    east, south, *_ = branch.members
    meeting = hold(branch, exceptions=((east.pk, "sick"), (south.pk, "absent")))
    assert parts(meeting)[east.pk] == ("leave", "sick")
    assert parts(meeting)[south.pk] == ("absent", "")
    assert parts(meeting)[branch.candidate.pk] == ("present", "")
    assert meeting.attendance.count() == 6


def test_a_members_meeting_counts_full_members_and_needs_half_of_them(branch):
    meeting = hold(branch, exceptions=absent(*branch.members[:2]))
    assert (meeting.due, meeting.present, meeting.needed) == (5, 3, 3)
    assert meeting.is_quorate


def test_without_quorum_it_is_a_discussion_and_says_how_many_were_missing(branch):
    meeting = hold(branch, exceptions=absent(*branch.members[:3]))
    assert (meeting.present, meeting.needed, meeting.lacking) == (2, 3, 1)
    assert not meeting.is_quorate


def test_a_committee_needs_half_of_its_members(branch):
    for person in branch.members[:2]:
        appoint(person, branch.here, Post.Role.COMMITTEE_MEMBER)
    meeting = hold(branch, "committee", exceptions=absent(branch.members[0]))
    assert (meeting.due, meeting.present, meeting.needed) == (3, 2, 2)


def test_study_asks_for_no_quorum_and_counts_all_who_were_due(branch):
    meeting = hold(branch, "study", exceptions=absent(*branch.members))
    assert (meeting.due, meeting.present, meeting.needed) == (6, 2, 0)


def test_a_group_is_due_to_its_own_members_and_written_by_its_leader(branch):
    group = make_group(branch, *branch.members[:2])
    leader = make_user("leader", person=branch.members[0])
    meeting = hold(branch, "group_meeting", organization=group, by=leader)
    assert {row.person_id for row in meeting.attendance.all()} == {one.pk for one in branch.members[:2]}


def test_a_section_meets_with_all_who_work_in_it(branch):
    town = branch.town
    meeting = hold(branch, "weekly", organization=town.wages, by=town.officer)
    assert meeting.attendance.count() == 2


def test_invited_people_are_due_and_guests_are_not(branch):
    east, south, west, _ = branch.members
    meeting = hold(branch, "course", invited=(east.pk, south.pk), guests=(west.pk,))
    due = set(meeting.attendance.filter(is_due=True).values_list("person_id", flat=True))
    assert due == {east.pk, south.pk}
    assert parts(meeting)[west.pk] == ("present", "")
    assert meeting.due == 2


def test_joined_branches_are_due_too_but_no_voters_here(branch):
    meeting = hold(branch, units=(branch.town.second.pk,))
    assert meeting.attendance.count() == 7
    assert meeting.due == 5


def test_the_record_is_one_entry_with_its_people_and_hours(branch):
    meeting = hold(branch, exceptions=absent(branch.members[0]))
    entry = Entry.objects.get(pk=meeting.entry_id)
    assert (entry.kind, entry.amount, entry.happened_on) == ("meeting.held", Decimal(2), TODAY)
    assert dict(people_of([entry.pk])[entry.pk])[branch.members[0].pk] == "absent"
    assert entry.data["present"] == 4
    assert not entry.late


def test_what_was_said_stays_out_of_the_ledger(branch):
    meeting = hold(branch, minutes="逐段讨论")
    assert "逐段讨论" not in EntryBody.objects.get(entry=meeting.entry_id).canonical
    assert meeting.minutes == "逐段讨论"


def test_attachments_are_kept_and_their_digests_recorded(branch):
    meeting = hold(branch, uploads=[SimpleUploadedFile("签到.txt", b"signed")])
    row = meeting.attachments.select_related("file").get()
    assert row.file.name == "签到.txt"
    assert row.file.sha256 in Entry.objects.get(pk=meeting.entry_id).files


def test_more_than_ten_attachments_are_refused(branch):
    uploads = [SimpleUploadedFile(f"{n}.txt", b"x%d" % n) for n in range(11)]
    with pytest.raises(Refused, match="最多 10 个附件"):
        hold(branch, uploads=uploads)


def test_a_planned_meeting_is_held_once(branch):
    meeting = plan(branch)
    hold_meeting(meeting.pk, told(), version=1, by=branch.town.secretary, at=NOON)
    with pytest.raises(Refused, match="已召开"):
        hold_meeting(meeting.pk, told(), version=2, by=branch.town.secretary, at=NOON)


def test_the_recorder_named_may_record_it(branch):
    recorder = make_user("recorder", person=branch.members[3])
    meeting = plan(branch, recorder_id=branch.members[3].pk)
    held = hold_meeting(meeting.pk, told(), version=1, by=recorder, at=NOON)
    assert held.recorded_by == recorder


def test_whoever_leads_nobody_there_may_not(branch):
    with pytest.raises(Refused, match="由它的书记"):
        hold(branch, by=branch.town.member)


def test_two_who_record_the_same_meeting_do_not_overwrite_each_other(branch):
    meeting = hold(branch)
    correct_meeting(meeting.pk, told(title="甲"), version=1, by=branch.town.secretary, at=NOON)
    with pytest.raises(Refused, match="已被修改"):
        correct_meeting(meeting.pk, told(title="乙"), version=1, by=branch.town.officer, at=NOON)


def test_a_correction_is_a_new_entry_and_the_new_one_counts(branch):
    meeting = hold(branch)
    former = meeting.entry_id
    east = branch.members[0]
    again = told(hours=Decimal(3), exceptions=absent(east))
    corrected = correct_meeting(meeting.pk, again, version=1, by=branch.town.secretary, at=NOON)
    assert Entry.objects.get(pk=corrected.entry_id).correction_of_id == former
    assert parts(corrected)[east.pk] == ("absent", "")
    assert corrected.hours == 3


def test_a_record_taken_back_stays_readable_and_says_why(branch):
    meeting = hold(branch)
    void_meeting(meeting.pk, reason="日期记错,重复登记", by=branch.town.secretary, at=NOON)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.cancel_reason) == (Meeting.State.VOID, "日期记错,重复登记")


def test_taking_back_asks_for_a_reason(branch):
    meeting = hold(branch)
    with pytest.raises(Refused, match="原因"):
        void_meeting(meeting.pk, reason=" ", by=branch.town.secretary, at=NOON)


def test_a_day_ahead_is_refused(branch):
    with pytest.raises(Refused, match="不能晚于今天"):
        hold(branch, on=TODAY + DAY, at=NOON)


def test_a_meeting_of_a_branch_that_did_not_stand_yet_is_refused(branch):
    here = branch.here
    here.starts_on = TODAY
    here.save()
    with pytest.raises(Refused, match="才设立"):
        hold(branch, on=TODAY - DAY, at=NOON)


@pytest.mark.parametrize("hours", ["0", "-1", "24.5"])
def test_hours_that_no_meeting_takes_are_refused(branch, hours):
    with pytest.raises(Refused, match="时长"):
        hold(branch, hours=Decimal(hours))


def test_nobody_there_is_no_meeting(branch):
    everybody = absent(branch.secretary, *branch.members, branch.candidate)
    with pytest.raises(Refused, match="没有人出席"):
        hold(branch, exceptions=everybody)


def test_nobody_due_is_refused_in_words(branch):
    with pytest.raises(Refused, match="没有登记的"):
        record_meeting(branch.town.second.pk, branch.kinds["committee"].pk, told(), by=branch.town.officer, at=NOON)


def test_an_invited_kind_asks_whom(branch):
    with pytest.raises(Refused, match="请选择参加人员"):
        hold(branch, "course")


def test_an_exception_who_was_not_due_is_named(branch):
    other = branch.town.neighbour_person
    with pytest.raises(Refused, match="李河"):
        hold(branch, exceptions=absent(other))


def test_who_came_later_was_not_due_before(branch):
    late = branch.members[0]
    late.memberships.all().delete()
    join(late, branch.here, starts_on=TODAY)
    meeting = hold(branch, on=TODAY - DAY, at=NOON)
    assert late.pk not in parts(meeting)


def test_a_kind_of_another_side_is_refused(branch):
    with pytest.raises(Refused, match="没有这类会议"):
        hold(branch, "weekly")


def test_one_meeting_may_be_several_kinds_at_once(branch):
    meeting = hold(branch, also=(branch.kinds["lecture"].pk,))
    assert [row.kind.key for row in meeting.also.all()] == ["lecture"]


def test_told_later_than_three_working_days_it_waits_for_approval(branch):
    meeting = hold(branch, on=TODAY - 10 * DAY, at=NOON)
    assert Entry.objects.get(pk=meeting.entry_id).late


def test_the_draft_has_five_routine_things(branch):
    draft = RecordDraft(TODAY, Decimal(1), "主题", "记录", absent(branch.members[0]))
    meeting = record_meeting(
        branch.here.pk, branch.kinds["theme_day"].pk, draft, by=branch.town.secretary, at=noon(TODAY)
    )
    assert Attendance.objects.filter(meeting=meeting, state="present").count() == 5
