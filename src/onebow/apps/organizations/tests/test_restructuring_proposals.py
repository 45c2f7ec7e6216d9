"""Proposals: what the core answers becomes a draft, once, and never over what somebody did meanwhile."""

from datetime import timedelta

import pytest

from onebow.apps.base.progress import read_progress
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import Membership, Restructuring, StructureRun
from onebow.apps.organizations.queries.restructuring.prices import price_of
from onebow.apps.organizations.services.restructuring import deciding, edits, proposals
from onebow.apps.organizations.tests.make import grant, make_user
from onebow.apps.organizations.tests.make_plans import (
    AT,
    GENERAL,
    ON,
    UNITS,
    K,
    give_reasons,
    make_bureau,
    make_draft,
    make_members,
    make_proposal,
    propose,
    sections_of,
    submit,
    whole,
)
from onebow.apps.organizations.tests.make_trees import make_node

pytestmark = pytest.mark.django_db
WEAK = {"局机关": {"办公室": (4, "第1党支部")}, "服务中心": {"窗口科": (2, "第1党支部")}}


@pytest.fixture
def bureau(db):
    return make_bureau()


def request(plan, bureau, **choices):
    settings = proposals.Settings({}, choices) if choices else None
    return proposals.request_proposal(plan.pk, settings, by=bureau.officer, at=AT, queue=False)


def compute(plan, run, at=AT, seconds=60.0):
    proposals.compute(plan.pk, run.pk, now=lambda: at, seconds=seconds)


def test_a_bureau_is_given_one_branch_on_each_section(bureau):
    plan = make_proposal(bureau)
    read = whole(plan)
    assert sections_of(read) == {f"{section}党支部": [section] for unit in UNITS.values() for section in unit}
    assert not read.unplaced
    assert (plan.origin, plan.run.state) == ("proposed", "done")
    assert plan.run.output["status"] == "optimal"


def test_a_unit_with_several_branches_keeps_its_general_branch(bureau):
    read = whole(make_proposal(bureau))
    (general,) = read.generals
    assert (general.row.continues, general.row.unit) == (bureau.branches[GENERAL], bureau.nodes["社保中心"])
    below = {one.row.name for one in read.below(general.row.pk)}
    assert below == {"综合科党支部", "征缴科党支部", "待遇科党支部"}


def test_heads_of_sections_are_proposed_to_lead(bureau):
    for one in whole(make_proposal(bureau)).branches:
        (section,) = one.sections
        assert one.row.leader == bureau.head(bureau_name(bureau, section))


def bureau_name(bureau, section_id):
    return next(name for name, node in bureau.nodes.items() if node.pk == section_id)


def test_the_price_of_a_proposal_is_what_the_core_says_of_it(bureau):
    plan = make_proposal(bureau)
    price, output = price_of(whole(plan)), plan.run.output
    assert price.total == price.best == output["objective"]
    assert (price.over, price.is_proved, price.is_outdated, price.breaches) == (0, True, False, ())
    assert sum(part.value for part in price.parts) == price.total
    assert [part.over for part in price.parts] == [0] * 6


def test_a_unit_with_two_full_members_is_named_and_the_others_are_served(db):
    bureau = make_bureau(WEAK)
    plan = make_proposal(bureau)
    (unserved,) = plan.run.output["infeasible"]
    assert (unserved["rule"], int(unserved["body"])) == ("BR-FOUND-MIN", bureau.nodes["服务中心"].pk)
    read = whole(plan)
    assert sections_of(read) == {"办公室党支部": ["办公室"]}
    assert len(read.unplaced) == 2
    with pytest.raises(Refused, match="2 名党员还没有编入支部"):
        submit(plan, bureau)


def test_a_weak_unit_is_served_once_it_is_considered_with_another_one(db):
    bureau = make_bureau(WEAK)
    plan = make_proposal(bureau)
    plan = propose(plan, bureau, attached={str(bureau.nodes["服务中心"].pk): str(bureau.nodes["局机关"].pk)})
    read = whole(plan)
    assert plan.run.output["infeasible"] == []
    assert not read.unplaced
    assert sections_of(read) == {"办公室、窗口科党支部": ["办公室", "窗口科"]}


