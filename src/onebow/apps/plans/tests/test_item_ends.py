"""Items passed urgently, closed, taken up again, told of; and whose they are when people leave."""

from datetime import date

import pytest

from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import Membership, Person
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.tests.make import NOON, TODAY, join
from onebow.apps.plans.models import Checkpoint, ItemPerson, Requirement, StageEntry
from onebow.apps.plans.queries.items.page import course_of, item_seen
from onebow.apps.plans.services import items as services
from onebow.apps.plans.tests.make import CASEWORK, ROUTINE, TASK, make_item, make_kind, make_plan
from onebow.apps.plans.tests.make_items import LATER, finish_stage, make_trip, walk_to

State = Checkpoint.State


def begun(trip):
    return services.begin_item(trip.item.pk, by=trip.owner, at=NOON)


def test_urgency_opens_make_ups_due_in_five_working_days_which_hinder_closing(trip):
    begun(trip)
    services.pass_urgently(trip.item.pk, trip.stage("plan"), reason="省厅限时核查", by=trip.owner, at=NOON)
    plan = trip.checkpoint("方案")
    assert (trip.now().stage.key, plan.state, plan.due_on) == ("pre_trip", State.MAKE_UP, date(2026, 3, 9))
    entry = Entry.objects.get(kind="item.passed_urgently")
    assert entry.data == {"stage": "制定方案", "reason": "省厅限时核查", "open": 1}
    while trip.now().stage.key != "done":
        finish_stage(trip, LATER)
        services.pass_stage(trip.item.pk, trip.now().stage_id, by=trip.owner, at=LATER)
    with pytest.raises(Refused, match=r"还有 1 项待补办.方案载明政治要求.,最早 2026年3月9日到期"):
        services.close_item(trip.item.pk, by=trip.owner, at=LATER)
    services.make_up_checkpoint(plan.pk, "会后补写", by=trip.owner, at=LATER)
    plan.refresh_from_db()
    assert (plan.state, plan.made_up) == (State.DONE, True)
    assert Entry.objects.filter(kind="checkpoint.made_up").count() == 1
    services.close_item(trip.item.pk, by=trip.owner, at=LATER)
    assert trip.now().state == "done"


def test_urgency_needs_a_reason_and_something_open(trip):
    begun(trip)
    with pytest.raises(Refused, match="请写明紧急先行的原因"):
        services.pass_urgently(trip.item.pk, trip.stage("plan"), reason=" ", by=trip.owner, at=NOON)
    finish_stage(trip)
    with pytest.raises(Refused, match="不需要紧急先行"):
        services.pass_urgently(trip.item.pk, trip.stage("plan"), reason="急", by=trip.owner, at=NOON)


def test_what_is_open_in_time_is_not_made_up(trip):
    begun(trip)
    with pytest.raises(Refused, match="还没有到补办的时候"):
        services.make_up_checkpoint(trip.checkpoint("方案").pk, "", by=trip.owner, at=NOON)


def test_an_item_is_closed_only_from_its_last_stage_with_nothing_open(trip):
    walk_to(trip, "drafting")
    with pytest.raises(Refused, match="现在是“起草报告”,后面还有“成果运用”"):
        services.close_item(trip.item.pk, by=trip.owner, at=NOON)
    finish_stage(trip)
    services.pass_stage(trip.item.pk, trip.stage("drafting"), by=trip.owner, at=LATER)
    services.close_item(trip.item.pk, by=trip.head, at=LATER)
    item = trip.now()
    assert (item.state, item.done_at) == ("done", LATER)
    assert not StageEntry.objects.filter(item=item, left_at=None).exists()
    entry = Entry.objects.get(kind="item.done")
    assert entry.data == {"kind": "research", "on_time": True}
    assert set(entry.people.values_list("part", flat=True)) == {"owner", "participant"}


def test_the_last_stage_with_an_open_checkpoint_hinders_closing(town):
    trip = make_trip(town)
    Requirement.objects.create(item=trip.item, stage_id=trip.stage("done"), category="style", text="成果送基层核对")
    walk_to(trip, "done")
    with pytest.raises(Refused, match=r"还有 1 项检查点没有落实.成果送基层核对"):
        services.close_item(trip.item.pk, by=trip.owner, at=NOON)


def test_statutory_casework_is_never_locked_and_its_checkpoints_stay_open(town):
    trip = make_trip(town, CASEWORK)
    begun(trip)
    services.pass_stage(trip.item.pk, trip.stage("accepted"), by=trip.owner, at=NOON)
    services.close_item(trip.item.pk, by=trip.owner, at=NOON)
    assert trip.now().state == "done"
    assert trip.checkpoint("回避").state == State.OPEN


def test_what_is_done_is_taken_up_again_for_a_reason(town):
    trip = make_trip(town, ROUTINE)
    begun(trip)
    with pytest.raises(Refused, match="不需要重新办理"):
        services.reopen_item(trip.item.pk, reason="漏办", by=trip.owner, at=NOON)
    services.close_item(trip.item.pk, by=trip.owner, at=NOON)
    with pytest.raises(Refused, match="请写明重新办理的原因"):
        services.reopen_item(trip.item.pk, reason="", by=trip.owner, at=NOON)
    services.reopen_item(trip.item.pk, reason="企业提出异议", by=trip.owner, at=LATER)
    assert (trip.now().state, trip.now().done_at) == ("open", None)
    services.close_item(trip.item.pk, by=trip.owner, at=LATER)


