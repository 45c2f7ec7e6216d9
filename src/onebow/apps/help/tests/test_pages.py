"""The manual in the product: front page, chapters, search, and the way from a page to its section."""

import re
from urllib.parse import quote

import pytest
from django.test import Client

from onebow.apps.accounts.tests.make import client_of, make_administrator
from onebow.apps.help import queries
from onebow.apps.help.places import place_of
from onebow.apps.organizations.tests.make import make_town

# What every page asks: who it is, and what one may open.
MOST = 6


@pytest.fixture
def town(db):
    return make_town()


def page_of(user, address="/help/", status=200, **headers):
    response = client_of(user).get(address, headers=headers)
    assert response.status_code == status
    return response.content.decode()


def test_the_front_page_says_what_to_read_first_and_lists_every_section(town):
    text = page_of(town.staff)
    assert "党务干部" in text
    for one in queries.chapters().values():
        for section in one.text.sections:
            assert f'href="{one.href_of(section)}"' in text


def test_a_chapter_has_its_contents_and_the_ways_to_its_neighbours(town):
    text = page_of(town.member, "/help/plans/")
    assert 'data-chapter="plans"' in text
    assert '<a href="#折子工程">' in text
    assert '<h2 id="折子工程">' in text
    assert re.findall(r'href="([^"]+)" rel="(prev|next)"', text) == [
        ("/help/organizations/", "prev"),
        ("/help/duties/", "next"),
    ]


def test_the_first_and_the_last_chapter_have_one_neighbour():
    first, *_, last = queries.chapters()
    assert queries.around(first)[0] is None
    assert queries.around(last)[1] is None


def test_a_chapter_that_is_not_there_is_not_found(town):
    page_of(town.staff, "/help/nothing/", 404)


def test_names_of_the_menu_lead_only_those_to_a_page_who_have_it(town):
    link = '“<a href="/imports/">花名册导入</a>'
    assert link in page_of(town.officer, "/help/organizations/")
    assert "“花名册导入" in (text := page_of(town.staff, "/help/organizations/"))
    assert link not in text


def test_what_is_looked_for_is_found_with_its_words(town):
    text = page_of(town.staff, "/help/?q=回执")
    assert f'href="/help/affairs/#{quote("组织关系转接")}"' in text
    assert "<mark>回执</mark>" in text
    assert 'id="contents"' not in text


def test_each_word_must_stand_there_and_titles_come_first():
    hits = queries.found("党费 基数")
    assert [(one.chapter.slug, one.section.title) for one in hits] == [("affairs", "党费")]
    assert queries.found("一张弓")[0].section.title == "一张弓"
    assert queries.found("WORD pdf")
    assert queries.found("  ") == []


def test_a_hit_in_the_title_alone_shows_how_the_section_begins():
    hit = next(one for one in queries.found("手机、键盘") if not one.word)
    assert hit.after.startswith("手机上菜单")


def test_where_nothing_is_found_the_page_says_so(town):
    text = page_of(town.staff, "/help/?q=飞船<b>")
    assert "手册里没有找到“飞船&lt;b&gt;”" in text
    assert "data-empty" in text


def test_while_one_types_only_the_part_comes(town):
    text = page_of(town.staff, "/help/?q=党费", hx_request="true")
    assert text.lstrip().startswith('<div class="stack" id="manual"')
    assert "<html" not in text


def test_whoever_is_not_signed_in_is_led_to_sign_in(db):
    assert Client().get("/help/plans/")["Location"].startswith("/sign-in/")
    assert "/help/" not in Client().get("/sign-in/").content.decode()


def test_an_administrator_reads_it_and_gets_links_to_the_own_pages(db):
    text = page_of(make_administrator("security"), "/help/administrators/")
    assert '“<a href="/grants/">授权</a>' in text
    assert "“账号 › 开设账号”" in text
    assert "部署与运行(docs/operations.md)" in text


@pytest.mark.parametrize(
    ("path", "section"),
    [
        ("/items/", "plans/#事项清单"),
        ("/items/mine/", "plans/#事项清单"),
        ("/people/{person}/reads/", "ledger/#谁看过我的信息"),
        ("/meetings/hours/", "affairs/#学时"),
        ("/notices/", "start/#通知"),
    ],
)
def test_a_question_mark_beside_the_heading_leads_to_the_section_about_the_page(town, path, section):
    chapter, _, title = section.partition("#")
    text = page_of(town.secretary, path.format(person=town.secretary.person.pk))
    assert f'href="/help/{chapter}#{quote(title)}" title="这一页怎么用" data-help' in text


def test_a_page_that_no_section_is_about_leads_to_the_front_and_the_manual_nowhere(town):
    assert place_of("base:style", "/style/", "") == "/help/"
    assert "data-help" not in (text := page_of(town.secretary))
    assert 'href="/help/"' in text


@pytest.mark.parametrize("address", ["/help/", "/help/apart/", "/help/?q=会议"])
def test_the_manual_asks_the_database_no_more_than_every_page_does(town, address, django_assert_max_num_queries):
    client = client_of(town.secretary)
    client.get(address)
    with django_assert_max_num_queries(MOST):
        client.get(address)