def test_sections_to_be_together_and_apart_are_refused_in_a_sentence(bureau):
    pair = [str(bureau.nodes[name].pk) for name in ("办公室", "法制科")]
    with pytest.raises(Refused, match=r"^不能计算:.+。$"):
        request(make_draft(bureau), bureau, together=[pair], apart=[pair])


def test_sections_are_kept_together_or_apart_as_chosen(bureau):
    pair = [str(bureau.nodes[name].pk) for name in ("办公室", "法制科")]
    read = whole(propose(make_draft(bureau), bureau, together=[pair]))
    assert ["办公室", "法制科"] in sections_of(read).values()


def test_who_works_nowhere_stays_with_what_becomes_of_the_branch(bureau):
    person = bureau.people["办公室"][1]
    Membership.objects.filter(person=person, side="staff").update(ends_on=ON)
    plan = make_proposal(bureau)
    seat = plan.seats.select_related("planned").get(person=person)
    mates = plan.seats.filter(branch=bureau.branches["第1党支部"], section__isnull=False)
    assert seat.planned_id in set(mates.values_list("planned_id", flat=True))
    assert not whole(plan).unplaced


def test_changes_by_hand_are_replaced_by_a_new_proposal(bureau):
    plan = make_proposal(bureau)
    first = plan.planned.get(name="办公室党支部")
    second = plan.planned.get(name="法制科党支部")
    seats = tuple(first.seats.values_list("pk", flat=True))
    edits.move_members(plan.pk, edits.Move(seats, second.pk, plan.version), by=bureau.officer, at=AT)
    assert sections_of(whole(propose(plan, bureau))) == sections_of(whole(make_proposal(bureau)))


def test_a_run_whose_draft_was_submitted_meanwhile_leaves_it_alone(bureau):
    plan = make_draft(bureau)
    give_reasons(plan, bureau)
    run = request(plan, bureau)
    submit(plan, bureau)
    before = list(plan.seats.order_by("pk").values())
    compute(plan, run)
    plan.refresh_from_db()
    run.refresh_from_db()
    assert (plan.state, plan.origin, run.state) == ("submitted", "today", "done")
    assert list(plan.seats.order_by("pk").values()) == before


def test_a_run_whose_draft_was_changed_meanwhile_leaves_it_alone(bureau):
    plan = make_draft(bureau)
    run = request(plan, bureau)
    plan.refresh_from_db()
    row = plan.planned.get(name="第1党支部")
    later = AT + timedelta(seconds=5)
    edits.change_planned(row.pk, {"name": "机关党支部"}, version=plan.version, by=bureau.officer, at=later)
    compute(plan, run, at=later)
    assert plan.planned.filter(name="机关党支部").exists()
    # What the best one costs is known all the same.
    assert price_of(whole(plan)).over > 0


def test_a_run_of_an_earlier_request_leaves_the_draft_to_the_later_one(bureau):
    plan = make_draft(bureau)
    early = request(plan, bureau)
    late = request(plan, bureau, together=[[str(bureau.nodes[name].pk) for name in ("办公室", "法制科")]])
    compute(plan, late)
    filled = sections_of(whole(plan))
    compute(plan, early)
    assert sections_of(whole(plan)) == filled


def test_a_run_that_is_delivered_twice_is_computed_once(bureau):
    plan = make_draft(bureau)
    run = request(plan, bureau)
    compute(plan, run)
    entries, rows = Entry.objects.count(), list(plan.planned.order_by("pk").values())
    compute(plan, run)
    assert Entry.objects.count() == entries
    assert list(plan.planned.order_by("pk").values()) == rows


