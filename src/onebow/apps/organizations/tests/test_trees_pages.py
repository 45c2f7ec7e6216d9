"""The pages of the two trees: who sees how much of them."""

import json
import re
from datetime import date

import pytest
from django.urls import reverse

from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.queries.trees_for import forest_for, tree_roots
from onebow.apps.organizations.tests.make import (
    TODAY,
    grant,
    join,
    make_organization,
    make_person,
    make_user,
    tie,
)

SHOW, TABLE = reverse("organizations:trees"), reverse("organizations:trees_table")


def data(response):
    text = re.search(r'id="trees-data">(.*?)</script>', response.content.decode(), re.S)[1]
    return json.loads(text)


def seen(user, root, on=TODAY):
    forest = forest_for(reach_of(user, TODAY), root, on)
    return {node.name for node in forest.nodes if node.open}


def roots(user):
    return [root.name for root in tree_roots(reach_of(user, TODAY), TODAY)]


def side(organization):
    return reverse("organizations:trees_side", args=[organization.pk])


def page_of(organization):
    return f'href="{reverse("organizations:show", args=[organization.pk])}"'


def test_an_officer_sees_both_trees_of_the_own_bureau_only(town):
    assert roots(town.officer) == ["人社局"]
    assert seen(town.officer, town.bureau) == {
        "人社局",
        "办公室",
        "工资福利科",
        "人社局机关党委",
        "第1党支部",
        "第2党支部",
    }


def test_a_secretary_sees_the_own_branch_and_section(town):
    assert roots(town.secretary) == ["人社局"]
    assert seen(town.secretary, town.bureau) == {"办公室", "第1党支部"}


def test_a_member_sees_where_they_belong(town):
    assert seen(town.member, town.bureau) == {"工资福利科", "第2党支部"}
    assert seen(town.staff, town.bureau) == {"工资福利科"}


def test_an_officer_of_a_branch_finds_its_unit(town):
    clerk = make_user("clerk")
    grant(clerk, town.second)
    assert roots(clerk) == ["人社局"]
    assert seen(clerk, town.bureau) == {"第2党支部"}


def test_an_officer_of_several_units_chooses_one(client, town):
    grant(town.officer, town.neighbour)
    client.force_login(town.officer)
    page = client.get(SHOW, {"root": town.neighbour.pk})
    assert {node["name"] for node in data(page)["nodes"]} == {"水务局", "河道科"}
    assert page.content.decode().count("<option") == 2


@pytest.mark.parametrize("address", [SHOW, TABLE])
def test_another_bureau_is_not_found(client, town, address):
    client.force_login(town.officer)
    assert client.get(address, {"root": town.neighbour.pk}).status_code == 404
    assert client.get(address, {"root": "x"}).status_code == 404


@pytest.mark.parametrize("address", [SHOW, TABLE])
def test_who_has_no_role_finds_nothing(client, town, address):
    client.force_login(town.stranger)
    assert client.get(address).status_code == 404


def test_the_picture_carries_the_lines_between_the_trees(client, town):
    client.force_login(town.officer)
    drawn = data(client.get(SHOW))
    assert sorted(map(tuple, drawn["lines"])) == [
        (town.first.pk, town.office.pk, 1),
        (town.second.pk, town.wages.pk, 1),
    ]
    assert all("word" not in node for node in drawn["nodes"])


def test_what_lies_above_is_a_word_without_numbers(client, town):
    client.force_login(town.member)
    words = [node for node in data(client.get(SHOW))["nodes"] if node.get("word")]
    assert {node["name"] for node in words} == {"人社局", "人社局机关党委"}
    assert not any("staff" in node or "members" in node for node in words)


def test_the_picture_speaks_of_the_day_asked_for(client, town):
    make_organization("section", "新设科", town.bureau, starts_on=date(2026, 2, 1))
    client.force_login(town.officer)
    then = {node["name"] for node in data(client.get(SHOW, {"on": "2026-01-01"}))["nodes"]}
    now = {node["name"] for node in data(client.get(SHOW, {"on": "2026-03-02"}))["nodes"]}
    assert now - then == {"新设科"}


def test_a_name_cannot_leave_the_data_block(client, town):
    make_organization("section", "</script><b>科", town.bureau)
    client.force_login(town.officer)
    page = client.get(SHOW)
    assert "</script><b>" not in page.content.decode()
    assert "</script><b>科" in {node["name"] for node in data(page)["nodes"]}


def test_the_table_has_a_row_for_each_section_and_branch(client, town):
    client.force_login(town.officer)
    text = client.get(TABLE).content.decode()
    rows = [int(number) for number in re.findall(r'data-node="(\d+)"', text)]
    assert sorted(rows) == sorted(one.pk for one in (town.office, town.wages, town.first, town.second))


def test_the_table_finds_what_nobody_covers(client, town):
    alone = make_organization("section", "老干科", town.bureau)
    client.force_login(town.officer)
    text = client.get(TABLE, {"s-state": "none"}).content.decode()
    sections = text.split('id="branches"')[0]
    assert re.findall(r'data-node="(\d+)"', sections) == [str(alone.pk)]


def test_the_print_view_has_all_rows_on_one_page(client, town):
    for number in range(60):
        make_organization("section", f"第{number}科", town.bureau)
    client.force_login(town.officer)
    assert client.get(TABLE).content.decode().count("data-node=") == 52
    assert client.get(TABLE, {"print": "1"}).content.decode().count("data-node=") == 64


def test_the_panel_tells_the_members_by_section(client, town):
    person = make_person(town.bureau, "周散")
    join(person, town.wages)
    join(person, town.first)
    client.force_login(town.officer)
    text = client.get(side(town.first), headers={"HX-Request": "true"}).content.decode()
    assert f'data-side-of="{town.first.pk}"' in text
    assert "不在覆盖内" in text
    assert page_of(town.wages) in text


def test_the_panel_links_only_what_one_may_open(client, town):
    tie("covers", town.first, town.wages)
    client.force_login(town.secretary)
    text = client.get(side(town.first), headers={"HX-Request": "true"}).content.decode()
    assert "工资福利科" in text
    assert page_of(town.wages) not in text


def test_the_panel_names_the_groups_of_a_branch(client, town):
    group = make_organization("group", "窗口党小组", town.first)
    client.force_login(town.officer)
    text = client.get(side(town.first), headers={"HX-Request": "true"}).content.decode()
    assert "data-inside" in text
    assert page_of(group) in text
    assert "data-inside" not in client.get(side(town.second)).content.decode()


@pytest.mark.parametrize("who", ["secretary", "member", "staff"])
def test_the_panel_of_what_one_may_not_see_is_not_found(client, town, who):
    client.force_login(getattr(town, who))
    assert client.get(side(town.neighbour)).status_code == 404
    assert client.get(side(town.committee)).status_code == 404


def test_a_chosen_node_comes_with_its_panel(client, town):
    client.force_login(town.officer)
    page = client.get(SHOW, {"node": town.second.pk})
    assert data(page)["chosen"] == town.second.pk
    assert f'data-side-of="{town.second.pk}"' in page.content.decode()


def test_a_node_of_elsewhere_is_not_chosen(client, town):
    client.force_login(town.officer)
    assert data(client.get(SHOW, {"node": town.neighbour.pk}))["chosen"] is None


@pytest.mark.parametrize("address", [SHOW, TABLE])
def test_the_pages_ask_at_most_twelve_statements(client, town, address, django_assert_max_num_queries):
    client.force_login(town.officer)
    client.get(address)
    with django_assert_max_num_queries(12):
        client.get(address)
