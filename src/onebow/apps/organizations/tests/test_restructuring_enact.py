"""Enactment: the plan becomes the structure of its day and of all days after it, and of none before."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from onebow.apps.base.filters import day
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import (
    Approval,
    Link,
    Membership,
    Organization,
    Post,
    Restructuring,
    RestructuringLine,
    SetAside,
)
from onebow.apps.organizations.queries.checks_sql import Scope
from onebow.apps.organizations.queries.findings import findings_in
from onebow.apps.organizations.queries.trees import trees_on
from onebow.apps.organizations.services.restructuring import deciding, edits, enact_ends
from onebow.apps.organizations.services.restructuring.enact import enact_due, enact_restructuring
from onebow.apps.organizations.tests.make import grant, make_user
from onebow.apps.organizations.tests.make_plans import (
    AT,
    GENERAL,
    ON,
    STAMPS,
    K,
    approve,
    carry_out,
    dump,
    give_reasons,
    make_bureau,
    make_draft,
    make_members,
    make_post,
    make_proposal,
    structure_on,
    submit,
    whole,
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


def enact(plan, bureau, at=AT):
    return enact_restructuring(plan.pk, by=bureau.officer, at=at)


def section_branch(section):
    return Organization.objects.get(name=f"{section}党支部", ends_on=None)


def tree_on(bureau, day):
    """Both trees as a page shows them; what one types to find a name is always that of today's name."""
    forest = trees_on(bureau.root.pk, day)
    return replace(forest, nodes=tuple(replace(node, initials="") for node in forest.nodes))


