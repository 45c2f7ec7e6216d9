"""The chapter of gaps in the work manual: what ran apart, how late, who closed it; as a day knew it."""

from datetime import date, timedelta

import pytest

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.affairs.queries.branches import span_of
from onebow.apps.affairs.queries.workbook.book import book_of
from onebow.apps.affairs.queries.workbook.chapters import Case
from onebow.apps.documents.official.rendering import render
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import Link
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.tests.make import Town
from onebow.apps.plans.models import Gap
from onebow.apps.plans.services.checks import answer_gap, close_gaps
from onebow.apps.plans.tests.make_checks import APRIL, TODAY, Apart, make_apart
from onebow.apps.plans.tests.make_duties import make_up

DAY = timedelta(days=1)
LATER = APRIL + DAY


@pytest.fixture
def apart(town: Town) -> Apart:
    apart = make_apart(town)
    apart.run()
    return apart


@pytest.fixture
def closed(apart: Apart) -> Gap:
    """A members' meeting of the first quarter, made up in April and closed the day after."""
    gap = apart.gap("duty", occurrence=apart.meetings[0])
    make_up(gap.occurrence, on=TODAY, at=APRIL)
    answer_gap(gap.pk, "已补开", version=gap.version, by=apart.town.secretary, at=APRIL)
    close_gaps([gap.pk], note="看过会议记录", by=apart.overseer, at=LATER)
    return gap


def chapter(apart: Apart, on: date = TODAY + DAY, by=None, branch=None):
    branch = branch or apart.town.first
    case = Case(branch, span_of(branch, on.year, on), on, reach_of(by or apart.town.secretary, on))
    return book_of(case, ["gaps"]).chapters[0]


def line(apart: Apart, gap: Gap, **facts):
    gap.refresh_from_db()
    return next(row for row in chapter(apart, **facts).sheets[0].rows if row["title"].startswith(gap.title))


def test_a_closed_gap_tells_its_lateness_how_it_was_made_good_and_who_closed_it(apart, closed):
    row = line(apart, closed)
    assert row["late"] == "原应 2026年3月31日,补课时已逾期 23 天"
    assert (row["found"], row["how"]) == (TODAY, "2026年4月23日补课；已补开")
    assert row["closed"] == f"2026年4月24日由{apart.overseer.display_name}销号：看过会议记录"
    assert row["sort"] == "遗忘：应办未落实"


def test_the_chapter_counts_what_is_closed_and_what_is_left(apart, closed):
    told = chapter(apart)
    whole = len(told.sheets[0].rows)
    assert dict(told.facts)["脱节和遗忘"] == f"{whole} 项，已销号 1 项，补上待销号 0 项，没有补上 {whole - 1} 项"
    assert told.entries == set(
        Entry.objects.filter(kind__in=["check.made", "gap.answered", "gap.closed"]).values_list("pk", flat=True)
    )


def test_an_earlier_day_knows_the_gap_as_open(apart, closed):
    before = line(apart, closed, on=TODAY)
    assert (before["closed"], before["how"]) == ("已补课,待销号", "2026年4月23日补课；已补开")
    assert not chapter(apart, on=TODAY - DAY).sheets[0].rows


def test_what_was_closed_in_the_year_before_belongs_to_that_year(apart, closed):
    others = len(chapter(apart, on=date(2027, 1, 10)).sheets[0].rows)
    Gap.objects.filter(pk=closed.pk).update(closed_at=LATER.replace(year=2027, month=1, day=5))
    assert len(chapter(apart, on=date(2027, 1, 10)).sheets[0].rows) == others + 1


def test_what_no_more_applies_says_why(apart):
    gap = apart.gap("duty", occurrence=apart.meetings[0])
    Gap.objects.filter(pk=gap.pk).update(state="void", void_reason="上级统一免开", updated_at=APRIL)
    assert line(apart, gap)["how"] == "不再适用：上级统一免开"
    assert dict(chapter(apart).facts)["不再适用"] == "1 项"


def test_items_of_a_section_that_the_branch_covers_are_told_too(apart):
    apart.change(untied_reason="")
    apart.run()
    gap = apart.gap("untied", item=apart.item)
    titles = [row["title"] for row in chapter(apart, by=apart.overseer).sheets[0].rows]
    assert gap.title not in titles
    Link.objects.create(source=apart.town.first, target=gap.organization, kind="covers", starts_on=date(2026, 1, 1))
    assert gap.title in [row["title"] for row in chapter(apart).sheets[0].rows]


def test_what_the_reader_may_not_see_is_not_told(apart):
    assert not chapter(apart, by=apart.town.staff).sheets[0].rows


def test_a_branch_without_gaps_says_so(apart):
    told = chapter(apart, branch=apart.town.second, by=apart.town.officer)
    assert (told.facts, told.sheets[0].rows, told.records) == ([], [], 0)


def test_the_paper_has_the_chapter(apart, closed):
    case = Case(
        apart.town.first,
        span_of(apart.town.first, 2026, LATER.date()),
        LATER.date(),
        reach_of(apart.town.secretary, TODAY),
    )
    text = render("workbook", book_of(case, ["gaps"]).data(), "text", records=1, at=LATER).decode()
    assert "脱节和整改" in text
    assert "看过会议记录" in text


def test_the_chapter_is_shown_in_few_statements(apart, closed, django_assert_max_num_queries):
    client = client_of(apart.town.secretary)
    address = f"/workbooks/{apart.town.first.pk}/2026/?chapter=gaps&on=2026-04-24"
    client.get(address)
    with django_assert_max_num_queries(12):
        shown = client.get(address).content.decode()
    assert 'data-chapter="gaps"' in shown
    assert "看过会议记录" in shown
