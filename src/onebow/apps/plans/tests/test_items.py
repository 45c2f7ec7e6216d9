"""Items in motion: begun, moved from stage to stage, closed and taken up again."""

from datetime import date

import pytest

from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.tests.make import NOON, make_person
from onebow.apps.plans.models import Checkpoint, ItemPerson, Requirement, StageEntry
from onebow.apps.plans.services import items as services
from onebow.apps.plans.tests.make import make_item
from onebow.apps.plans.tests.make_items import LATER, finish_stage, walk_to

State = Checkpoint.State


def begun(trip):
    return services.begin_item(trip.item.pk, by=trip.owner, at=NOON)


def test_beginning_makes_all_checkpoints_as_the_requirements_read_now(trip):
    stage = trip.stage("drafting")
    Requirement.objects.create(item=trip.item, stage_id=stage, category="style", text="报告不超过十页")
    begun(trip)
    texts = list(trip.item.checkpoints.order_by("order").values_list("text", flat=True))
    assert texts[-1] == "报告不超过十页"
    assert len(texts) == 5
    trip.item.kind.requirements.filter(text__contains="方案").update(text="改写了")
    assert trip.checkpoint("方案载明").state == State.OPEN
    assert trip.now().stage.key == "plan"
    assert StageEntry.objects.get(item=trip.item).entered_at == NOON
    assert Entry.objects.get(kind="item.began").source_id == trip.item.pk


def test_what_is_not_approved_or_goes_on_already_is_not_begun(trip):
    begun(trip)
    with pytest.raises(Refused, match="进行中,不能再次开始"):
        begun(trip)
    draft = make_trip_of(trip, state="draft")
    with pytest.raises(Refused, match="还没有批准"):
        services.begin_item(draft.pk, by=trip.owner, at=NOON)


def make_trip_of(trip, **facts):
    item = trip.item
    return make_item(item.plan, item.kind, item.organization, "又一件", person=item.person, **facts)


@pytest.mark.parametrize("who", ["secretary", "officer", "traveller"])
def test_business_is_not_moved_on_the_strength_of_a_party_post(trip, who):
    by = trip.town.officer if who == "officer" else getattr(trip, who)
    with pytest.raises(Refused, match="业务事项由责任人或主责单位的行政负责人推进"):
        services.begin_item(trip.item.pk, by=by, at=NOON)
    begun(trip)
    for deed in (
        lambda: services.pass_stage(trip.item.pk, trip.stage("plan"), by=by, at=NOON),
        lambda: services.pass_urgently(trip.item.pk, trip.stage("plan"), reason="急", by=by, at=NOON),
        lambda: services.close_item(trip.item.pk, by=by, at=NOON),
        lambda: services.reopen_item(trip.item.pk, reason="漏办", by=by, at=NOON),
    ):
        with pytest.raises(Refused, match="由责任人或主责单位"):
            deed()


def test_the_head_of_the_unit_moves_it_as_the_person_in_charge_does(trip):
    services.begin_item(trip.item.pk, by=trip.head, at=NOON)
    services.do_checkpoints(trip.item.pk, {trip.checkpoint("方案").pk: ""}, by=trip.head, at=NOON)
    services.pass_stage(trip.item.pk, trip.stage("plan"), by=trip.head, at=LATER)
    assert trip.now().stage.key == "pre_trip"
    left = StageEntry.objects.get(item=trip.item, stage=trip.stage("plan"))
    assert (left.left_at, left.left_by) == (LATER, trip.head)


def test_the_next_stage_is_locked_until_the_checkpoints_are_done(trip):
    begun(trip)
    with pytest.raises(Refused, match=r"“制定方案”还有 1 项检查点没有落实.方案载明政治要求.*紧急先行"):
        services.pass_stage(trip.item.pk, trip.stage("plan"), by=trip.owner, at=NOON)
    assert trip.now().stage.key == "plan"
    finish_stage(trip)
    services.pass_stage(trip.item.pk, trip.stage("plan"), by=trip.owner, at=NOON)
    assert trip.now().stage.key == "pre_trip"


def test_stages_out_of_order_are_refused_by_name(trip):
    begun(trip)
    with pytest.raises(Refused, match="现在是“制定方案”,还没有到“起草报告”"):
        services.pass_stage(trip.item.pk, trip.stage("drafting"), by=trip.owner, at=NOON)
    finish_stage(trip)
    services.pass_stage(trip.item.pk, trip.stage("plan"), by=trip.owner, at=NOON)
    with pytest.raises(Refused, match="“制定方案”已于 2026年3月2日 12:00 完成"):
        services.pass_stage(trip.item.pk, trip.stage("plan"), by=trip.owner, at=LATER)


