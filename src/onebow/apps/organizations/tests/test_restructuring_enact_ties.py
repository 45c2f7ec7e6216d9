"""What hangs on branches when a plan is enacted: groups, posts, pairings, names, dates known ahead."""

from datetime import timedelta

import pytest

from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import (
    Link,
    Membership,
    Restructuring,
    RestructuringLine,
)
from onebow.apps.organizations.services.restructuring import edits
from onebow.apps.organizations.tests.enacting import check_nothing_hangs, section_branch
from onebow.apps.organizations.tests.make_plans import (
    AT,
    GENERAL,
    ON,
    K,
    carry_out,
    make_bureau,
    make_draft,
    make_post,
    make_proposal,
    structure_on,
)
from onebow.apps.organizations.tests.make_trees import make_link, make_node

pytestmark = pytest.mark.django_db
BEFORE = ON - timedelta(days=1)


@pytest.fixture
def bureau(db):
    return make_bureau()


@pytest.fixture
def plan(bureau):
    return make_proposal(bureau)


def test_groups_of_branches_that_go_on_keep_their_members(plan, bureau):
    third = bureau.branches["第3党支部"]
    group = make_node(K.GROUP, "征缴小组", third)
    inside = bureau.people["征缴科"][:3]
    Membership.objects.filter(person__in=inside, side="party").update(organization=group)
    plan = make_proposal(bureau)
    carry_out(plan, bureau)
    held = Membership.objects.on(ON).filter(person__in=inside, side="party").values_list("organization", flat=True)
    assert set(held) == {group.pk}


def test_groups_of_branches_that_end_end_with_them_and_so_do_their_leaders_posts(bureau):
    first = bureau.branches["第1党支部"]
    group = make_node(K.GROUP, "法制小组", first)
    chain = make_node(K.SERVICE_CHAIN, "审批链", bureau.nodes["法制科"])
    make_link("serves", group, chain)
    post = make_post(bureau.people["法制科"][1], group, "group_leader")
    plan = make_draft(bureau)
    rows = {row.name: row for row in plan.planned.all()}
    seats = tuple(rows["第1党支部"].seats.values_list("pk", flat=True))
    edits.move_members(plan.pk, edits.Move(seats, rows["第2党支部"].pk, plan.version), by=bureau.officer, at=AT)
    carry_out(plan, bureau)
    group.refresh_from_db()
    post.refresh_from_db()
    assert (group.ends_on, post.ends_on) == (ON, ON)
    check_nothing_hangs()


def test_the_leader_of_a_group_who_leaves_its_branch_leads_it_no_more(plan, bureau):
    first = bureau.branches["第1党支部"]
    group = make_node(K.GROUP, "综合小组", first)
    gone = make_post(bureau.people["法制科"][1], group, "group_leader")
    stays = make_post(bureau.people["办公室"][1], group, "group_leader")
    carry_out(plan, bureau)
    gone.refresh_from_db()
    stays.refresh_from_db()
    assert (gone.ends_on, stays.ends_on) == (ON, None)
    assert group.parent == first == section_branch("办公室")


def test_committee_members_who_leave_a_branch_that_goes_on_leave_its_committee(plan, bureau):
    first = bureau.branches["第1党支部"]
    gone = make_post(bureau.people["法制科"][1], first, "organization_member")
    stays = make_post(bureau.people["办公室"][1], first, "publicity_member")
    carry_out(plan, bureau)
    gone.refresh_from_db()
    stays.refresh_from_db()
    assert (gone.ends_on, stays.ends_on) == (ON, None)


def merge_first_into_second(bureau):
    """A plan in which the first branch ends and the second one succeeds it."""
    plan = make_draft(bureau)
    rows = {row.name: row for row in plan.planned.all()}
    seats = tuple(rows["第1党支部"].seats.values_list("pk", flat=True))
    edits.move_members(plan.pk, edits.Move(seats, rows["第2党支部"].pk, plan.version), by=bureau.officer, at=AT)
    return plan