def check_nothing_hangs():
    """No open row names what has ended."""
    ended = Organization.objects.exclude(ends_on=None)
    assert not Membership.objects.filter(organization__in=ended, ends_on=None).exists()
    assert not Post.objects.filter(organization__in=ended, ends_on=None).exists()
    assert not Link.objects.filter(source__in=ended, ends_on=None).exists()
    assert not Link.objects.filter(target__in=ended, ends_on=None).exists()
    assert not Organization.objects.filter(parent__in=ended, ends_on=None).exists()
    for one in Organization.objects.all():
        parent = one.parent.path if one.parent else ""
        assert (one.path[:-5], one.depth) == (parent, len(parent) // 5)


def test_the_structure_of_the_day_is_the_plan_s(plan, bureau):
    read = whole(plan)
    carry_out(plan, bureau)
    now = structure_on(ON)
    made = dict(plan.planned.values_list("pk", "founded"))
    for one in read.organizations:
        organization = made[one.row.pk]
        assert now["names"][organization] == one.row.name
        assert now["parents"][organization] == (made[one.row.above_id] if one.row.above_id else bureau.committee.pk)
        assert (organization, one.row.leader_id, "secretary") in now["posts"]
        for seat in one.seats:
            assert now["members"][seat.person_id] == organization
        for section in one.sections:
            assert ("covers", organization, section) in now["links"]
    assert set(now["names"]) == {*made.values(), bureau.committee.pk}
    assert len(now["members"]) == 31
    assert len([link for link in now["links"] if link[0] == "covers"]) == 6
    check_nothing_hangs()


def test_every_day_before_stays_as_it_was(plan, bureau):
    days = [date(2020, 1, 1), BEFORE]
    before = [structure_on(day) for day in days]
    trees = [tree_on(bureau, day) for day in days]
    scopes = [Scope((bureau.root.path, bureau.committee.path), day, ON) for day in days]
    found = [[(row.rule, row.node.id, row.words) for row in findings_in(scope)] for scope in scopes]
    carry_out(plan, bureau)
    assert [structure_on(day) for day in days] == before
    assert [tree_on(bureau, day) for day in days] == trees
    assert [[(row.rule, row.node.id, row.words) for row in findings_in(scope)] for scope in scopes] == found
    assert tree_on(bureau, ON) != trees[1]


def test_heads_are_designated_until_an_election(plan, bureau):
    carry_out(plan, bureau)
    post = Post.objects.get(organization=section_branch("法制科"), role="secretary")
    assert (post.person, post.appointed, post.starts_on) == (bureau.head("法制科"), "designated", ON)
    # Whoever led already what goes on, leads it still.
    kept = Post.objects.get(organization=section_branch("办公室"), role="secretary", ends_on=None)
    assert (kept.person, kept.starts_on) == (bureau.head("办公室"), None)


def test_the_decision_stands_with_what_it_founded_and_dissolved(plan, bureau):
    draft = make_draft(bureau)
    seats = tuple(draft.seats.filter(branch=bureau.branches["第4党支部"]).values_list("pk", flat=True))
    target = draft.planned.get(name="第3党支部")
    edits.move_members(draft.pk, edits.Move(seats, target.pk, draft.version), by=bureau.officer, at=AT)
    gone = tuple(draft.seats.filter(branch=bureau.branches["第1党支部"]).values_list("pk", flat=True)[:5])
    made = edits.move_members(draft.pk, edits.Move(gone, None, draft.version + 1), by=bureau.officer, at=AT)
    leader = {"leader": made.seats.first().person}
    row = draft.planned.get(name="第1党支部")
    edits.change_planned(made.pk, leader, version=draft.version + 2, by=bureau.officer, at=AT)
    edits.change_planned(
        row.pk, {"leader": row.seats.first().person}, version=draft.version + 3, by=bureau.officer, at=AT
    )
    carry_out(draft, bureau)
    made.refresh_from_db()
    papers = Approval.objects.exclude(subject__endswith="restructuring")
    assert set(papers.values_list("step", "organization")) == {
        ("founding", made.founded_id),
        ("level", bureau.branches[GENERAL].pk),
        ("dissolution", bureau.branches["第4党支部"].pk),
    }
    for paper in papers:
        assert (paper.document_number, paper.decided_by) == ("人社党〔2026〕3号", bureau.second)


def test_reasons_go_on_with_the_organization(db):
    bureau = make_bureau({"局机关": {"办公室": (51, "第1党支部")}})
    plan = make_draft(bureau)
    carry_out(plan, bureau)
    (kept,) = SetAside.objects.all()
    assert (kept.organization, kept.rule) == (bureau.branches["第1党支部"], "BR-SIZE-MAX")
    rows = findings_in(Scope((bureau.committee.path,), ON, ON))
    assert [row.state for row in rows if row.rule == "BR-SIZE-MAX"] == ["set_aside"]


def test_reasons_that_nothing_rests_on_any_more_are_not_kept(db):
    bureau = make_bureau({"局机关": {"办公室": (51, "第1党支部"), "法制科": (3, "第2党支部")}})
    plan = make_draft(bureau)
    approve(plan, bureau)
    deciding.reopen_restructuring(plan.pk, by=bureau.officer, at=AT)
    plan.refresh_from_db()
    seats = tuple(plan.seats.filter(planned__name="第1党支部").values_list("pk", flat=True)[10:20])
    target = plan.planned.get(name="第2党支部")
    edits.move_members(plan.pk, edits.Move(seats, target.pk, plan.version), by=bureau.officer, at=AT)
    carry_out(plan, bureau)
    assert not SetAside.objects.exists()


@pytest.mark.parametrize("number", ["人社党〔2026〕3号", ""])
def test_a_general_branch_that_is_small_bears_the_paper_that_lets_it_stand(plan, bureau, number):
    give_reasons(plan, bureau)
    submit(plan, bureau)
    deciding.decide_restructuring(plan.pk, approved=True, number=number, by=bureau.second, at=AT)
    enact(plan, bureau)
    rows = findings_in(Scope((bureau.committee.path,), ON, ON))
    levels = {row.node.id for row in rows if row.rule == "ORG-LEVEL"}
    assert levels == {bureau.committee.pk}


def test_each_organization_that_ended_names_its_successor(plan, bureau):
    group = make_node(K.GROUP, "法制小组", bureau.branches["第1党支部"])
    Membership.objects.filter(person__in=bureau.people["法制科"], side="party").update(organization=group)
    draft = make_draft(bureau)
    rows = list(draft.planned.filter(name__in=["第1党支部", "第2党支部"]).order_by("rank"))
    version = draft.version
    seats = tuple(rows[0].seats.values_list("pk", flat=True))
    edits.move_members(draft.pk, edits.Move(seats, rows[1].pk, version), by=bureau.officer, at=AT)
    carry_out(draft, bureau)
    ended = set(Organization.objects.exclude(ends_on=None))
    assert ended == {bureau.branches["第1党支部"], group}
    lines = RestructuringLine.objects.filter(kind="dissolve")
    assert {(line.organization, line.successor) for line in lines} == {
        (one, bureau.branches["第2党支部"]) for one in ended
    }
    check_nothing_hangs()


def test_the_ledger_tells_what_was_done(plan, bureau):
    last = Entry.objects.order_by("pk").last().pk
    carry_out(plan, bureau)
    entries = Entry.objects.filter(pk__gt=last)
    entry = entries.get(kind="restructuring.enacted")
    assert entry.data == {"founded": 2, "dissolved": 0, "moved": 10}
    assert entry == entries.order_by("pk").last()
    kinds = list(entries.values_list("kind", flat=True))
    assert kinds.count("organization.founded") == 2
    assert kinds.count("membership.ended") == kinds.count("membership.started") == 10
    assert set(entries.filter(kind="post.started").values_list("happened_on", flat=True)) == {ON}


def test_who_moved_or_led_is_signed_out(plan, bureau):
    moved, stayed = (make_user(name) for name in ("moved", "stayed"))
    for user, person in ((moved, bureau.people["法制科"][3]), (stayed, bureau.people["待遇科"][2])):
        person.user = user
        person.save()
    versions = {user.pk: user.rights_version for user in (moved, stayed)}
    carry_out(plan, bureau)
    moved.refresh_from_db()
    stayed.refresh_from_db()
    assert moved.rights_version > versions[moved.pk]
    assert stayed.rights_version == versions[stayed.pk]


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


def test_a_plan_is_enacted_on_a_day_gone_by(bureau):
    on = date(2026, 1, 1)
    plan = make_proposal(bureau, on=on)
    before = structure_on(on - timedelta(days=1))
    carry_out(plan, bureau)
    assert structure_on(on - timedelta(days=1)) == before
    assert structure_on(on) == structure_on(ON)
    assert section_branch("法制科").starts_on == on
    check_nothing_hangs()


def test_a_plan_of_a_day_ahead_waits_for_the_worker(plan, bureau):
    ahead = ON + timedelta(days=7)
    approve(plan, bureau, on=ahead)
    with pytest.raises(Refused, match="到那一天由系统自动实施"):
        enact(plan, bureau)
    before = structure_on(ahead - timedelta(days=1))
    at = AT + timedelta(days=6)
    assert enact_due(at.date(), at=at) == 0
    at = AT + timedelta(days=7)
    assert enact_due(at.date(), at=at) == 1
    assert enact_due(at.date(), at=at) == 0
    plan.refresh_from_db()
    assert (plan.state, plan.enacted_by, plan.hindrance) == ("enacted", None, "")
    assert structure_on(ahead - timedelta(days=1)) == before
    assert section_branch("法制科").starts_on == ahead


def test_a_plan_that_cannot_be_enacted_does_not_hold_up_the_next(plan, bureau):
    approve(plan, bureau)
    other = make_draft(bureau)
    approve(other, bureau)
    Membership.objects.filter(person=bureau.people["法制科"][1], side="party").update(starts_on=ON)
    assert enact_due(ON, at=AT) == 1
    plan.refresh_from_db()
    other.refresh_from_db()
    assert (plan.state, other.state) == ("approved", "enacted")
    assert plan.hindrance.startswith(bureau.people["法制科"][1].name)


def test_only_an_approved_plan_is_enacted_and_only_once(plan, bureau):
    with pytest.raises(Refused, match="批准后才能实施"):
        enact(plan, bureau)
    carry_out(plan, bureau)
    with pytest.raises(Refused, match="已实施,批准后才能实施"):
        enact(plan, bureau)
    with pytest.raises(Refused, match="已经实施,不能作废"):
        deciding.withdraw_restructuring(plan.pk, reason="不再需要", by=bureau.officer, at=AT)


def test_an_officer_of_another_unit_does_not_enact(plan, bureau):
    approve(plan, bureau)
    stranger = make_user("stranger")
    grant(stranger, make_node(K.UNIT, "水务局"))
    with pytest.raises(Refused, match="没有管理“人社局”的权限"):
        enact_restructuring(plan.pk, by=stranger, at=AT)


def joined_on_the_day(bureau):
    person = bureau.people["法制科"][1]
    Membership.objects.filter(person=person, side="party").update(starts_on=ON)
    return f"{person.name} 1 名党员在{day(ON)}当天或之后才编入"


def posted_on_the_day(bureau):
    person = bureau.people["法制科"][1]
    make_post(person, bureau.branches["第1党支部"], "organization_member", starts_on=ON)
    return f"{person.name}的组织委员职务在{day(ON)}当天或之后才开始"


def moved_on_the_day(bureau):
    first = bureau.branches["第3党支部"]
    first.placements.update(starts_on=ON)
    return "调整日期.*必须晚于"


def renamed_on_the_day(bureau):
    bureau.branches["第1党支部"].former_names.create(name="老名", ends_on=ON)
    return "“第1党支部”在2026年3月2日或之后已有更名记录"


@pytest.mark.parametrize("began", [joined_on_the_day, posted_on_the_day, moved_on_the_day, renamed_on_the_day])
def test_what_began_on_the_day_or_later_is_named_and_all_stays_as_it_was(bureau, began):
    words = began(bureau)
    plan = make_proposal(bureau)
    version = plan.version
    edits.drop_general(plan.planned.get(kind=K.GENERAL_BRANCH).pk, version=version, by=bureau.officer, at=AT)
    approve(plan, bureau)
    before = dump()
    with pytest.raises(Refused, match=words):
        enact(plan, bureau)
    assert dump() == before


def test_who_left_an_ending_branch_after_the_day_is_named(bureau):
    on = date(2026, 2, 1)
    person = make_members(bureau, "人事科", 1, "第1党支部")[0]
    Membership.objects.filter(person=person, side="party").update(ends_on=date(2026, 2, 15))
    Membership.objects.filter(person=person, side="staff").update(ends_on=date(2026, 2, 15))
    plan = make_draft(bureau, on=on)
    rows = {row.name: row for row in plan.planned.all()}
    seats = tuple(rows["第1党支部"].seats.values_list("pk", flat=True))
    edits.move_members(plan.pk, edits.Move(seats, rows["第2党支部"].pk, plan.version), by=bureau.officer, at=AT)
    approve(plan, bureau)
    with pytest.raises(Refused, match=f"“第1党支部”在{day(on)}仍有1 人\\({person.name}\\)"):
        enact(plan, bureau)


def test_when_something_fails_half_way_all_stays_as_it_was(plan, bureau, monkeypatch):
    approve(plan, bureau)
    before = dump()

    def fail(deed, changes):
        raise OSError("the disk is full")

    monkeypatch.setattr(enact_ends, "keep_lines", fail)
    with pytest.raises(OSError, match="full"):
        enact(plan, bureau)
    assert dump() == before


def test_members_who_work_here_and_belonged_nowhere_get_their_first_branch(bureau):
    person = make_members(bureau, "待遇科", 1)[0]
    carry_out(make_proposal(bureau), bureau)
    (row,) = Membership.objects.filter(person=person, side="party")
    assert (row.organization.name, row.starts_on) == ("待遇科党支部", ON)


def test_members_directly_in_a_general_branch_come_into_a_branch(bureau):
    person = bureau.people["征缴科"][1]
    Membership.objects.filter(person=person, side="party").update(organization=bureau.branches[GENERAL])
    carry_out(make_proposal(bureau), bureau)
    assert Membership.objects.get(person=person, side="party", ends_on=None).organization.name == "征缴科党支部"


def test_a_section_without_members_is_covered_by_the_largest_branch_of_its_unit(bureau):
    section = make_node(K.SECTION, "档案科", bureau.nodes["社保中心"], rank=9)
    carry_out(make_proposal(bureau), bureau)
    (link,) = Link.objects.on(ON).filter(kind="covers", target=section)
    assert link.source == section_branch("征缴科")


def test_a_plan_that_changes_nothing_changes_nothing(bureau):
    before = structure_on(BEFORE)
    carry_out(make_draft(bureau), bureau)
    now = structure_on(ON)
    assert (now["names"], now["parents"], now["members"], now["posts"]) == (
        before["names"],
        before["parents"],
        before["members"],
        before["posts"],
    )
    assert now["links"] == before["links"]


def test_what_is_set_elsewhere_in_the_unit_comes_under_the_committee(bureau):
    loose = make_node(K.BRANCH, "就业中心党支部")
    centre = make_node(K.UNIT, "就业中心", bureau.root, rank=5)
    make_link("set_in", loose, centre)
    bureau.nodes["就业中心"], bureau.branches["就业中心党支部"] = centre, loose
    people = make_members(bureau, "就业中心", 4, "就业中心党支部")
    make_post(people[0], loose, "secretary")
    carry_out(make_proposal(bureau), bureau)
    loose.refresh_from_db()
    assert (loose.parent, loose.ends_on) == (bureau.committee, None)
    assert loose.path.startswith(bureau.committee.path)
    check_nothing_hangs()


def test_the_stamps_of_what_was_founded_are_those_of_the_deed(plan, bureau):
    carry_out(plan, bureau)
    made = section_branch("法制科")
    assert (made.created_at, made.place) == (STAMPS["created_at"], bureau.places["局机关"])
