"""Plans, key points, items and ties while they are drafts: the deed, and each refusal."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import Membership, Person, Post
from onebow.apps.organizations.tests.make import NOON, TODAY
from onebow.apps.plans.models import Item, Plan, Tie
from onebow.apps.plans.queries.requirements import effective, requirements_of
from onebow.apps.plans.queries.ties import first_circle
from onebow.apps.plans.services import drafting, item_details, plans, ties
from onebow.apps.plans.services.drafting import ItemDraft
from onebow.apps.plans.tests.make import make_item
from onebow.apps.plans.tests.make_plans import DUE, Year, in_force

# A busy machine is no fault of what is tested.
quick = settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def draft(year: Year, **facts) -> ItemDraft:
    told = {"kind_id": year.routine.pk, "title": "职业培训", "organization_id": year.town.office.pk, "due_on": DUE}
    return ItemDraft(**told | facts)


def add(year: Year, **facts) -> Item:
    return drafting.add_item(year.plan.pk, draft(year, **facts), by=year.town.officer, at=NOON)


def test_a_plan_is_begun_by_who_keeps_or_leads_the_organization_once(town):
    plan = plans.draft_plan(town.first.pk, TODAY.year, by=town.secretary, at=NOON)
    assert (plan.organization, plan.number) == (town.first, 0)
    with pytest.raises(Refused, match="已经有了"):
        plans.draft_plan(town.first.pk, TODAY.year, by=town.secretary, at=NOON)
    with pytest.raises(Refused, match="由它的书记、行政负责人或党务干部编写"):
        plans.draft_plan(town.second.pk, TODAY.year, by=town.secretary, at=NOON)
    with pytest.raises(Refused, match="去年到后年"):
        plans.draft_plan(town.first.pk, TODAY.year + 3, by=town.secretary, at=NOON)
    assert Plan.objects.count() == 1


def test_nothing_is_planned_for_what_is_dissolved(town):
    town.first.ends_on = TODAY
    town.first.save()
    with pytest.raises(Refused, match="已经撤销"):
        plans.draft_plan(town.first.pk, TODAY.year, by=town.officer, at=NOON)


def test_an_item_is_added_as_a_draft_with_its_assistants(year):
    item = add(year, units=(year.town.wages.pk, year.town.office.pk), key_point_id=year.point.pk)
    assert (item.state, item.side) == ("draft", "business")
    # Who leads it does not assist itself.
    assert [row.organization for row in item.units.all()] == [year.town.wages]
    assert Entry.objects.order_by("-pk").values_list("kind", flat=True)[0] == "item.added"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"organization_id": "first"}, "是党组织,业务事项由行政单位或科室负责"),
        ({"organization_id": "neighbour_section"}, "不在“人社局”的计划范围内"),
        ({"starts_on": date(TODAY.year, 9, 1), "due_on": date(TODAY.year, 8, 1)}, "不能早于开始日期"),
        ({"due_on": date(TODAY.year - 1, 8, 1)}, "早于计划年度"),
        ({"kind_id": 0}, "所选的事项类别在本组织已不使用"),
        ({"key_point_id": 0}, "工作要点不在这份计划中"),
        ({"person_id": "neighbour_person"}, "李河到.*不在“办公室”"),
    ],
)
def test_an_item_that_does_not_fit_is_refused(year, facts, words):
    told = {key: getattr(year.town, value).pk if isinstance(value, str) else value for key, value in facts.items()}
    with pytest.raises(Refused, match=words):
        add(year, **told)


def test_an_administrative_unit_owns_no_party_item(year):
    with pytest.raises(Refused, match="党建事项由党组织负责"):
        add(year, kind_id=year.lecture.pk)


def test_an_old_form_does_not_overwrite_what_another_saved(year):
    told = draft(year, title="稳岗返还")
    drafting.change_item(year.work.pk, told, version=1, by=year.town.officer, at=NOON)
    with pytest.raises(Refused, match="已被其他人修改"):
        drafting.change_item(year.work.pk, told, version=1, by=year.town.officer, at=NOON)


def test_a_cancelled_draft_stays_and_says_why(year):
    with pytest.raises(Refused, match="请写明取消的原因"):
        drafting.cancel_item(year.work.pk, " ", by=year.town.officer, at=NOON)
    drafting.cancel_item(year.work.pk, "并入其他事项", by=year.town.officer, at=NOON)
    assert year.again(year.work).cancel_reason == "并入其他事项"


def test_requirements_come_from_the_item_else_the_point_else_the_kind(year):
    item_details.set_requirements(year.work.pk, {"political": "单独写明"}, by=year.town.officer, at=NOON)
    stated = requirements_of(year.again(year.work))
    assert (stated["political"].text, stated["political"].place) == ("单独写明", "item")
    assert stated["integrity"].place == "key_point"
    item_details.set_requirements(year.work.pk, {"political": ""}, by=year.town.officer, at=NOON)
    assert requirements_of(year.again(year.work))["political"].place == "key_point"


def test_people_out_of_the_plans_reach_do_not_take_part(year):
    sun = Person.objects.get(name="孙群")
    item_details.set_people(year.work.pk, [sun.pk], [], by=year.town.officer, at=NOON)
    assert [row.person for row in year.work.people.all()] == [sun]
    with pytest.raises(Refused, match="李河不在这份计划范围内"):
        item_details.set_people(year.work.pk, [year.town.neighbour_person.pk], [], by=year.town.officer, at=NOON)


def test_a_party_item_supports_a_business_item_and_not_the_other_way(year):
    tie = ties.tie_items(year.talk.pk, year.work.pk, "supports", by=year.town.officer, at=NOON)
    with pytest.raises(Refused, match="只能由党建事项指向业务事项"):
        ties.tie_items(year.work.pk, year.talk.pk, "supports", by=year.town.officer, at=NOON)
    with pytest.raises(Refused, match="已经挂钩"):
        ties.tie_items(year.talk.pk, year.work.pk, "supports", by=year.town.officer, at=NOON)
    with pytest.raises(Refused, match="不必说明无需挂钩"):
        ties.say_untied(year.work.pk, "日常", by=year.town.officer, at=NOON)
    ties.untie_items(tie.pk, by=year.town.officer, at=NOON)
    assert ties.say_untied(year.work.pk, "日常", by=year.town.officer, at=NOON).untied_reason == "日常"


def test_ties_that_would_go_in_a_circle_are_refused_with_their_chain(year):
    first, second, third = (add(year, title=title) for title in ("甲", "乙", "丙"))
    ties.tie_items(first.pk, second.pk, "after", by=year.town.officer, at=NOON)
    ties.tie_items(second.pk, third.pk, "after", by=year.town.officer, at=NOON)
    with pytest.raises(Refused, match=r"首尾相接:“丙” → “甲” → “乙” → “丙”"):
        ties.tie_items(third.pk, first.pk, "after", by=year.town.officer, at=NOON)
    assert Tie.objects.count() == 2


def test_a_key_point_keeps_its_requirements_once_items_of_it_are_approved(year):
    in_force(year)
    with pytest.raises(Refused, match="下有已批准的事项"):
        plans.remove_key_point(year.point.pk, by=year.town.officer, at=NOON)


def test_a_removed_key_point_leaves_its_items_in_the_plan(year):
    plans.remove_key_point(year.point.pk, by=year.town.officer, at=NOON)
    assert year.again(year.work).key_point is None
    with pytest.raises(Refused, match="没有党建要求"):
        in_force(year)


def test_two_key_points_do_not_share_a_title(year):
    with pytest.raises(Refused, match="已有工作要点“稳就业”"):
        plans.add_key_point(year.plan.pk, " 稳就业 ", by=year.town.officer, at=NOON)


def test_who_left_may_still_answer_until_they_leave(year):
    zhao = year.work.person
    Membership.objects.filter(person=zhao).update(ends_on=DUE)
    Post.objects.filter(person=zhao).update(ends_on=DUE)
    with pytest.raises(Refused, match=r"赵立到.*不在“办公室”"):
        add(year, person_id=zhao.pk, due_on=DUE)
    assert add(year, person_id=zhao.pk, due_on=date(DUE.year, DUE.month, DUE.day - 1)).person == zhao


PAIRS = [(one, other) for one in range(1, 7) for other in range(1, 7)]


@quick
@given(st.lists(st.sampled_from(PAIRS), max_size=12))
def test_a_circle_is_found_exactly_where_one_can_walk_back(pairs):
    reach = {(a, b) for a, b in pairs}
    for middle in range(1, 7):
        reach |= {(a, d) for a, b in reach for c, d in reach if b == c == middle}
    found = first_circle(pairs)
    assert bool(found) == any(a == b for a, b in reach)
    assert all(step in pairs for step in pairwise(found))
    assert not found or found[0] == found[-1]


TEXT = st.dictionaries(st.sampled_from(["political", "integrity", "study"]), st.sampled_from(["", "甲", "乙"]))


@quick
@given(TEXT, TEXT, TEXT)
def test_the_nearest_place_that_says_something_wins(item, point, kind):
    found = effective([("item", item), ("key_point", point), ("kind", kind)])
    for category in ("political", "integrity", "study"):
        said = [
            (name, texts[category])
            for name, texts in (("item", item), ("key_point", point), ("kind", kind))
            if texts.get(category)
        ]
        assert (found[category].place, found[category].text) == said[0] if said else category not in found


def test_an_item_may_not_be_tied_to_itself_nor_to_what_is_cancelled(year):
    with pytest.raises(Refused, match="不能与自己挂钩"):
        ties.tie_items(year.work.pk, year.work.pk, "after", by=year.town.officer, at=NOON)
    gone = make_item(year.plan, year.routine, year.town.office, "旧事", state="cancelled")
    with pytest.raises(Refused, match="已取消的事项不能挂钩"):
        ties.tie_items(year.work.pk, gone.pk, "after", by=year.town.officer, at=NOON)