def test_a_failing_core_marks_the_run_as_failed_and_leaves_the_draft(bureau):
    plan = make_draft(bureau)
    run = request(plan, bureau)
    before = list(plan.planned.order_by("pk").values())
    StructureRun.objects.filter(pk=run.pk).update(input={"format": "onebow.structure/0"})
    with pytest.raises(ValueError, match="onebow"):
        compute(plan, run)
    run.refresh_from_db()
    assert (run.state, run.failure) == ("failed", proposals.INTERRUPTED)
    assert list(plan.planned.order_by("pk").values()) == before
    assert read_progress(proposals.progress_key(run.pk)) is None


def test_a_run_whose_answer_cannot_be_kept_is_marked_as_failed(bureau):
    plan = make_draft(bureau)
    run = request(plan, bureau)
    Restructuring.objects.filter(pk=plan.pk).update(choices={"hosts": {"x": "y"}})
    with pytest.raises(ValueError, match="x"):
        compute(plan, run)
    run.refresh_from_db()
    assert run.state == "failed"


def test_whoever_left_while_it_was_computed_is_left_out(bureau):
    plan = make_draft(bureau)
    run = request(plan, bureau)
    gone = bureau.people["待遇科"]
    Membership.objects.filter(person__in=gone).update(ends_on=ON)
    compute(plan, run)
    assert not plan.seats.filter(person__in=gone).exists()
    assert not plan.planned.filter(name="待遇科党支部").exists()


def test_a_computation_that_runs_is_asked_to_stop(bureau):
    plan = make_draft(bureau)
    run = request(plan, bureau)
    proposals.stop_proposal(plan.pk, by=bureau.officer, at=AT)
    assert read_progress(f"{proposals.progress_key(run.pk)}-stop") is not None
    compute(plan, run)
    run.refresh_from_db()
    assert run.state == "done"
    assert read_progress(f"{proposals.progress_key(run.pk)}-stop") is None


def test_nothing_is_stopped_where_nothing_runs_and_by_nobody_else(bureau):
    plan = make_proposal(bureau)
    with pytest.raises(Refused, match="没有正在进行的计算"):
        proposals.stop_proposal(plan.pk, by=bureau.officer, at=AT)
    stranger = make_user("stranger")
    grant(stranger, make_node(K.UNIT, "水务局"))
    with pytest.raises(Refused, match="没有管理“人社局”的权限"):
        proposals.stop_proposal(plan.pk, by=stranger, at=AT)
    with pytest.raises(Refused, match="没有管理“人社局”的权限"):
        proposals.request_proposal(plan.pk, by=stranger, at=AT, queue=False)


def test_no_proposal_is_computed_for_what_is_no_draft(bureau):
    plan = make_draft(bureau)
    deciding.withdraw_restructuring(plan.pk, reason="不再需要", by=bureau.officer, at=AT)
    with pytest.raises(Refused, match="不能再修改"):
        request(plan, bureau)


def test_equal_inputs_bear_equal_digests(bureau):
    plan = make_draft(bureau)
    assert request(plan, bureau).input_sha256 == request(plan, bureau).input_sha256


def test_a_newcomer_is_part_of_the_next_proposal(bureau):
    plan = make_draft(bureau)
    person = make_members(bureau, "待遇科", 1)[0]
    plan = propose(plan, bureau)
    assert plan.seats.select_related("planned").get(person=person).planned.name == "待遇科党支部"


def test_a_joint_branch_of_today_goes_on_as_a_joint_one(db):
    bureau = make_bureau(
        {
            "甲中心": {"甲科": (2, "联合党支部")},
            "乙中心": {"乙科": (2, "联合党支部")},
            "局机关": {"办公室": (4, "第1党支部")},
        }
    )
    joint = bureau.branches["联合党支部"]
    joint.kind = K.JOINT_BRANCH
    joint.save()
    plan = propose(
        make_draft(bureau), bureau, attached={str(bureau.nodes["乙中心"].pk): str(bureau.nodes["甲中心"].pk)}
    )
    row = plan.planned.get(kind="joint_branch")
    assert row.continues == joint
    assert price_of(whole(plan)).over == 0
