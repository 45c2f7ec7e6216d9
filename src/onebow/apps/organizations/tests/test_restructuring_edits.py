"""Changes of a draft by hand: each is checked, priced, and refused in words where it cannot be."""

import pytest

from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import Restructuring
from onebow.apps.organizations.queries.restructuring.prices import price_of
from onebow.apps.organizations.services.restructuring import edits
from onebow.apps.organizations.tests.make_plans import (
    AT,
    GENERAL,
    K,
    give_reasons,
    make_bureau,
    make_draft,
    make_proposal,
    submit,
    whole,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(db):
    return make_bureau()


@pytest.fixture
def plan(bureau):
    return make_proposal(bureau)


def move(plan, bureau, seats, to=None, version=None):
    version = version or Restructuring.objects.get(pk=plan.pk).version
    deed = edits.Move(tuple(seat.pk for seat in seats), to.pk if to else None, version)
    return edits.move_members(plan.pk, deed, by=bureau.officer, at=AT)


def branch(plan, section):
    return plan.planned.get(name=f"{section}党支部")


def check_price(plan):
    """The parts sum up, and nothing is cheaper than the proved best."""
    price = price_of(whole(plan))
    assert sum(part.value for part in price.parts) == price.total
    assert sum(part.over for part in price.parts) == price.over >= 0
    return price


def test_a_whole_section_moves_and_its_empty_branch_disappears(plan, bureau):
    old, target = branch(plan, "法制科"), branch(plan, "办公室")
    move(plan, bureau, old.seats.all(), target)
    assert not plan.planned.filter(pk=old.pk).exists()
    target.refresh_from_db()
    assert (target.seats.count(), target.is_touched, target.reasons) == (13, True, [])
    price = check_price(plan)
    # 20 for the second section, 2 for each of two members more or less than before, one of six moves more.
    assert price.over > 0


def test_a_single_person_moves(plan, bureau):
    target, source = branch(plan, "办公室"), branch(plan, "法制科")
    seat = source.seats.exclude(person=source.leader).first()
    move(plan, bureau, [seat], target)
    seat.refresh_from_db()
    source.refresh_from_db()
    assert (seat.planned, source.seats.count()) == (target, 5)
    assert source.leader == bureau.head("法制科")
    assert check_price(plan).over >= 40


def test_there_and_back_costs_nothing(plan, bureau):
    target, source = branch(plan, "办公室"), branch(plan, "法制科")
    seat = source.seats.exclude(person=source.leader).first()
    best = check_price(plan).total
    move(plan, bureau, [seat], target)
    move(plan, bureau, [seat], source)
    assert check_price(plan).total == best


def test_a_head_who_is_moved_heads_the_branch_no_more(plan, bureau):
    source = branch(plan, "法制科")
    move(plan, bureau, source.seats.filter(person=bureau.head("法制科")), branch(plan, "办公室"))
    source.refresh_from_db()
    assert source.leader is None
    give_reasons(plan, bureau)
    with pytest.raises(Refused, match="“法制科党支部”还没有指定负责人"):
        submit(plan, bureau)


def test_members_move_to_a_branch_of_their_own_beside_their_old_one(plan, bureau):
    source = branch(plan, "征缴科")
    made = move(plan, bureau, source.seats.all()[:3])
    assert (made.name, made.above, made.kind, made.leader) == ("征缴科第二党支部", source.above, "branch", None)
    assert made.seats.count() == 3
    check_price(plan)


def test_members_never_move_into_a_general_branch(plan, bureau):
    general = plan.planned.get(kind=K.GENERAL_BRANCH)
    with pytest.raises(Refused, match=f"“{GENERAL}”是党总支"):
        move(plan, bureau, branch(plan, "征缴科").seats.all(), general)


def test_a_page_that_is_older_than_the_plan_changes_nothing(plan, bureau):
    source, target = branch(plan, "法制科"), branch(plan, "办公室")
    version = Restructuring.objects.get(pk=plan.pk).version
    move(plan, bureau, source.seats.all()[:1], target, version)
    with pytest.raises(Refused, match="已被修改,请刷新页面") as refused:
        move(plan, bureau, source.seats.all()[:1], target, version)
    assert refused.value.fresh == {"version": version + 1}
    deeds = [
        lambda: edits.change_planned(target.pk, {"name": "甲"}, version=version, by=bureau.officer, at=AT),
        lambda: edits.open_general(plan.pk, bureau.root.pk, "甲", version=version, by=bureau.officer, at=AT),
        lambda: edits.drop_general(
            plan.planned.get(kind=K.GENERAL_BRANCH).pk, version=version, by=bureau.officer, at=AT
        ),
    ]
    for deed in deeds:
        with pytest.raises(Refused, match="已被修改"):
            deed()


def test_members_of_another_plan_are_not_moved(plan, bureau):
    other = make_draft(bureau)
    with pytest.raises(Refused, match="没有选中可以移动的党员"):
        move(plan, bureau, other.seats.all()[:1], branch(plan, "办公室"))
    with pytest.raises(Refused, match="没有选中可以移动的党员"):
        move(plan, bureau, [], branch(plan, "办公室"))
    with pytest.raises(Refused, match="已不在方案中"):
        move(plan, bureau, plan.seats.all()[:1], other.planned.first())


def test_a_branch_over_two_weak_units_becomes_a_joint_one_and_a_branch_again(db):
    bureau = make_bureau(
        {"甲中心": {"甲科": (2, "")}, "乙中心": {"乙科": (2, "")}, "局机关": {"办公室": (4, "第1党支部")}}
    )
    plan = make_draft(bureau)
    one = move(plan, bureau, plan.seats.filter(section=bureau.nodes["甲科"]))
    assert one.kind == "branch"
    move(plan, bureau, plan.seats.filter(section=bureau.nodes["乙科"]), one)
    one.refresh_from_db()
    assert one.kind == "joint_branch"
    move(plan, bureau, plan.seats.filter(section=bureau.nodes["办公室"]), one)
    one.refresh_from_db()
    assert one.kind == "branch"


def test_a_branch_that_becomes_a_joint_one_goes_on_no_more(db):
    bureau = make_bureau({"甲中心": {"甲科": (2, "第1党支部")}, "乙中心": {"乙科": (2, "")}})
    plan = make_draft(bureau)
    row = plan.planned.get()
    assert row.continues == bureau.branches["第1党支部"]
    move(plan, bureau, plan.seats.filter(section=bureau.nodes["乙科"]), row)
    row.refresh_from_db()
    assert (row.kind, row.continues) == ("joint_branch", None)
