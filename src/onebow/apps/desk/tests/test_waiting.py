"""The front page: what waits for each from plans, items, duties and meetings, and what to do first."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.base.waiting import Line
from onebow.apps.desk.queries.waiting import next_lines
from onebow.apps.desk.tests.make import DAY, all_lines, make_meeting, make_work
from onebow.apps.meetings.models import Meeting, MeetingKind
from onebow.apps.methods.models import AppliedPack
from onebow.apps.organizations.models import Person
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.tests.make import NOON, TODAY, make_town
from onebow.apps.plans.models import Checkpoint, Item, Occurrence
from onebow.apps.plans.services import changes, deciding
from onebow.apps.plans.services.items import begin_item, pass_stage
from onebow.apps.plans.tests.make import make_item, make_plan
from onebow.apps.plans.tests.make_duties import THEME, make_duty, make_occurrences, make_up
from onebow.apps.plans.tests.make_items import finish_stage, make_trip, walk_to
from onebow.apps.plans.tests.make_plans import make_year
from onebow.apps.plans.tests.make_registers import make_directive

MOST_STATEMENTS = 12


@pytest.fixture
def town(db):
    return make_town()


def lines_of(user, sort: str, on: date = TODAY) -> list[Line]:
    return [line for line in all_lines(user, on) if line.sort == sort]


def told(user, on: date = TODAY) -> dict[str, list[str]]:
    """By sort the titles; who leads a branch that nobody elected is left out."""
    found: dict[str, list[str]] = {}
    for line in all_lines(user, on):
        if line.sort != "unelected":
            found.setdefault(line.sort, []).append(line.title)
    return found


def first_of(user):
    return next_lines(reach_of(user, TODAY), TODAY, NOON).first


def test_a_plan_waits_for_whoever_decides_next_and_not_for_who_asked(town):
    year = make_year(town)
    steps = [town.committee.pk, town.bureau.pk]
    change = changes.submit_plan(year.plan.pk, steps, by=town.officer, at=NOON)
    title = f"{year.plan.year} 年度计划"
    assert told(year.decider)["request"] == [title]
    # The bureau's head comes second, and the officer asked.
    assert "request" not in told(year.writer)
    assert "request" not in told(town.officer)
    deciding.decide(change.pk, approved=True, reason="", by=year.decider, at=NOON)
    assert told(year.writer)["request"] == [title]
    assert "request" not in told(year.decider)


def test_a_plan_sent_back_waits_for_who_drafted_it_with_the_reason(town):
    year = make_year(town)
    change = changes.submit_plan(year.plan.pk, [town.committee.pk], by=town.officer, at=NOON)
    deciding.decide(change.pk, approved=False, reason="请补充依据", by=year.decider, at=NOON)
    [line] = lines_of(town.officer, "returned")
    assert (line.pk, line.above, line.note) == (change.pk, year.plan.pk, "请补充依据")
    assert "returned" not in told(year.decider)
    changes.submit_plan(year.plan.pk, [town.committee.pk], by=town.officer, at=NOON)
    assert "returned" not in told(town.officer)


def test_a_draft_that_was_never_handed_in_waits_for_nobody(town):
    year = make_year(town)
    change = changes.submit_plan(year.plan.pk, [town.committee.pk], by=town.officer, at=NOON)
    changes.withdraw_change(change.pk, by=town.officer, at=NOON)
    assert "returned" not in told(town.officer)


def test_checkpoints_and_confirmations_wait_for_whoever_is_asked(town):
    trip = make_trip(town)
    begin_item(trip.item.pk, by=trip.owner, at=NOON)
    assert told(trip.owner)["check"] == ["方案载明政治要求"]
    finish_stage(trip)
    pass_stage(trip.item.pk, trip.now().stage_id, by=trip.owner, at=NOON)
    assert told(trip.traveller)["confirm"] == ["行前提醒并逐项核对"]
    assert told(trip.secretary)["check"] == ["召开支委会研究可能遇到的困难"]
    assert "confirm" not in told(trip.secretary)
    assert told(town.secretary) == {}


def test_what_is_to_be_made_up_is_told_with_its_day(town):
    trip = make_trip(town)
    walk_to(trip, "on_site")
    row = Checkpoint.objects.filter(item=trip.item, who="secretary").first()
    Checkpoint.objects.filter(pk=row.pk).update(state="make_up", due_on=TODAY, done_at=None, done_by=None)
    [line] = lines_of(trip.secretary, "make_up")
    assert (line.pk, line.above, line.day, line.note) == (row.pk, trip.item.pk, TODAY, trip.item.title)


def test_ones_own_items_are_told_when_due_soon_and_the_late_ones_of_what_one_leads(town):
    qian = Person.objects.get(name="钱进")
    make_work(town, town.wages, "快到期的", person=qian, due_on=TODAY + 7 * DAY)
    make_work(town, town.wages, "已超期的", person=qian, due_on=TODAY - DAY)
    make_work(town, town.wages, "还早的", person=qian, due_on=TODAY + 8 * DAY)
    make_work(town, town.office, "办完的", state="cancelled", due_on=TODAY - DAY)
    assert told(town.member)["mine"] == ["已超期的", "快到期的"]
    assert "late" not in told(town.member)
    assert told(town.officer)["late"] == ["已超期的"]
    # The secretary leads another section.
    assert told(town.secretary) == {}


def test_five_are_shown_and_all_are_counted(town):
    for number in range(8):
        make_work(town, town.office, f"第{number}件", due_on=TODAY - (9 - number) * DAY)
    found = next_lines(reach_of(town.secretary, TODAY), TODAY, NOON)
    assert [one.line.title for one in found.lines] == [f"第{number}件" for number in range(5)]
    assert found.sums == {"late": 8}


def test_duties_of_ones_branch_are_told_when_due_soon_or_not_clear(town):
    january, february, march, *_ = make_occurrences(make_duty(town.bureau, THEME), town.second)
    make_up(january, on=TODAY)
    on = date(2026, 3, 20)
    assert [line.pk for line in lines_of(town.member, "due", on)] == [march.pk]
    # How it was, only who leads can say.
    assert lines_of(town.member, "unclear", on) == []
    assert february.pk in [line.pk for line in lines_of(town.officer, "unclear", on)]
    # The officer keeps both branches.
    assert len(lines_of(town.officer, "due", on)) == 2
    assert told(town.member, date(2026, 3, 16)).get("due") is None


def test_what_was_said_of_a_duty_settles_it(town):
    january, february, *_ = make_occurrences(make_duty(town.bureau, THEME), town.second)
    Occurrence.objects.filter(pk=january.pk).update(excused_on=TODAY, excuse="因故")
    Occurrence.objects.filter(pk=february.pk).update(missed_on=TODAY, miss_reason="忘了")
    assert not {january.pk, february.pk} & {line.pk for line in lines_of(town.officer, "unclear")}


def test_meetings_to_come_are_told_to_members_and_those_not_recorded_to_whoever_records(town):
    make_meeting(town.first, NOON - DAY, "开过的会")
    make_meeting(town.first, NOON + DAY, "要开的会")
    make_meeting(town.first, NOON + 15 * DAY, "还早的会")
    make_meeting(town.second, NOON - DAY, "别的支部的会")
    assert told(town.secretary) == {"meeting": ["要开的会"], "unrecorded": ["开过的会"]}
    assert told(town.member) == {}
    assert len(told(town.officer)["unrecorded"]) == 2
    Meeting.objects.filter(title="别的支部的会").update(recorder=Person.objects.get(name="钱进"))
    assert told(town.member) == {"unrecorded": ["别的支部的会"]}


def test_of_a_restricted_kind_the_kind_alone_is_told(town):
    meeting = make_meeting(town.second, NOON + DAY, "谈某人的事")
    MeetingKind.objects.filter(pk=meeting.kind_id).update(is_restricted=True)
    assert told(town.member) == {"meeting": ["学习"]}


def test_a_reply_is_told_a_week_before_it_is_due_to_whoever_writes_it(town):
    make_directive(town.first, reply_due_on=TODAY + 7 * DAY)
    make_directive(town.first, number="", title="还早的", reply_due_on=TODAY + 8 * DAY)
    assert told(town.secretary)["reply"] == ["关于做好稳就业工作的通知"]
    assert told(town.member) == {}


def test_an_officer_begins_with_a_pack_and_a_secretary_with_a_plan(town):
    assert (first_of(town.officer), first_of(town.secretary), first_of(town.member)) == ("pack", "plan", "")
    pack = {"scope": town.bureau, "key": "basic", "name": "基本制度", "pack_version": "1", "text": "", "digest": ""}
    AppliedPack.objects.create(**pack, applied_at=NOON)
    assert first_of(town.officer) == "plan"
    make_plan(town.bureau)
    assert (first_of(town.officer), first_of(town.secretary)) == ("", "plan")
    # What a plan from above gives them to do is a plan too.
    make_work(town, town.office)
    assert first_of(town.secretary) == ""


def page_of(user) -> str:
    answer = client_of(user).get("/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_front_page_says_what_to_do_first(town):
    # Where something waits already it is said above it.
    assert 'href="/methods/"' in page_of(town.officer).split('id="waiting"')[0].split('id="content"')[1]
    assert f'href="/plans/new/?year={timezone.localdate().year}"' in waiting_part(page_of(town.secretary))
    assert 'href="/calendar/"' in waiting_part(page_of(town.member))
    assert 'id="waiting"' not in page_of(town.stranger)


def waiting_part(html: str) -> str:
    return html.split('id="waiting"')[1].split("</section>")[0]


def test_what_waits_stands_on_no_page_of_another_day(town):
    make_work(town, town.office, "超期的", due_on=timezone.localdate() - DAY)
    yesterday = timezone.localdate() - DAY
    html = client_of(town.secretary).get(f"/?on={yesterday}").content.decode()
    assert "data-waits" not in html
    assert 'id="waiting"' not in html


@pytest.fixture
def full(town):
    """Something of every sort, of both branches, on the day of the test."""
    today, now = timezone.localdate(), timezone.now()
    year = make_year(town)
    for section in (town.office, town.wages):
        late = make_item(year.plan, year.routine, section, f"{section}超期的", due_on=today - DAY, state="planned")
        Item.objects.filter(pk=late.pk).update(person=Person.objects.get(name="钱进"))
    for branch in (town.first, town.second):
        make_meeting(branch, now - DAY, f"{branch}开过的会")
        make_meeting(branch, now + DAY, f"{branch}要开的会")
        make_directive(branch, number="", title=f"{branch}的通知", received_on=TODAY, reply_due_on=today)
    make_occurrences(make_duty(town.bureau, replace(THEME, recurrence="FREQ=WEEKLY")), town.first, today.year)
    changes.submit_plan(year.plan.pk, [town.committee.pk], by=town.officer, at=now)
    return {
        "officer": town.officer, "committee": year.decider, "head": year.writer, "secretary": town.secretary,
        "member": town.member, "staff": town.staff,
    }  # fmt: skip


@pytest.mark.parametrize("who", ["officer", "committee", "head", "secretary", "member", "staff"])
def test_every_line_leads_to_a_page_that_opens_and_the_page_asks_few_statements(full, who):
    client = client_of(full[who])
    client.get("/")
    with CaptureQueriesContext(connection) as asked:
        html = client.get("/").content.decode()
    assert len(asked) <= MOST_STATEMENTS
    part = html.split('id="waiting"')[1]
    hrefs = set(re.findall(r'class="line-name" href="([^"]+)"', part.split('id="unit"')[0]))
    hrefs |= set(re.findall(r'<a href="([^"]+)" aria-label="[^"]+:看全部"', html))
    assert hrefs
    for href in sorted(hrefs):
        assert (href, client.get(href.replace("&amp;", "&")).status_code) == (href, 200)


def test_nothing_of_others_is_told_and_their_pages_are_not_found(full, town):
    client = client_of(full["secretary"])
    html = client.get("/").content.decode()
    meeting, item = Meeting.objects.get(title="第2党支部开过的会"), Item.objects.get(title="工资福利科超期的")
    for word in (meeting.title, item.title, "第2党支部的通知"):
        assert word not in html
    for address in (f"/meetings/{meeting.pk}/", f"/items/{item.pk}/"):
        assert client.get(address).status_code == 404
    assert "data-waits" not in client_of(town.stranger).get("/").content.decode()
