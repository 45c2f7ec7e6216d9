"""The one list: its order, what is told as one, why and what finishes it, and the page of all of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.base.waiting import Line
from onebow.apps.desk.queries.waiting import next_lines
from onebow.apps.desk.sorts import BY_SORT, SORTS
from onebow.apps.desk.tests.make import DAY, all_lines, make_meeting, make_work
from onebow.apps.desk.words import told, when_of
from onebow.apps.organizations.models import Organization, Person, Post
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.tests.make import NOON, TODAY, appoint, make_town
from onebow.apps.plans.models import Gap
from onebow.apps.plans.tests.make_duties import MEETING, THEME, make_duty, make_occurrences

MOST_STATEMENTS = 12
LINE = Line("due", 1, 0, "主题党日", "第1党支部", "", "", "party", "", TODAY, None)


@pytest.fixture
def town(db):
    return make_town()


def next_of(user, on: date = TODAY):
    return next_lines(reach_of(user, on), on, NOON + (on - TODAY))


def words_of(user, sort: str, on: date = TODAY):
    reach = reach_of(user, on)
    return [told(line, reach, on) for line in all_lines(user, on) if line.sort == sort]


def test_both_sides_stand_in_one_order_of_what_is_due(town):
    zhao = Person.objects.get(name="赵立")
    make_work(town, town.office, "后天的业务", person=zhao, due_on=TODAY + 2 * DAY)
    make_work(town, town.office, "超期的业务", person=zhao, due_on=TODAY - DAY)
    make_meeting(town.first, NOON + DAY, "明天的会")
    lines = [one.line for one in next_of(town.secretary).lines]
    assert [(line.title, line.side) for line in lines] == [
        ("超期的业务", "business"), ("明天的会", "party"), ("后天的业务", "business"),
    ]  # fmt: skip


def test_each_line_says_why_it_stands_here_and_what_finishes_it(town):
    zhao = Person.objects.get(name="赵立")
    work = make_work(town, town.office, person=zhao, due_on=TODAY - 3 * DAY)
    [mine] = words_of(town.secretary, "mine")
    assert (mine.when, mine.why, mine.deed, mine.side_word) == ("已逾期 3 天", "您是责任人", "办理", "业务")
    assert mine.deed_href == f"/items/{work.pk}/#deed"
    [late] = words_of(town.officer, "late")
    assert (late.why, late.deed) == ("您是党务干部,责任人:赵立", "督办")
    meeting = make_meeting(town.first, NOON - DAY)
    [unrecorded] = words_of(town.secretary, "unrecorded")
    assert unrecorded.why == "您是书记,会后还没有记录"
    assert unrecorded.deed_href == f"/meetings/{meeting.pk}/record/"


def test_who_only_takes_part_is_told_so_and_may_look(town):
    make_meeting(town.second, NOON + DAY)
    [line] = words_of(town.member, "meeting")
    assert (line.why, line.deed, line.deed_href) == ("您是党员,按时参加", "查看", line.href)


def test_the_same_duty_of_many_on_a_day_is_one_line_and_so_is_what_nobody_recorded(town):
    make_occurrences(make_duty(town.bureau, THEME), town.first)
    on = date(2026, 3, 20)
    lines = {one.line.sort: one for one in next_of(town.officer, on).lines}
    assert (lines["due"].alike, lines["unclear"].alike) == (2, 4)
    reach = reach_of(town.officer, on)
    due = told(lines["due"].line, reach, on, 2)
    assert (due.title, due.place, due.deed, due.deed_href) == (
        THEME.name, "2 个组织", "看清单", f"/todo/?sort=due&q={THEME.name}",
    )  # fmt: skip
    assert told(lines["unclear"].line, reach, on, 4).title == "4 项应办情况不明"
    assert next_of(town.officer, on).sums == {"due": 2, "unclear": 4, "unelected": 2}


def test_where_a_duty_has_its_meeting_the_meeting_is_told(town):
    january, *_ = make_occurrences(make_duty(town.bureau, MEETING), town.first)
    on = january.due_on
    assert january.pk in [line.pk for line in all_lines(town.secretary, on) if line.sort == "due"]
    make_meeting(town.first, NOON + (on - TODAY), "党员大会", occurrence=january)
    found = [(line.sort, line.title) for line in all_lines(town.secretary, on) if line.day == on]
    assert found == [("meeting", "党员大会")]


def test_who_holds_two_posts_is_told_each_thing_once(town):
    zhao = Person.objects.get(name="赵立")
    appoint(zhao, town.committee, Post.Role.SECRETARY)
    appoint(zhao, town.bureau, Post.Role.UNIT_HEAD)
    make_work(town, town.office, person=zhao, due_on=TODAY - DAY)
    make_meeting(town.first, NOON + DAY)
    make_occurrences(make_duty(town.bureau, THEME), town.first)
    keys = [(line.sort, line.pk) for line in all_lines(town.secretary, date(2026, 3, 20))]
    assert keys
    assert len(keys) == len(set(keys))


def test_a_term_that_ends_is_told_until_the_election_is_begun(town):
    Organization.objects.filter(pk=town.first.pk).update(term_ends_on=TODAY + 30 * DAY)
    [line] = words_of(town.secretary, "term")
    assert (line.when, line.why) == ("还有 30 天", "您是书记,任期届满,应按期换届")
    assert line.deed_href == f"/organizations/{town.first.pk}/elections/new/"


def make_gap(town, sort, since, **subject):
    told = {"organization": town.first, "side": "party", "person": town.secretary.person, "found_on": since}
    return Gap.objects.create(sort=sort, since=since, created_at=NOON, updated_at=NOON, **told, **subject)


def test_gaps_of_one_matter_are_one_line_with_the_lateness_that_their_page_tells(town):
    january, february, *_ = make_occurrences(make_duty(town.bureau, THEME), town.first)
    make_gap(town, "duty", january.due_on + DAY, occurrence=january)
    make_gap(town, "duty", february.due_on + DAY, occurrence=february)
    work = make_work(town, town.office, person=None, due_on=None)
    untied = make_gap(town, "untied", date(2026, 6, 1), item=work)
    on = date(2026, 12, 1)
    reach = reach_of(town.secretary, on)
    found = [one for one in next_of(town.secretary, on).lines if one.line.sort == "gap"]
    assert [one.alike for one in found] == [2, 1]
    both, alone = (told(one.line, reach, on, one.alike) for one in found)
    assert (both.title, both.place, both.deed, both.day) == (
        f"{THEME.name}(2 项)", town.first.name, "看清单", january.due_on,
    )  # fmt: skip
    assert both.when == f"已逾期 {(on - january.due_on).days} 天"
    # Nothing was due: it has been missing since its day.
    assert (alone.when, alone.day) == (f"没有挂钩 {(on - untied.since).days + 1} 天", untied.since)
    assert [one.is_since for one in (both, alone)] == [False, True]


def test_what_is_made_good_waits_from_then_on_to_be_closed(town):
    january, *_ = make_occurrences(make_duty(town.bureau, THEME), town.first)
    gap = make_gap(town, "duty", january.due_on + DAY, occurrence=january)
    Gap.objects.filter(pk=gap.pk).update(mended_on=TODAY - DAY)
    [line] = words_of(town.officer, "closing")
    assert (line.when, line.day) == ("已等 1 天", TODAY - DAY)


def test_when_is_told_in_days():
    due, asked = BY_SORT["due"], BY_SORT["request"]
    assert when_of(due, TODAY, TODAY) == ("今天", "warn")
    assert when_of(due, TODAY + 8 * DAY, TODAY) == ("还有 8 天", "neutral")
    assert when_of(asked, TODAY - 2 * DAY, TODAY) == ("已等 2 天", "neutral")
    assert when_of(asked, None, TODAY) == ("", "neutral")


@pytest.mark.parametrize("shown", SORTS, ids=lambda shown: shown.sort)
def test_every_sort_has_words_and_leads_somewhere(shown):
    assert shown.why.format(**{"as": "您是书记,", "place": "a", "note": "b", "state": "c"})
    line = replace(LINE, sort=shown.sort, pk=1, above=2 if "change" in shown.door else 0)
    assert told(line, reach_of(None, TODAY), TODAY).deed_href.startswith("/")


@pytest.fixture
def full(town):
    """Lines of both sides and several sorts on the day of the test."""
    today, now = timezone.localdate(), timezone.now()
    for number in range(60):
        make_work(town, town.office, f"第{number}件", due_on=today - DAY)
    make_work(town, town.wages, "50%_的事", due_on=today - DAY)
    make_meeting(town.first, now + DAY, "要开的会")
    return town


def page_of(user, address="/todo/", status=200):
    answer = client_of(user).get(address)
    assert (address, answer.status_code) == (address, status)
    return answer.content.decode()


def counts_of(html: str) -> tuple[int, int]:
    return html.count('data-waits="late"'), html.count('data-waits="meeting"')


def test_the_whole_list_is_narrowed_by_sort_side_day_organization_and_word(full):
    assert counts_of(page_of(full.officer)) == (50, 0)
    assert counts_of(page_of(full.officer, "/todo/?page=2")) == (11, 1)
    meetings = page_of(full.officer, "/todo/?sort=meeting")
    assert counts_of(meetings) == (0, 1)
    # The sort is a choice here, nothing to be ordered by.
    assert "排序" not in meetings
    assert counts_of(page_of(full.officer, "/todo/?side=party")) == (0, 1)
    assert counts_of(page_of(full.officer, "/todo/?late=1&page=2")) == (11, 0)
    assert counts_of(page_of(full.officer, "/todo/?organization=工资福利科")) == (1, 0)
    assert counts_of(page_of(full.officer, "/todo/?q=50%25_")) == (1, 0)
    assert counts_of(page_of(full.officer, "/todo/?q=第7件")) == (1, 0)


def test_a_choice_that_is_none_is_said_and_left_out(full):
    html = page_of(full.secretary, "/todo/?sort=nothing&organization=工资福利科&page=99")
    assert "没有“种类:nothing”这个选项" in html
    # It is not the secretary's.
    assert "没有“组织:工资福利科”这个选项" in html


def test_the_list_asks_few_statements_whatever_is_chosen(full):
    client = client_of(full.officer)
    client.get("/todo/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/todo/?side=business&late=1&page=2")
    assert len(asked) <= MOST_STATEMENTS


def test_on_another_day_the_list_says_that_only_today_has_one(full):
    html = page_of(full.officer, f"/todo/?on={timezone.localdate() - timedelta(days=1)}")
    assert "待办只看今天" in html
    assert "data-waits" not in html


def test_who_has_nothing_is_told_what_will_stand_here(town):
    assert "现在没有等您办理的事" in page_of(town.member)
    assert client_of(town.stranger).get(reverse("desk:todo")).status_code == 404
