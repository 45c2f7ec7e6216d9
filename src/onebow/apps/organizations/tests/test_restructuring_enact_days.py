"""The day of an enactment: gone by, ahead, and what began on it or later; all or nothing."""

from datetime import date, timedelta

import pytest

from onebow.apps.base.filters import day
from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import (
    Link,
    Membership,
)
from onebow.apps.organizations.services.restructuring import deciding, edits, enact_ends
from onebow.apps.organizations.services.restructuring.enact import BROKEN, enact_due, enact_restructuring
from onebow.apps.organizations.tests.enacting import check_nothing_hangs, enact, section_branch
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
    make_bureau,
    make_draft,
    make_members,
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
    plan = make_proposal(bureau)
    version = plan.version
    edits.drop_general(plan.planned.get(kind=K.GENERAL_BRANCH).pk, version=version, by=bureau.officer, at=AT)
    approve(plan, bureau)
    # After it was handed in; before, it would not have been.
    words = began(bureau)
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


def test_a_fault_in_one_plan_keeps_no_other_from_its_day(plan, bureau, monkeypatch):
    approve(plan, bureau)
    other = make_draft(bureau)
    approve(other, bureau)
    keep = enact_ends.keep_lines

    def fail(deed, changes):
        if deed.plan.restructuring.pk == plan.pk:
            raise OSError("the disk is full")
        keep(deed, changes)

    monkeypatch.setattr(enact_ends, "keep_lines", fail)
    with pytest.raises(OSError, match="full"):
        enact_due(ON, at=AT)
    plan.refresh_from_db()
    other.refresh_from_db()
    assert (plan.state, plan.hindrance, other.state) == ("approved", BROKEN, "enacted")


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
