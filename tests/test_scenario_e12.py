"""E12: month, quarter, half-year and special checks find gaps; each closes by make-up, completion or strengthening."""

from datetime import UTC, date, datetime, timedelta

import pytest

from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.plans.models import CheckRun, Gap, Item, Progress
from onebow.apps.plans.queries.checks.words import lateness
from onebow.apps.plans.services.checks import CheckDraft, answer_gap, close_gaps, run_check
from onebow.apps.plans.services.items import close_item
from onebow.apps.plans.services.ties import say_untied
from onebow.apps.plans.tests.make import begun
from onebow.apps.plans.tests.make_checks import Apart, make_apart_in_town
from onebow.apps.plans.tests.make_duties import make_up

pytestmark = pytest.mark.django_db


def noon(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 4, tzinfo=UTC)


def run(apart: Apart, kind: str, first: date, end: date, at: datetime, **special) -> CheckRun:
    return run_check(CheckDraft(apart.town.bureau.pk, kind, first, end, **special), by=apart.town.officer, at=at).run


def seen(made: CheckRun) -> dict[str, int]:
    return {sort: told["seen"] for sort, told in made.figures.items()}


def test_four_kinds_of_checks_and_three_ways_of_closing():
    apart = make_apart_in_town()
    begun(Item.objects.get(pk=apart.item.pk))
    apart.change(untied_reason="")

    # March is summed up: a meeting and two theme days that nobody held, and an item tied to nothing.
    month = run(apart, "month", date(2026, 3, 1), date(2026, 4, 1), noon(4, 2))
    assert seen(month) == {"duty": 2, "untied": 1}
    meeting = apart.gap("duty", occurrence=apart.meetings[0])

    # 补课: three weeks late, as it will be told for ever; not by the branch's own secretary.
    make_up(apart.meetings[0], on=date(2026, 4, 23), at=noon(4, 23))
    answer_gap(meeting.pk, "已补开党员大会", version=meeting.version, by=apart.town.secretary, at=noon(4, 23))
    with pytest.raises(Refused, match="不能自己销号"):
        close_gaps([meeting.pk], by=apart.town.secretary, at=noon(4, 24))
    close_gaps([meeting.pk], by=apart.overseer, at=noon(4, 24))

    # 完善: the reason was written down by the officer, so the head closes it and not the officer.
    untied = apart.gap("untied")
    say_untied(apart.item.pk, "内部事务", by=apart.town.officer, at=noon(4, 24))
    with pytest.raises(Refused, match="是您登记的"):
        close_gaps([untied.pk], by=apart.town.officer, at=noon(4, 25))
    close_gaps([untied.pk], by=apart.chief, at=noon(4, 25))

    # The quarter shows the months' gaps, and how far they are.
    quarter = run(apart, "quarter", date(2026, 1, 1), date(2026, 4, 1), noon(4, 26))
    assert quarter.figures["duty"] == {"seen": 4, "found": 2, "open": 3, "closed": 1}

    # 补齐: two months without a word on the item; half a year finds it.
    half = run(apart, "half", date(2026, 1, 1), date(2026, 7, 1), noon(7, 2))
    assert half.figures["silent"]["found"] == 1
    silent = apart.gap("silent")
    with pytest.raises(Refused, match="还没有登记新的进展"):
        close_gaps([silent.pk], by=apart.chief, at=noon(7, 3))
    Progress.objects.create(item=apart.item, on=date(2026, 7, 3), text="走访三家", made_at=noon(7, 3))
    close_gaps([silent.pk], by=apart.chief, at=noon(7, 4))

    # A special campaign, over what was chosen alone.
    apart.change(due_on=date(2026, 7, 10))
    chosen = {"title": "逾期清零", "sorts": ("late",)}
    special = run(apart, "special", date(2026, 7, 1), date(2026, 8, 1), noon(8, 2), **chosen)
    assert seen(special) == {"late": 1}
    close_item(apart.item.pk, by=apart.town.member, at=noon(8, 3))
    close_gaps([apart.gap("late").pk], by=apart.chief, at=noon(8, 4))

    assert sorted(CheckRun.objects.values_list("kind", flat=True)) == ["half", "month", "quarter", "special"]
    told = {gap.sort: lateness(gap, date(2026, 12, 31)) for gap in Gap.objects.filter(state="closed")}
    assert told["duty"] == "原应 2026年3月31日,补课时已逾期 23 天"
    assert told["late"] == "原应 2026年7月10日,补齐时已逾期 24 天"
    assert told["untied"].startswith("2026年3月2日起没有挂钩,完善时已")
    assert not any(gap.closed_by_id in (gap.answered_by_id, _account(gap)) for gap in _closed())
    assert Entry.objects.filter(kind="gap.closed").count() == 4

    # The same again doubles nothing.
    count = Gap.objects.count()
    run(apart, "half", date(2026, 1, 1), date(2026, 7, 1), noon(8, 4) + timedelta(days=1))
    assert Gap.objects.count() == count


def _closed():
    return Gap.objects.filter(state="closed").select_related("person__user")


def _account(gap: Gap) -> int | None:
    return gap.person.user_id if gap.person else None
