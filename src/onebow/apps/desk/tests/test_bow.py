"""The page of the bow: figures, picture and list, of any day, for whoever may read it."""

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.organizations.tests.make import NOON, TODAY, Town, make_organization, make_town
from onebow.apps.plans.models import Item, Tie
from onebow.apps.plans.tests.make import LECTURE, ROUTINE, make_item, make_kind, make_plan

HTMX = {"HTTP_HX_REQUEST": "true"}
MOST_STATEMENTS = 12
PAGE = reverse("desk:bow")
AT_YEAR = {"year": TODAY.year}


@pytest.fixture
def town(db) -> Town:
    return make_town()


@pytest.fixture
def items(town) -> dict[str, Item]:
    """Two tied items of the first branch, and of the second one untied and one that needs no tie."""
    kinds, plan = (make_kind(town.bureau, ROUTINE), make_kind(town.bureau, LECTURE)), make_plan(town.bureau)
    told: dict[str, Any] = {"state": "planned", "approved_at": NOON}
    made = {
        "work": make_item(plan, kinds[0], town.office, "稳岗<补贴>", **told),
        "talk": make_item(plan, kinds[1], town.first, "稳就业党课", **told),
        "apart": make_item(plan, kinds[0], town.wages, "工资审核", **told),
        "said": make_item(
            plan, kinds[1], town.second, "整理档案", untied_reason="内部事务", untied_said_at=NOON, **told
        ),
    }
    make_item(plan, kinds[0], town.wages, "拟列的事项")
    Tie.objects.create(kind="supports", source=made["talk"], target=made["work"], made_at=NOON)
    return made


@pytest.fixture
def office(town):
    return client_of(town.officer)


def html(client, **asked) -> str:
    answer = client.get(PAGE, AT_YEAR | asked)
    assert answer.status_code == 200
    return answer.content.decode()


def drawn(text: str) -> str:
    return text[text.index('<svg xmlns="http://www.w3.org/2000/svg"') : text.index("</figure>")]


def test_every_item_is_a_link_in_the_picture_and_every_tie_an_arc(office, items):
    picture = drawn(html(office))
    assert set(re.findall(r'data-node="(\d+)"', picture)) == {str(item.pk) for item in items.values()}
    for item in items.values():
        assert f'href="{reverse("plans:item", args=[item.pk])}"' in picture
    assert picture.count('class="bow-arc"') == Tie.objects.count()
    assert "稳岗&lt;补贴&gt;" in picture
    assert "<补贴>" not in picture


def test_what_is_untied_stands_apart_and_what_needs_no_tie_says_why(office, items):
    text = html(office)
    assert f'is-business is-untied" data-node="{items["apart"].pk}"' in text
    assert "无需挂钩:内部事务" in text
    figures = text[text.index("data-figures") :]
    assert "2/3 项" in figures
    assert re.search(r"1/2 项.*业务事项", figures, re.S)


def test_the_branch_that_runs_apart_comes_first_and_leads_down(office, town, items):
    rows = re.findall(r'data-below="(\d+)".*?href="([^"]+)".*?line-note">(.*?)</span>', html(office), re.S)
    assert [int(pk) for pk, _, _ in rows] == [town.second.pk, town.first.pk]
    assert rows[0][2] == "0/1 项 · 未挂钩 1 项 · 无需 1 项"
    below = office.get(rows[0][1].replace("&amp;", "&")).content.decode()
    assert f'data-item="{items["apart"].pk}"' in below
    assert f'data-item="{items["work"].pk}"' not in below


def test_the_list_is_filtered_by_each_number_and_leaves_as_a_sheet(office, town, items):
    for asked, names in (
        ({"tie": "tied"}, {"work", "talk"}),
        ({"tie": "untied"}, {"apart"}),
        ({"tie": "said", "side": "party"}, {"said"}),
        ({"of": town.wages.pk}, {"apart"}),
        ({"q": "党课"}, {"talk"}),
    ):
        found = set(re.findall(r'data-item="(\d+)"', html(office, **asked)))
        assert found == {str(items[name].pk) for name in names}, asked
    answer = office.get(reverse("desk:bow_xlsx"), AT_YEAR | {"tie": "tied"})
    rows = list(load_workbook(io.BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True))
    assert [row[6] for row in rows if row[0] == "稳岗<补贴>"] == ["稳就业党课(第1党支部)"]


