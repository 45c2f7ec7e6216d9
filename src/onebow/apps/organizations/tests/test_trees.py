"""The two trees of a unit on a day."""

from datetime import date, timedelta

import pytest

from onebow.apps.organizations.models import FormerName, Membership, Organization, Placement, Post
from onebow.apps.organizations.queries.trees import trees_on
from onebow.apps.organizations.tests.make_trees import (
    NOW,
    TODAY,
    Town,
    make_link,
    make_node,
    make_people,
    make_town,
)

pytestmark = pytest.mark.django_db
LAST_YEAR = TODAY - timedelta(days=365)
SPRING = date(2026, 1, 1)


@pytest.fixture
def town() -> Town:
    return make_town()


def names(town, on=TODAY):
    return {node.name for node in trees_on(town.bureau.pk, on).nodes}


def node(town, organization, on=TODAY):
    return trees_on(town.bureau.pk, on).by_id[organization.pk]


def lines(town, on=TODAY):
    return {(one.branch_id, one.section_id): one.members for one in trees_on(town.bureau.pk, on).lines}


def test_both_trees_are_shown_with_parents_before_children(town):
    forest = trees_on(town.bureau.pk, TODAY)
    seen = set()
    for one in forest.nodes:
        assert one.parent_id is None or one.parent_id in seen
        seen.add(one.id)
    assert {one.name for one in forest.branches} == {"第一党支部", "第二党支部"}
    assert {one.name for one in forest.sections} == {"就业促进科", "信访科", "数据科"}


def test_numbers_are_summed_upwards(town):
    bureau, office = node(town, town.bureau), node(town, town.office)
    assert (bureau.staff, bureau.own_staff, bureau.members) == (7, 0, 5)
    assert (office.staff, office.members) == (5, 5)
    assert node(town, town.committee).members == 5
    assert node(town, town.first).offices == (("丽泽", 3), ("南院", 2))


def test_a_person_without_an_office_sits_where_the_section_sits(town):
    Organization.objects.filter(pk=town.jobs.pk).update(place=town.south)
    make_people(town.bureau, town.jobs, 1)
    assert node(town, town.jobs).offices == (("丽泽", 3), ("南院", 1))


def test_lines_carry_the_members_of_the_section_in_the_branch(town):
    assert lines(town) == {(town.first.pk, town.jobs.pk): 3, (town.first.pk, town.letters.pk): 2}


def test_members_in_a_branch_that_does_not_cover_their_section_are_strays(town):
    make_people(town.bureau, town.data, 1, branch=town.second)
    stray = trees_on(town.bureau.pk, TODAY).strays
    assert [(one.branch_id, one.section_id, one.members) for one in stray] == [(town.second.pk, town.data.pk, 1)]


def test_what_is_not_covered_or_covers_nothing_says_so(town):
    assert node(town, town.data).notes == ("未被覆盖",)
    assert node(town, town.second).notes == ("未覆盖科室", "没有党员")
    assert node(town, town.first).notes == ("跨2处办公",)


def test_a_unit_that_is_covered_covers_its_sections(town):
    make_link("covers", town.second, town.centre)
    assert node(town, town.data).notes == ()


def test_a_section_that_two_branches_cover_says_so(town):
    make_link("covers", town.second, town.jobs)
    assert node(town, town.jobs).notes == ("2个支部",)
    assert lines(town)[town.second.pk, town.jobs.pk] == 0


def test_a_section_that_moved_stands_under_its_unit_of_the_day(town):
    Placement.objects.filter(child=town.data).update(ends_on=SPRING)
    Placement.objects.create(child=town.data, parent=town.office, starts_on=SPRING)
    assert node(town, town.data, LAST_YEAR).parent_id == town.centre.pk
    assert node(town, town.data).parent_id == town.office.pk
    assert node(town, town.centre, LAST_YEAR).staff == 2
    assert node(town, town.centre).staff == 0


def test_a_branch_founded_later_is_not_there_before(town):
    make_node("branch", "第三党支部", town.committee, starts_on=SPRING)
    assert "第三党支部" not in names(town, LAST_YEAR)
    assert "第三党支部" in names(town)


def test_a_dissolved_section_is_there_only_before(town):
    Organization.objects.filter(pk=town.data.pk).update(ends_on=SPRING)
    assert "数据科" in names(town, LAST_YEAR)
    assert "数据科" not in names(town)


