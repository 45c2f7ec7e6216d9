"""Talks: recorded as held, without content; which pairs are missing; how the duty counts."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.affairs.queries.branches import span_of
from onebow.apps.affairs.queries.talks.sheets import sheets_of
from onebow.apps.affairs.services.talks import record_talks
from onebow.apps.affairs.tests.make_talks import TALK, ask_for_talks, make_talking_branch, pair
from onebow.apps.base.refusals import Refused
from onebow.apps.meetings.models import Meeting
from onebow.apps.meetings.services.drafts import PlanDraft, ResolutionDraft
from onebow.apps.meetings.services.kinds import MeetingKindDraft, put_meeting_kind
from onebow.apps.meetings.services.planning import change_meeting
from onebow.apps.meetings.services.recording import correct_meeting, void_meeting
from onebow.apps.meetings.tests.make import MARK, hold, noon, plan, told
from onebow.apps.organizations.models import Post
from onebow.apps.organizations.tests.make import NOON, TODAY, appoint, join, make_person, make_user
from onebow.apps.plans.models import Occurrence, Proof
from onebow.apps.plans.queries.duties.states import with_states

DAY = timedelta(days=1)


@pytest.fixture
def branch(db):
    return make_talking_branch()


def talk(branch, *pairs, on=TODAY, by=None):
    by = by or branch.town.secretary
    return record_talks(branch.here.pk, on, [pair(*both) for both in pairs], by=by, at=max(noon(on), NOON))


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


def listed(branch, query=""):
    """The tabs of the list as (words, chosen), and the kinds of its rows."""
    html = client_of(branch.town.secretary).get(f"/meetings/{query}").content.decode()
    tabs = re.findall(r'<a href="[^"]*kind=[^"]*"( aria-current="page")?>([^<]+)</a>', html)
    return [(words, bool(chosen)) for chosen, words in tabs], re.findall(r'data-label="类别"><span>([^<]+)<', html)


def test_talks_stand_beside_the_list_of_meetings_unless_asked_for(branch):
    talk(branch, branch.members[:2], branch.members[1:3])
    # Nothing to choose among.
    assert listed(branch) == ([], ["谈心谈话"] * 2)
    hold(branch, "theme_day")
    both, talks, all_of = "会议和学习(1)", "谈心谈话(2)", "全部(3)"
    assert listed(branch) == ([(both, True), (talks, False), (all_of, False)], ["主题党日"])
    assert listed(branch, "?kind=talk") == ([(both, False), (talks, True), (all_of, False)], ["谈心谈话"] * 2)
    assert listed(branch, "?sort=title&kind=nothing")[1] == ["主题党日"]
    # Kept while the list is narrowed further, by the address alone.
    assert listed(branch, "?kind=meetings&state=held&q=")[1] == ["主题党日"]
    assert sorted(listed(branch, "?kind=all")[1]) == ["主题党日", *["谈心谈话"] * 2]


def test_a_link_that_asks_for_some_meetings_has_talks_among_them(branch):
    talk(branch, branch.members[:2])
    hold(branch, "theme_day")
    tabs, rows = listed(branch, "?state=counted")
    assert tabs[-1] == ("全部(2)", True)
    assert sorted(rows) == ["主题党日", "谈心谈话"]


def page(user, address, status=200, **headers):
    response = client_of(user).get(address, headers=headers)
    assert response.status_code == status, response.content.decode()[:1500]
    return response.content.decode()


def test_the_pages_show_branches_and_what_is_missing(branch, django_assert_max_num_queries):
    talk(branch, branch.members[:2])
    client, year = client_of(branch.town.secretary), TODAY.year
    for address, mark in (
        (f"/talks/?year={year}", f'data-branch="{branch.here.pk}"'),
        (f"/talks/{branch.here.pk}/?year={year}", f'data-person="{branch.members[0].pk}"'),
    ):
        client.get(address)
        with django_assert_max_num_queries(12):
            assert mark in client.get(address).content.decode()
        assert "<html" not in client.get(address, headers={"HX-Request": "true"}).content.decode()


def test_a_member_sees_the_own_talks_alone(branch):
    me, other = branch.members[0], branch.members[1]
    make_user("me", person=me)
    [mine], [theirs] = talk(branch, (me, other)), talk(branch, (other, branch.members[2]))
    shown = page(me.user, "/talks/")
    assert f'data-talk="{mine.pk}"' in shown
    assert f'data-talk="{theirs.pk}"' not in shown
    page(me.user, f"/talks/{branch.here.pk}/", 404)


def test_another_branch_is_not_found(branch):
    page(branch.town.secretary, f"/talks/{branch.town.second.pk}/", 404)
    page(branch.town.secretary, f"/talks/{branch.town.second.pk}/new/", 404)


def test_three_talks_are_recorded_by_one_form(branch):
    one, other, third = branch.members[:3]
    today = timezone.localdate()
    typed = {"on": today.isoformat()}
    for place, (left, right) in enumerate([(one, other), (other, third), (third, one)]):
        typed |= {f"one_{place}": left.pk, f"other_{place}": right.pk}
    response = client_of(branch.town.secretary).post(f"/talks/{branch.here.pk}/new/", typed)
    assert response.status_code == 302
    assert Meeting.objects.filter(kind__key="talk", held_on=today).count() == 3


def test_half_a_pair_and_no_pair_are_told_beside_the_field(branch):
    client, address = client_of(branch.town.secretary), f"/talks/{branch.here.pk}/new/"
    today, one = timezone.localdate().isoformat(), branch.members[0]
    half = client.post(address, {"on": today, "one_0": one.pk})
    assert half.status_code == 422
    assert 'id="id_other_0_error"' in half.content.decode()
    assert f'value="{one.pk}" selected' in half.content.decode()
    nobody = client.post(address, {"on": today})
    assert 'id="id_one_0_error"' in nobody.content.decode()