def test_a_checkpoint_is_done_by_whom_it_names_and_not_beforehand(trip):
    begun(trip)
    ahead, plan = trip.checkpoint("支委会"), trip.checkpoint("方案")
    with pytest.raises(Refused, match="由责任人落实"):
        services.do_checkpoints(trip.item.pk, {plan.pk: ""}, by=trip.secretary, at=NOON)
    with pytest.raises(Refused, match="属于“行前准备”,还没有到"):
        services.do_checkpoints(trip.item.pk, {ahead.pk: ""}, by=trip.secretary, at=NOON)
    with pytest.raises(Refused, match="请至少勾选一项"):
        services.do_checkpoints(trip.item.pk, {}, by=trip.owner, at=NOON)
    with pytest.raises(Refused, match="已经不在这个事项里"):
        services.do_checkpoints(trip.item.pk, {0: ""}, by=trip.owner, at=NOON)
    services.do_checkpoints(trip.item.pk, {plan.pk: " 已写入第三部分 "}, by=trip.owner, at=NOON)
    plan.refresh_from_db()
    assert (plan.state, plan.note, plan.done_by) == (State.DONE, "已写入第三部分", trip.owner)
    entry = Entry.objects.get(kind="checkpoint.done")
    assert entry.data == {"item": trip.item.pk, "category": "political"}


def test_who_comes_second_hears_who_did_it_and_when_and_nothing_is_doubled(trip):
    begun(trip)
    plan = trip.checkpoint("方案")
    services.do_checkpoints(trip.item.pk, {plan.pk: "甲"}, by=trip.owner, at=NOON)
    with pytest.raises(Refused, match="已由qianjin于 2026年3月2日 12:00 落实,没有重复登记"):
        services.do_checkpoints(trip.item.pk, {plan.pk: "乙"}, by=trip.head, at=LATER)
    plan.refresh_from_db()
    assert (plan.note, Entry.objects.filter(kind="checkpoint.done").count()) == ("甲", 1)


def test_the_secretary_does_what_is_the_secretarys_and_the_head_does_not(trip):
    walk_to(trip, "pre_trip")
    meeting = trip.checkpoint("支委会")
    with pytest.raises(Refused, match="由支部书记落实"):
        services.do_checkpoints(trip.item.pk, {meeting.pk: ""}, by=trip.head, at=NOON)
    with pytest.raises(Refused, match="由支部书记落实"):
        # Of another branch.
        services.do_checkpoints(trip.item.pk, {meeting.pk: ""}, by=trip.town.secretary, at=NOON)
    services.do_checkpoints(trip.item.pk, {meeting.pk: ""}, by=trip.secretary, at=NOON)
    meeting.refresh_from_db()
    assert meeting.state == State.DONE


def test_each_traveller_confirms_and_the_last_one_finishes_the_checkpoint(trip):
    other = make_person(trip.town.bureau, "郑行")
    ItemPerson.objects.create(item=trip.item, person=other, is_traveller=True)
    walk_to_pre_trip(trip)
    reminder = trip.checkpoint("行前提醒")
    with pytest.raises(Refused, match="每名外出人员各自确认,不能代办"):
        services.do_checkpoints(trip.item.pk, {reminder.pk: ""}, by=trip.owner, at=NOON)
    with pytest.raises(Refused, match="您不在其中"):
        services.acknowledge_checkpoints(trip.item.pk, [reminder.pk], by=trip.owner, at=NOON)
    services.acknowledge_checkpoints(trip.item.pk, [reminder.pk], by=trip.traveller, at=NOON)
    reminder.refresh_from_db()
    assert reminder.state == State.OPEN
    with pytest.raises(Refused, match="已经确认过"):
        services.acknowledge_checkpoints(trip.item.pk, [reminder.pk], by=trip.traveller, at=NOON)
    ItemPerson.objects.filter(person=other).delete()
    services.follow_item(trip.now(), at=NOON)
    reminder.refresh_from_db()
    assert reminder.state == State.DONE


def walk_to_pre_trip(trip):
    begun(trip)
    services.do_checkpoints(trip.item.pk, {trip.checkpoint("方案").pk: ""}, by=trip.owner, at=NOON)
    services.pass_stage(trip.item.pk, trip.stage("plan"), by=trip.owner, at=NOON)


def test_what_asks_one_is_not_confirmed_by_each(trip):
    begun(trip)
    with pytest.raises(Refused, match="不需要各自确认"):
        services.acknowledge_checkpoints(trip.item.pk, [trip.checkpoint("方案").pk], by=trip.owner, at=NOON)


def test_a_traveller_who_joins_later_reopens_the_reminder_for_themselves(trip):
    walk_to_pre_trip(trip)
    finish_stage(trip)
    assert trip.checkpoint("行前提醒").state == State.DONE
    late = make_person(trip.town.bureau, "郑行")
    ItemPerson.objects.create(item=trip.item, person=late, is_traveller=True)
    # Even if nobody told: the stage is not passed over their head.
    with pytest.raises(Refused, match="行前提醒"):
        services.pass_stage(trip.item.pk, trip.stage("pre_trip"), by=trip.owner, at=NOON)
    services.follow_item(trip.now(), at=NOON)
    assert trip.checkpoint("行前提醒").state == State.OPEN


def test_after_the_departure_a_new_traveller_makes_the_reminder_up(trip):
    walk_to(trip, "on_site")
    ItemPerson.objects.create(item=trip.item, person=make_person(trip.town.bureau, "郑行"), is_traveller=True)
    services.follow_item(trip.now(), at=NOON)
    reminder = trip.checkpoint("行前提醒")
    assert (reminder.state, reminder.due_on) == (State.MAKE_UP, date(2026, 3, 9))