def test_pairings_go_on_with_the_successor_from_either_side(bureau):
    first, second = bureau.branches["第1党支部"], bureau.branches["第2党支部"]
    village = make_node(K.VILLAGE, "某村")
    theirs = make_node(K.BRANCH, "水务局党支部", make_node(K.ORGAN_COMMITTEE, "水务局机关党委"))
    make_link("paired", first, village)
    make_link("paired", theirs, first)
    carry_out(merge_first_into_second(bureau), bureau)
    pairs = set(Link.objects.on(ON).filter(kind="paired").values_list("source", "target"))
    assert pairs == {(second.pk, village.pk), (theirs.pk, second.pk)}
    before = set(Link.objects.on(BEFORE).filter(kind="paired").values_list("source", "target"))
    assert before == {(first.pk, village.pk), (theirs.pk, first.pk)}


def test_pairings_that_come_together_stand_once(bureau):
    first, second = bureau.branches["第1党支部"], bureau.branches["第2党支部"]
    village = make_node(K.VILLAGE, "某村")
    make_link("paired", first, village)
    make_link("paired", second, village)
    make_link("paired", first, second)
    carry_out(merge_first_into_second(bureau), bureau)
    pairs = list(Link.objects.on(ON).filter(kind="paired").values_list("source", "target"))
    assert pairs == [(second.pk, village.pk)]


def test_temporary_branches_below_a_general_branch_that_ends_come_under_the_committee(plan, bureau):
    temporary = make_node(K.TEMPORARY_BRANCH, "专班临时党支部", bureau.branches[GENERAL])
    version = Restructuring.objects.get(pk=plan.pk).version
    edits.drop_general(plan.planned.get(kind=K.GENERAL_BRANCH).pk, version=version, by=bureau.officer, at=AT)
    carry_out(plan, bureau)
    temporary.refresh_from_db()
    assert (temporary.parent, temporary.ends_on) == (bureau.committee, None)
    check_nothing_hangs()


def test_a_new_branch_may_bear_the_name_of_one_that_ends(bureau):
    first = bureau.branches["第1党支部"]
    plan = make_draft(bureau)
    row = plan.planned.get(name="第1党支部")
    edits.change_planned(row.pk, {"continues": None}, version=plan.version, by=bureau.officer, at=AT)
    carry_out(plan, bureau)
    first.refresh_from_db()
    row.refresh_from_db()
    assert first.ends_on == ON
    assert (row.founded.name, row.founded.pk != first.pk) == ("第1党支部", True)
    assert RestructuringLine.objects.get(kind="dissolve").successor == row.founded


def test_two_branches_may_change_names(bureau):
    plan = make_draft(bureau)
    rows = [plan.planned.get(name=name) for name in ("第1党支部", "第2党支部")]
    for version, (row, name) in enumerate(zip((*rows, rows[0]), ("甲", "第1党支部", "第2党支部"), strict=True)):
        edits.change_planned(row.pk, {"name": name}, version=plan.version + version, by=bureau.officer, at=AT)
    carry_out(plan, bureau)
    names = structure_on(ON)["names"]
    assert names[bureau.branches["第1党支部"].pk] == "第2党支部"
    assert names[bureau.branches["第2党支部"].pk] == "第1党支部"
    assert structure_on(BEFORE)["names"][bureau.branches["第1党支部"].pk] == "第1党支部"


def test_whose_leaving_is_known_already_leaves_the_new_branch_on_that_day(plan, bureau):
    person, until = bureau.people["法制科"][3], ON + timedelta(days=20)
    Membership.objects.filter(person=person, side="party").update(ends_on=until)
    plan = make_proposal(bureau)
    carry_out(plan, bureau)
    rows = Membership.objects.filter(person=person, side="party").order_by("pk")
    assert list(rows.values_list("organization__name", "starts_on", "ends_on")) == [
        ("办公室党支部", None, ON),
        ("法制科党支部", ON, until),
    ]


def test_the_unit_of_a_branch_is_tied_and_untied_on_the_day(bureau):
    plan = make_draft(bureau)
    row = plan.planned.get(kind=K.GENERAL_BRANCH)
    type(row).objects.filter(pk=row.pk).update(unit=bureau.nodes["局机关"])
    carry_out(plan, bureau)
    links = bureau.branches[GENERAL].links_out.filter(kind="set_in").order_by("pk")
    assert list(links.values_list("target__name", "starts_on", "ends_on")) == [
        ("社保中心", None, ON),
        ("局机关", ON, None),
    ]
    kinds = Entry.objects.filter(source=Link._meta.label_lower).values_list("kind", flat=True)
    assert {"link.ended", "link.made"} <= set(kinds)