def test_nothing_is_done_on_what_is_closed(town):
    trip = make_trip(town, ROUTINE)
    begun(trip)
    services.close_item(trip.item.pk, by=trip.owner, at=NOON)
    for deed in (
        lambda: services.pass_stage(trip.item.pk, trip.stage("doing"), by=trip.owner, at=NOON),
        lambda: services.close_item(trip.item.pk, by=trip.owner, at=NOON),
        lambda: services.do_checkpoints(trip.item.pk, {1: ""}, by=trip.owner, at=NOON),
    ):
        with pytest.raises(Refused, match="已完成,这一步只能在办理中进行"):
            deed()


def test_a_party_item_is_moved_by_secretary_and_officer(town):
    plan, kind = make_plan(town.first), make_kind(town.bureau, TASK)
    for by in (town.secretary, town.officer):
        item = make_item(plan, kind, town.first, by.username, state="planned")
        services.begin_item(item.pk, by=by, at=NOON)
        services.close_item(item.pk, by=by, at=NOON)
    assert Entry.objects.filter(kind="party_item.done").count() == 2
    item = make_item(plan, kind, town.first, "第三件", state="planned")
    with pytest.raises(Refused, match="党建事项由责任人、本组织书记或党务干部推进"):
        services.begin_item(item.pk, by=town.member, at=NOON)


def test_the_person_in_charge_who_is_not_on_the_list_confirms_where_nobody_is(town):
    trip = make_trip(town, ROUTINE)
    ItemPerson.objects.filter(item=trip.item).delete()
    Requirement.objects.create(
        item=trip.item, stage_id=trip.stage("doing"), category="style", text="各自对照检查", who="each"
    )
    begun(trip)
    services.acknowledge_checkpoints(trip.item.pk, [trip.checkpoint("对照").pk], by=trip.owner, at=NOON)
    assert trip.checkpoint("对照").state == State.DONE


def test_progress_and_visits_are_told_by_who_takes_part(trip):
    with pytest.raises(Refused, match="未开始,开始办理以后"):
        services.note_progress(trip.item.pk, on=NOON.date(), text="走访", by=trip.owner, at=NOON)
    begun(trip)
    for by in (trip.traveller, trip.head):
        services.note_progress(trip.item.pk, on=NOON.date(), text="走访 3 户企业", by=by, at=NOON)
    with pytest.raises(Refused, match="由责任人、参与人员或主责单位负责人登记"):
        services.note_progress(trip.item.pk, on=NOON.date(), text="走访", by=trip.secretary, at=NOON)
    with pytest.raises(Refused, match="请写明进展"):
        services.note_progress(trip.item.pk, on=NOON.date(), text=" ", by=trip.owner, at=NOON)
    with pytest.raises(Refused, match="日期不能晚于今天"):
        services.note_progress(trip.item.pk, on=date(2026, 3, 3), text="走访", by=trip.owner, at=NOON)
    draft = services.VisitDraft(NOON.date(), "separately", "managed", 4, "某厂", "加班费算法不清楚")
    visit = services.hear_on_site(trip.item.pk, draft, by=trip.traveller, at=NOON)
    assert visit.get_method_display() == "背靠背"
    assert Entry.objects.get(kind="site.heard").data["heard"] == "被管理者"


def test_progress_told_late_is_told_as_such(trip):
    begun(trip)
    services.note_progress(trip.item.pk, on=date(2026, 2, 2), text="走访", by=trip.owner, at=NOON)
    assert Entry.objects.get(kind="item.progressed").late


def has_left(trip):
    reach = reach_of(trip.head, TODAY)
    return course_of(item_seen(reach, trip.item.pk), reach, TODAY).has_left


def test_who_left_the_unit_still_stands_in_the_record_and_moves_nothing_any_more(trip):
    begun(trip)
    person = Person.objects.get(name="钱进")
    assert not has_left(trip)
    Membership.objects.filter(person=person).update(ends_on=TODAY)
    join(person, trip.town.neighbour_section, title="调入")
    with pytest.raises(Refused, match="由责任人或主责单位的行政负责人推进"):
        services.pass_urgently(trip.item.pk, trip.stage("plan"), reason="急", by=trip.owner, at=NOON)
    assert has_left(trip)
    assert trip.now().person == person
    # The head of the unit goes on with it.
    services.do_checkpoints(trip.item.pk, {trip.checkpoint("方案").pk: ""}, by=trip.head, at=NOON)
    services.pass_stage(trip.item.pk, trip.stage("plan"), by=trip.head, at=NOON)


def test_who_moved_to_another_section_of_the_unit_finishes_what_is_theirs(trip):
    person = Person.objects.get(name="钱进")
    Membership.objects.filter(person=person, side="staff").update(ends_on=TODAY)
    join(person, trip.town.office, title="调入")
    begun(trip)
    assert not has_left(trip)