def test_yesterday_a_tie_is_there_that_was_taken_away_since(office, items):
    Tie.objects.update(ended_at=NOON + timedelta(days=20))
    before, after = (html(office, on=TODAY + timedelta(days=days)) for days in (10, 30))
    assert (drawn(before).count('class="bow-arc"'), drawn(after).count('class="bow-arc"')) == (1, 0)
    assert "挂钩或说明" in html(office)
    # Of a day gone by nothing is written.
    assert "挂钩或说明" not in before


def test_before_anything_was_approved_there_is_nothing_and_not_zero(office, items):
    text = html(office, on=TODAY - timedelta(days=1))
    assert "data-empty" in text or "没有事项" in text
    assert "0/" not in text[text.index("<main") :]


def test_an_organization_of_others_is_not_there(town, items):
    for user, organization in (
        (town.member, town.bureau),
        (town.member, town.first),
        (town.secretary, town.bureau),
        (town.officer, town.neighbour),
    ):
        assert client_of(user).get(PAGE, {"organization": organization.pk}).status_code == 404
    assert client_of(town.officer).get(PAGE, {"organization": "²"}).status_code == 404


def test_who_belongs_to_a_branch_sees_its_bow_and_nobody_elses(town, items):
    text = html(client_of(town.member), organization=town.second.pk)
    assert "只统计本组织自己的事项" in text
    assert re.findall(r'data-item="(\d+)"', text) == [str(items["said"].pk)]
    assert "挂钩或说明" not in text


def test_a_secretary_finds_the_own_branch_at_once(town, items):
    text = html(client_of(town.secretary))
    assert "<h1>第1党支部</h1>" in text
    assert drawn(text).count('class="bow-arc"') == 1


def test_many_items_are_drawn_by_organization(office, town, items):
    kind, told = items["work"].kind, {"state": "planned", "approved_at": NOON}
    for number in range(60):
        make_item(make_plan(town.bureau), kind, town.office, f"补贴{number}", **told)
    text = html(office, view="items")
    picture = drawn(text)
    assert set(re.findall(r'data-node="(\w+)"', picture)) == {
        f"b{town.office.pk}", f"b{town.wages.pk}", f"p{town.first.pk}", f"p{town.second.pk}",
    }  # fmt: skip
    assert picture.count('class="bow-arc"') == 1
    assert "1/61 项" in picture
    assert f"organization={town.office.pk}" in picture


def test_few_items_too_may_be_drawn_by_organization(office, town, items):
    assert f'data-node="b{town.office.pk}"' in drawn(html(office, view="groups"))


def test_htmx_gets_the_list_alone(office, items):
    part = office.get(PAGE, AT_YEAR, **HTMX).content.decode()
    assert 'id="list"' in part
    assert "<svg xmlns" not in part


def test_odd_addresses_are_answered(office, items):
    for asked in (
        {"year": "x"},
        {"year": "99999"},
        {"view": "?"},
        {"tie": "?"},
        {"of": "0"},
        {"page": "9"},
        {"on": "?"},
    ):
        assert office.get(PAGE, asked).status_code == 200


def test_an_organization_without_any_says_so_and_what_to_do(office, town):
    make_organization("section", "新科室", town.bureau)
    text = html(office)
    assert "计划批准以后" in text
    assert reverse("plans:index") in text


def test_the_page_asks_few_statements(office, town, items, django_assert_max_num_queries):
    # The first request of a session also writes down when it was.
    html(office)
    for view, count in (("items", 20), ("groups", 0), ("groups", 50)):
        for number in range(count):
            make_item(make_plan(town.bureau), items["work"].kind, town.office, f"补贴{number}", state="planned")
        with django_assert_max_num_queries(MOST_STATEMENTS):
            html(office, view=view)
