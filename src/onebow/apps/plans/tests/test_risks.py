"""Integrity-risk points: level by counting, dated; due by day, by post and by process."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import Post
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.tests.make import NOON, TODAY, appoint
from onebow.apps.plans.counting import latest_review
from onebow.apps.plans.models import RiskLevel, RiskPoint
from onebow.apps.plans.queries.risks.due import due_on, on_day, standing_of
from onebow.apps.plans.queries.risks.page import risk_seen, told_of
from onebow.apps.plans.queries.visible import risks_for
from onebow.apps.plans.queries.waiting.parts import risk_reviews
from onebow.apps.plans.rules.risks import check_next_review, level_of
from onebow.apps.plans.services.kinds import PackMark, put_kind
from onebow.apps.plans.services.risks import change_risk, lift_risk, register_risk, review_risk
from onebow.apps.plans.tests.make import ROUTINE, make_item, make_kind, make_plan
from onebow.apps.plans.tests.make_risks import NEXT, make_risk, review_of, risk_of

DAY = timedelta(days=1)


def as_on(point: RiskPoint, on: date = TODAY):
    return on_day(RiskPoint.objects.all(), on).get(pk=point.pk)


@given(st.sets(st.integers(1, 5), min_size=1))
def test_the_level_follows_from_how_many_criteria_hold(held):
    wanted = {1: "low", 2: "medium"}.get(len(held), "high")
    assert level_of(held, TODAY) == wanted
    assert level_of(held, date(1990, 1, 1)) == wanted


@pytest.mark.parametrize(("held", "words"), [((), "至少勾选一条"), ((1, 6), "没有第 6 条"), ((0,), "没有第 0 条")])
def test_none_of_the_criteria_or_a_strange_one_is_refused(held, words):
    with pytest.raises(Refused, match=words):
        level_of(held, TODAY)


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)))
def test_the_latest_review_is_a_year_ahead_also_from_a_leap_day(on):
    last = latest_review(on, TODAY)
    assert 365 <= (last - on).days <= 366
    check_next_review(last, on, TODAY)
    for wrong in (last + DAY, on):
        with pytest.raises(Refused):
            check_next_review(wrong, on, TODAY)


def test_the_head_of_the_office_registers_one_with_its_level(town):
    draft = risk_of(town.office, town.secretary.person.pk, roles=("unit_head",))
    made = register_risk(draft, (2, 4), NEXT, by=town.secretary, at=NOON)
    level = made.levels.get()
    assert (level.level, level.held, level.words, level.starts_on) == ("medium", [2, 4], ["标准 2", "标准 4"], TODAY)
    entry = Entry.objects.select_related("body").get(kind="risk.registered")
    assert (entry.source_id, entry.by_id, entry.data) == (made.pk, town.secretary.pk, {"level": "二级(中)", "held": 2})


@pytest.mark.parametrize(
    ("facts", "held", "words"),
    [
        ({"matter": "机密★10年"}, (1,), "权力事项或环节标有密级"),
        ({"measure": "〔密〕"}, (1,), "防控措施标有密级"),
        ({}, (), "至少勾选一条"),
        ({"review_on": TODAY}, (1,), "应晚于本次"),
        ({"review_on": TODAY + 400 * DAY}, (1,), "至少每 12 个月"),
    ],
)
def test_what_is_no_risk_point_is_refused(town, facts, held, words):
    with pytest.raises(Refused, match=words):
        make_risk(town, held, **facts)


def test_only_who_keeps_or_leads_it_writes(town):
    draft = risk_of(town.wages, town.member.person.pk)
    for user in (town.member, town.stranger, town.secretary):
        with pytest.raises(Refused, match="由它的书记"):
            register_risk(draft, (1,), NEXT, by=user, at=NOON)
    point = make_risk(town)
    for deed in (
        lambda: change_risk(point.pk, draft, version=1, by=town.member, at=NOON),
        lambda: review_risk(point.pk, review_of(), version=1, by=town.member, at=NOON),
        lambda: lift_risk(point.pk, "上收", version=1, by=town.member, at=NOON),
    ):
        with pytest.raises(Refused, match="由它的书记"):
            deed()


def test_an_owner_from_elsewhere_and_the_same_matter_twice_are_refused(town):
    with pytest.raises(Refused, match="责任人不属于"):
        register_risk(risk_of(town.wages, town.neighbour_person.pk), (1,), NEXT, by=None, at=NOON)
    point = make_risk(town)
    with pytest.raises(Refused, match="已经登记过"):
        make_risk(town)
    lift_risk(point.pk, "权限上收", version=1, by=None, at=NOON)
    make_risk(town)


def test_a_correction_tells_its_fields_and_leaves_the_level(town):
    kind = make_kind(town.bureau, ROUTINE)
    item = make_item(make_plan(town.wages), kind, town.wages)
    point = make_risk(town, roles=("unit_head",))
    draft = risk_of(town.wages, town.member.person.pk, measure="公示", kind_ids=(kind.pk,), item_ids=(item.pk,))
    changed = change_risk(point.pk, draft, version=1, by=town.officer, at=NOON)
    assert (changed.version, changed.levels.count()) == (2, 1)
    assert Entry.objects.select_related("body").get(kind="risk.changed").data == {"fields": ["measure", "ties"]}
    with pytest.raises(Refused, match="没有改动"):
        change_risk(point.pk, draft, version=2, by=town.officer, at=NOON)
    with pytest.raises(Refused, match="已被"):
        change_risk(point.pk, risk_of(town.wages, town.member.person.pk), version=1, by=town.officer, at=NOON)


def test_a_review_changes_the_level_and_the_past_keeps_its_own(town):
    point, on = make_risk(town), TODAY + 9 * DAY
    review_risk(point.pk, review_of(on=on), version=1, by=town.officer, at=NOON + 20 * DAY)
    assert [(row.level, row.ends_on) for row in point.levels.all()] == [("high", on), ("low", None)]
    assert [as_on(point, day).level for day in (on - DAY, on)] == ["high", "low"]
    assert as_on(point, on).next_on == NEXT
    reach = reach_of(town.officer, TODAY)
    told = told_of(risk_seen(reach, point.pk, TODAY), reach, TODAY)
    assert ([row.level for row in told.levels], told.reviews, told.held) == (["high"], [], 3)
    data = Entry.objects.select_related("body").get(kind="risk.reviewed").data
    assert data == {"level": "三级(低)", "former": "一级(高)", "next_on": NEXT.isoformat()}


def test_a_review_of_the_same_criteria_or_of_the_same_day_makes_no_second_level(town):
    point = make_risk(town)
    review_risk(point.pk, review_of(held=(3, 2, 1)), version=1, by=None, at=NOON)
    assert point.levels.count() == 1
    review_risk(point.pk, review_of(held=(1, 2)), version=2, by=None, at=NOON)
    assert [row.level for row in point.levels.all()] == ["medium"]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"on": TODAY + DAY}, "不能晚于今天"),
        ({"on": TODAY - DAY}, "不能早于上一次"),
        ({"next_on": TODAY}, "应晚于本次"),
        ({"held": ()}, "至少勾选一条"),
        ({"remark": "密级:机密"}, "复查情况标有密级"),
    ],
)
def test_a_review_that_does_not_fit_is_refused(town, facts, words):
    point = make_risk(town)
    with pytest.raises(Refused, match=words):
        review_risk(point.pk, review_of(**facts), version=1, by=None, at=NOON)


def test_what_was_lifted_is_read_on_and_written_no_more(town):
    point, on = make_risk(town), TODAY + 9 * DAY
    lift_risk(point.pk, "权限上收", version=1, by=town.officer, at=NOON + 9 * DAY)
    assert [as_on(point, day).due for day in (on - DAY, on)] == ["ahead", "lifted"]
    assert Entry.objects.select_related("body").get(kind="risk.lifted").data == {"reason": "权限上收"}
    with pytest.raises(Refused, match="已经解除"):
        review_risk(point.pk, review_of(), version=2, by=None, at=NOON + 9 * DAY)
    assert RiskLevel.objects.get().level == "high"


def test_it_is_due_by_its_day(town):
    point = make_risk(town, review_on=TODAY + 30 * DAY)
    told = {days: standing_of(as_on(point, TODAY + days * DAY), TODAY + days * DAY) for days in (0, 16, 30, 31)}
    assert {days: (one.state, one.note) for days, one in told.items()} == {
        0: ("ahead", ""), 16: ("soon", "还有 14 天"), 30: ("soon", "今天到期"), 31: ("late", "已逾期 1 天"),
    }  # fmt: skip
    assert [one.is_due for one in told.values()] == [False, True, True, True]
    assert not on_day(RiskPoint.objects.all(), TODAY - DAY)


def test_a_post_that_changes_hands_makes_it_due_until_somebody_looks(town):
    point, other, on = make_risk(town, roles=("unit_head",)), make_risk(town, matter="公文"), TODAY + 9 * DAY
    appoint(town.member.person, town.wages, Post.Role.UNIT_HEAD)
    Post.objects.filter(organization=town.wages).update(starts_on=on)
    assert [as_on(row, on).due for row in (point, other)] == ["post", "ahead"]
    assert as_on(point, on - DAY).due == "ahead"
    assert list(due_on(RiskPoint.objects.all(), on)) == [point]
    review_risk(point.pk, review_of(on=on, held=(1, 2, 3)), version=1, by=None, at=NOON + 9 * DAY)
    assert as_on(point, on).due == "ahead"
    Post.objects.filter(organization=town.wages).update(ends_on=on + DAY)
    assert as_on(point, on + DAY).due == "post"


def test_a_new_version_of_a_kind_makes_it_due(town):
    kind = make_kind(town.bureau, ROUTINE)
    point = make_risk(town, kind_ids=(kind.pk,))
    put_kind(town.bureau, replace(ROUTINE, name="日常工作"), PackMark("test", "2"), on=TODAY + DAY)
    assert [as_on(point, day).due for day in (TODAY, TODAY + DAY)] == ["ahead", "process"]


def test_what_is_due_waits_for_its_owner_and_for_who_leads(town):
    make_risk(town, review_on=TODAY + DAY)
    told = {name: risk_reviews(reach_of(getattr(town, name), TODAY), TODAY).count()
            for name in ("officer", "member", "secretary", "staff", "stranger")}  # fmt: skip
    assert told == {"officer": 1, "member": 1, "secretary": 0, "staff": 0, "stranger": 0}


def test_who_belongs_to_it_reads_it_and_who_keeps_it_too(town):
    point = make_risk(town)
    seen = {name: risks_for(reach_of(getattr(town, name), TODAY)).filter(pk=point.pk).exists()
            for name in ("officer", "member", "staff", "secretary", "stranger")}  # fmt: skip
    assert seen == {"officer": True, "member": True, "staff": True, "secretary": False, "stranger": False}
    far = register_risk(risk_of(town.bureau, town.member.person.pk), (1,), NEXT, by=None, at=NOON)
    assert list(risks_for(reach_of(town.member, TODAY)).order_by("pk")) == [point, far]
