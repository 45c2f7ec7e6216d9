"""Talks: recorded as held, without content; which pairs are missing; how the duty counts."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.affairs.queries.branches import span_of
from onebow.apps.affairs.queries.talks.sheets import sheets_of
from onebow.apps.affairs.services.talks import record_talks
from onebow.apps.affairs.tests.make_talks import TALK, ask_for_talks, pair, talk
from onebow.apps.base.refusals import Refused
from onebow.apps.meetings.models import Meeting
from onebow.apps.meetings.services.drafts import PlanDraft, ResolutionDraft
from onebow.apps.meetings.services.kinds import MeetingKindDraft, put_meeting_kind
from onebow.apps.meetings.services.planning import change_meeting
from onebow.apps.meetings.services.recording import correct_meeting, void_meeting
from onebow.apps.meetings.tests.make import MARK, hold, plan, told
from onebow.apps.organizations.models import Post
from onebow.apps.organizations.tests.make import NOON, TODAY, appoint, join, make_person, make_user
from onebow.apps.plans.models import Occurrence, Proof
from onebow.apps.plans.queries.duties.states import with_states

DAY = timedelta(days=1)


def sheet(branch, on=TODAY):
    [found] = sheets_of([(branch.here, span_of(branch.here, on.year, on))])
    return found


def row_of(branch, person, on=TODAY):
    return next(row for row in sheet(branch, on).rows if row.member.id == person.pk)


def state(branch, on=TODAY):
    return with_states(Occurrence.objects.filter(organization=branch.here, duty__key="talk"), on).get()


def test_several_talks_of_a_day_are_meetings_of_their_own(branch):
    one, other, third = branch.members[:3]
    made = talk(branch, (one, other), (other, third))
    assert [{row.person_id for row in meeting.attendance.all()} for meeting in made] == [
        {one.pk, other.pk}, {other.pk, third.pk},
    ]  # fmt: skip
    assert all(meeting.title == "谈心谈话" and meeting.hours == 1 and meeting.entry_id for meeting in made)


@pytest.mark.parametrize("facts", [
    {"minutes": "谈了家里的事"}, {"resolutions": (ResolutionDraft("同意"),)},
    {"uploads": [SimpleUploadedFile("a.txt", b"x")]},
])  # fmt: skip
def test_nothing_that_was_said_can_be_recorded(branch, facts):
    people = tuple(person.pk for person in branch.members[:2])
    with pytest.raises(Refused, match="不记录内容"):
        hold(branch, "talk", invited=people, **facts)


def test_topic_and_place_of_a_talk_are_not_kept(branch):
    meeting = hold(branch, "talk", invited=pair(*branch.members[:2]), title="谈他的调动", place="办公室")
    assert (meeting.title, meeting.place) == ("谈心谈话", "")


def test_a_talk_is_nothing_besides(branch):
    with pytest.raises(Refused, match="单独记录"):
        hold(branch, "talk", invited=pair(*branch.members[:2]), also=(branch.kinds["lecture"].pk,))
    with pytest.raises(Refused, match="单独记录"):
        hold(branch, "lecture", also=(branch.kinds["talk"].pk,))


def test_a_correction_brings_in_no_content_either(branch):
    [meeting] = talk(branch, branch.members[:2])
    draft = told(invited=pair(*branch.members[:2]), minutes="补充")
    with pytest.raises(Refused, match="不记录内容"):
        correct_meeting(meeting.pk, draft, version=1, by=branch.town.secretary, at=NOON)


def test_a_planned_talk_has_no_agenda_and_no_topic(branch):
    with pytest.raises(Refused, match="不记录内容"):
        plan(branch, "talk", agenda=("调动",))
    meeting = plan(branch, "talk")
    assert meeting.title == "谈心谈话"
    draft = PlanDraft(branch.here.pk, meeting.kind_id, "谈话", meeting.planned_at, agenda=("调动",))
    with pytest.raises(Refused, match="不记录内容"):
        change_meeting(meeting.pk, draft, version=1, by=branch.town.secretary, at=NOON)


def test_a_kind_without_content_passes_nothing(branch):
    draft = MeetingKindDraft("chat", "闲谈", due_to="invited", passes=True, keeps_minutes=False)
    with pytest.raises(Refused, match="不保留内容"), transaction.atomic():
        put_meeting_kind(branch.town.committee, draft, MARK, on=TODAY)
    assert TALK.keeps_minutes is False


def test_the_page_and_the_papers_of_a_talk_hold_nothing(branch):
    [meeting] = talk(branch, branch.members[:2])
    Meeting.objects.filter(pk=meeting.pk).update(minutes="旧内容")
    client = client_of(branch.town.secretary)
    shown = client.get(f"/meetings/{meeting.pk}/").content.decode()
    assert 'data-keeps="nothing"' in shown
    assert "旧内容" not in shown
    assert client.get(f"/meetings/{meeting.pk}/file.docx").status_code == 404
    form = client.get(f"/meetings/{meeting.pk}/correction/").content.decode()
    assert not any(f'name="{name}"' in form for name in ("title", "minutes", "uploads", "text_0", "place", "also"))
    assert 'name="invited"' in form


@pytest.mark.parametrize(("pairs", "words"), [
    ([(0, 0)], "和自己"), ([(0, 1), (1, 0)], "选了两次"), ([], "1 至 20"),
])  # fmt: skip
def test_pairs_that_cannot_be_are_refused(branch, pairs, words):
    people = branch.members
    with pytest.raises(Refused, match=words):
        talk(branch, *((people[one], people[other]) for one, other in pairs))
    assert not Meeting.objects.filter(kind__key="talk").exists()


def test_the_same_two_are_recorded_once_a_day(branch):
    one, other = branch.members[:2]
    talk(branch, (one, other))
    with pytest.raises(Refused, match="已经记录过"):
        talk(branch, (other, one))


def test_who_was_no_member_that_day_is_refused(branch):
    stranger = make_person(branch.town.bureau, "外来")
    with pytest.raises(Refused, match="不是"):
        talk(branch, (branch.members[0], stranger))


def test_a_day_ahead_and_a_stranger_are_refused(branch):
    both = pair(*branch.members[:2])
    with pytest.raises(Refused, match="不能晚于今天"):
        record_talks(branch.here.pk, TODAY + DAY, [both], by=branch.town.secretary, at=NOON)
    with pytest.raises(Refused, match="书记"):
        record_talks(branch.here.pk, TODAY, [both], by=branch.town.member, at=NOON)


def test_without_the_kind_it_says_what_to_do_first(town):
    with pytest.raises(Refused, match="工作法"):
        record_talks(town.first.pk, TODAY, [(1, 2)], by=town.officer, at=NOON)


def test_the_duty_counts_each_member_once_however_often_they_talk(branch):
    ask_for_talks(branch)
    one, other, third = branch.members[:3]
    for back in (3, 2, 1):
        talk(branch, (one, other), on=TODAY - back * DAY)
    assert state(branch).done == 2
    [last] = talk(branch, (other, third))
    assert state(branch).done == 3
    assert Proof.objects.get(source_id=last.pk).quantity == 1


def test_when_a_talk_is_taken_back_the_next_one_counts_in_its_place(branch):
    ask_for_talks(branch)
    one, other = branch.members[:2]
    [first] = talk(branch, (one, other), on=TODAY - DAY)
    talk(branch, (one, other))
    void_meeting(first.pk, reason="记错了", by=branch.town.secretary, at=NOON)
    assert [row.quantity for row in Proof.objects.all()] == [2]


def test_when_a_talk_is_corrected_it_is_counted_anew(branch):
    ask_for_talks(branch)
    one, other, third = branch.members[:3]
    [first] = talk(branch, (one, other), on=TODAY - DAY)
    talk(branch, (one, other))
    draft = told(TODAY - DAY, invited=pair(one, third))
    correct_meeting(first.pk, draft, version=1, by=branch.town.secretary, at=NOON)
    assert state(branch).done == 3


def test_guests_from_elsewhere_are_no_members_reached(branch):
    ask_for_talks(branch)
    stranger = make_person(branch.town.bureau, "外来")
    hold(branch, "talk", invited=pair(branch.members[0], stranger))
    assert state(branch).done == 1


def test_each_sort_of_pair_is_asked_for(branch):
    seats, plain = branch.members[:2], branch.members[2:]
    for person in seats:
        appoint(person, branch.here, Post.Role.COMMITTEE_MEMBER)
    asked = {one.sort: one.asked for one in sheet(branch).figures}
    # Secretary and two members of the committee; two plain ones and a probationary one, and who belonged before.
    others = len(sheet(branch).rows) - 3
    assert asked == {"committee": 3, "between": others, "members": others}
    assert ("committee", seats[1].name) in row_of(branch, seats[0]).missing
    assert row_of(branch, plain[0]).missing == (("between", ""), ("members", ""))


def test_a_talk_fulfils_what_it_is(branch):
    seat, plain, other = branch.members[:3]
    appoint(seat, branch.here, Post.Role.COMMITTEE_MEMBER)
    talk(branch, (seat, plain), (plain, other))
    row = row_of(branch, plain)
    assert row.missing == ()
    assert (row.committee.name, row.members.name, row.committee.on) == (seat.name, other.name, TODAY)
    assert row_of(branch, other).missing == (("between", ""),)


def test_of_who_joined_late_in_the_year_nothing_is_asked(branch):
    late = make_person(branch.town.bureau, "新来")
    join(late, branch.here, starts_on=date(TODAY.year, 8, 1))
    row = row_of(branch, late, date(TODAY.year, 12, 1))
    assert row.missing == ()


def test_the_sheet_of_an_earlier_day_knows_no_later_talk(branch):
    talk(branch, branch.members[:2])
    assert sheet(branch, TODAY - DAY).talks == []


def test_of_a_year_before_it_was_founded_there_is_one_sentence(branch):
    branch.here.starts_on = date(TODAY.year, 5, 1)
    with pytest.raises(Refused, match="才成立"):
        span_of(branch.here, TODAY.year - 1, date(TODAY.year, 12, 1))
    assert span_of(branch.here, TODAY.year, date(TODAY.year, 12, 1)).first == date(TODAY.year, 5, 1)


def test_others_of_the_branch_do_not_see_who_talked_with_whom(branch):
    one, other, third = branch.members[:3]
    [meeting] = talk(branch, (one, other))
    seen = {}
    for person in (one, third):
        client = client_of(make_user(f"user-{person.pk}", person=person))
        seen[person.pk] = (
            client.get(f"/meetings/{meeting.pk}/").status_code,
            f'data-meeting="{meeting.pk}"' in (client.get("/meetings/").content.decode()),
        )
    assert seen == {one.pk: (200, True), third.pk: (404, False)}
