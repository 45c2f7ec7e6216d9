"""Two people at the same moment, each with a connection of their own: one checkpoint, one stage."""

import pytest

from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.tests.make import NOON, Town
from onebow.apps.organizations.tests.test_at_once import at_once
from onebow.apps.plans.models import StageEntry
from onebow.apps.plans.services import items as services
from onebow.apps.plans.tests.make_items import finish_stage, make_trip, walk_to

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("_time", range(2))
def test_a_checkpoint_is_done_once_and_the_second_hears_by_whom_and_when(town: Town, _time):
    trip = make_trip(town)
    walk_to(trip, "drafting")
    row = trip.checkpoint("数字和事实")

    def do(user, note):
        return lambda: services.do_checkpoints(trip.item.pk, {row.pk: note}, by=user, at=NOON)

    first, second = at_once(do(trip.owner, "甲"), do(trip.head, "乙"))
    assert first == "done"
    row.refresh_from_db()
    who = row.done_by.display_name
    assert second == f"“数字和事实经过核对”已由{who}于 2026年3月2日 12:00 落实,没有重复登记。"
    assert row.note == {trip.owner: "甲", trip.head: "乙"}[row.done_by]
    assert Entry.objects.filter(kind="checkpoint.done", source_id=row.pk).count() == 1


def test_a_stage_is_left_once(town: Town):
    trip = make_trip(town)
    walk_to(trip, "drafting")
    finish_stage(trip)
    stage_id = trip.stage("drafting")

    def leave(user):
        return lambda: services.pass_stage(trip.item.pk, stage_id, by=user, at=NOON)

    first, second = at_once(leave(trip.owner), leave(trip.head))
    assert first == "done"
    assert "已于 2026年3月2日 12:00 完成,不能重复办理" in second
    assert StageEntry.objects.filter(item=trip.item, stage__key="done").count() == 1