def test_an_organization_bears_its_name_of_the_day(town):
    FormerName.objects.create(organization=town.data, name="微机室", ends_on=date(2020, 1, 1))
    FormerName.objects.create(organization=town.data, name="电脑科", ends_on=SPRING)
    assert node(town, town.data, date(2019, 1, 1)).name == "微机室"
    assert node(town, town.data, LAST_YEAR).name == "电脑科"
    assert node(town, town.data).name == "数据科"


def test_coverage_and_members_are_those_of_the_day(town):
    make_link("covers", town.second, town.data, starts_on=SPRING)
    make_people(town.bureau, town.data, 4, branch=town.second, starts_on=SPRING)
    assert (town.second.pk, town.data.pk) not in lines(town, LAST_YEAR)
    assert lines(town)[town.second.pk, town.data.pk] == 4
    assert (node(town, town.data, LAST_YEAR).staff, node(town, town.data).staff) == (2, 6)


def test_a_branch_from_elsewhere_that_covers_a_section_is_shown(town):
    other = make_node("joint_branch", "联合党支部", make_node("party_committee", "别处党委"))
    make_link("covers", other, town.data)
    forest = trees_on(town.bureau.pk, TODAY)
    assert forest.by_id[other.pk].parent_id is None
    assert "别处党委" not in {one.name for one in forest.nodes}


def test_groups_and_chains_count_with_the_box_they_belong_to(town):
    group = make_node("group", "窗口党小组", town.second)
    chain = make_node("service_chain", "就业服务链", town.jobs)
    make_people(town.bureau, chain, 2, branch=group, place=town.north)
    assert node(town, town.second).inside == ("党小组:窗口党小组",)
    assert node(town, town.second).members == 2
    assert (node(town, town.jobs).staff, node(town, town.jobs).inside) == (5, ("服务链条:就业服务链",))


def test_the_secretary_of_the_day_is_named(town):
    one, two = make_people(town.bureau, town.jobs, 2)
    stamps = {"organization": town.first, "role": "secretary", "created_at": NOW, "updated_at": NOW}
    Post.objects.create(person=one, ends_on=SPRING, **stamps)
    Post.objects.create(person=two, starts_on=SPRING, **stamps)
    assert node(town, town.first, LAST_YEAR).head == one.name
    assert node(town, town.first).head == two.name


def test_a_branch_whose_term_is_over_says_so(town):
    Organization.objects.filter(pk=town.first.pk).update(term_ends_on=TODAY)
    assert "已届满" in node(town, town.first).notes
    assert "已届满" not in node(town, town.first, LAST_YEAR).notes


def test_a_unit_that_did_not_exist_yet_has_no_trees(town):
    Organization.objects.filter(pk=town.bureau.pk).update(starts_on=SPRING)
    assert trees_on(town.bureau.pk, LAST_YEAR).nodes == ()


def test_the_trees_of_a_unit_below_hold_its_own_sections_and_the_branches_that_cover_them(town):
    forest = trees_on(town.office.pk, TODAY)
    assert {one.name for one in forest.nodes} == {"局机关", "就业促进科", "信访科", "第一党支部"}
    assert forest.by_id[town.office.pk].parent_id is None


def test_a_circle_in_a_wrong_history_does_not_hang(town):
    Placement.objects.filter(child=town.centre).update(parent=town.data)
    assert "数据科" not in names(town)


def test_a_reader_sees_the_own_boxes_and_what_lies_above_as_words(town):
    forest = trees_on(town.bureau.pk, TODAY).only({town.jobs.pk, town.first.pk})
    shown = {one.name: one for one in forest.nodes}
    assert set(shown) == {"某局", "局机关", "就业促进科", "机关党委", "第一党支部"}
    assert [name for name, one in shown.items() if one.open] == ["就业促进科", "第一党支部"]
    assert shown["局机关"].staff == 0
    assert [one.section_id for one in forest.lines] == [town.jobs.pk]


def test_the_number_of_statements_does_not_grow(town, django_assert_num_queries):
    for number in range(5):
        section = make_node("section", f"科{number}", town.office)
        make_people(town.bureau, section, 2, branch=town.second, place=town.north)
    assert Membership.objects.count() > 20
    with django_assert_num_queries(2):
        trees_on(town.bureau.pk, TODAY)
