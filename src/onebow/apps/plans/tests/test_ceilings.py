"""Ceilings of workload: set, ended, the nearest holds; what goes over one is refused or has to be explained."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import Person
from onebow.apps.organizations.tests.make import NOON, TODAY
from onebow.apps.plans.models import Item, LoadReason
from onebow.apps.plans.queries.load.ceilings import ceilings_known
from onebow.apps.plans.queries.load.plans import lines_of_plan
from onebow.apps.plans.services import ceilings, changes, deciding, drafting, item_details
from onebow.apps.plans.services.ceilings import Subject
from onebow.apps.plans.services.drafting import ItemDraft
from onebow.apps.plans.tests.make_load import JANUARY, ceiling_of, make_ceiling
from onebow.apps.plans.tests.make_plans import in_force, make_year_in_town
from onebow.cores.timekeeping.spreading import month_of

# A month to come, seen from NOON, in which whatever is due lies whole.
FIRST, LAST = date(TODAY.year, 5, 1), date(TODAY.year, 5, 31)
MAY = month_of(FIRST)


@pytest.fixture
def year(db):
    year = make_year_in_town()
    Item.objects.filter(plan=year.plan).update(starts_on=FIRST, due_on=LAST, hours=60)
    return year


def draft_of(year, hours, **facts):
    zhao = Person.objects.get(name="赵立")
    told = ItemDraft(
        year.routine.pk, "企业走访", year.town.office.pk, zhao.pk, year.point.pk, FIRST, LAST, Decimal(hours)
    )
    return replace(told, **facts)


def add(year, hours, **facts):
    return drafting.add_item(year.plan.pk, draft_of(year, hours, **facts), by=year.town.officer, at=NOON)


def test_an_officer_sets_a_ceiling_and_the_ledger_tells_it(town):
    row = ceilings.set_ceiling(ceiling_of(town.bureau), by=town.officer, at=NOON)
    assert (row.value, row.set_by) == (100, town.officer)
    assert Entry.objects.get(kind="ceiling.set").data["strength"] == "refuse"


def test_another_value_ends_the_former_and_the_past_stays(town):
    former = make_ceiling(town.bureau)
    make_ceiling(town.bureau, 80, starts_on=date(TODAY.year, 4, 1))
    former.refresh_from_db()
    assert former.ends_on == date(TODAY.year, 4, 1)
    known = ceilings_known(TODAY)
    assert [known.over_person([town.office.path], month_of(JANUARY) + n).value for n in (2, 3)] == [100, 80]


@pytest.mark.parametrize(
    ("facts", "words"),
    [({"value": 0}, "大于 0"), ({"basis": " "}, "依据"), ({"starts_on": JANUARY}, "晚于这一天")],
)
def test_a_ceiling_that_does_not_fit_is_refused(town, facts, words):
    make_ceiling(town.bureau)
    with pytest.raises(Refused, match=words):
        make_ceiling(town.bureau, **facts)


def test_only_officers_set_and_end(town):
    with pytest.raises(Refused, match="党务干部"):
        ceilings.set_ceiling(ceiling_of(town.office), by=town.secretary, at=NOON)
    row = make_ceiling(town.bureau)
    with pytest.raises(Refused, match="党务干部"):
        ceilings.end_ceiling(row.pk, on=TODAY, by=town.secretary, at=NOON)


def test_a_ceiling_ends_once_and_after_it_began(town):
    row = make_ceiling(town.bureau)
    with pytest.raises(Refused, match="晚于开始"):
        ceilings.end_ceiling(row.pk, on=JANUARY, by=town.officer, at=NOON)
    ceilings.end_ceiling(row.pk, on=TODAY, by=town.officer, at=NOON)
    assert not ceilings_known(TODAY).over_person([town.office.path], MAY)
    with pytest.raises(Refused, match="已经停止"):
        ceilings.end_ceiling(row.pk, on=TODAY, by=town.officer, at=NOON)


def test_the_nearest_ceiling_holds(town):
    make_ceiling(town.bureau, 100)
    make_ceiling(town.office, 150)
    make_ceiling(town.bureau, 9, measure="requests")
    known = ceilings_known(TODAY, branches=True)
    assert known.over_person([town.office.path], MAY).value == 150
    assert known.over_person([town.wages.path], MAY).value == 100
    assert known.over_person([town.neighbour_section.path], MAY) is None
    # The committee is set in the bureau, so its word holds for the branches.
    assert known.over_branch(town.first.path, MAY).value == 9


def test_an_item_over_a_ceiling_is_refused_with_its_numbers(year):
    make_ceiling(year.town.bureau, 140)
    assert add(year, 20).hours == 20
    with pytest.raises(
        Refused, match=r"赵立 2026 年 5 月原有 140 小时,列入后 141 小时,人社局规定每月不超过 140 小时"
    ) as told:
        add(year, 1)
    assert "内部规定第3条" in str(told.value)
    assert Item.objects.filter(title="企业走访").count() == 1


def test_months_gone_by_are_nobody_s_to_mend(year):
    make_ceiling(year.town.bureau, 10)
    Item.objects.filter(plan=year.plan).update(hours=None)
    assert add(year, 50, starts_on=JANUARY, due_on=date(TODAY.year, 2, 20))


def test_an_item_that_asks_no_more_than_before_may_be_changed(year):
    item = add(year, 50)
    make_ceiling(year.town.bureau, 100)
    facts = {"version": item.version, "by": year.town.officer, "at": NOON}
    with pytest.raises(Refused, match="列入后 171 小时"):
        drafting.change_item(item.pk, draft_of(year, 51), **facts)
    assert drafting.change_item(item.pk, draft_of(year, 40, title="走访"), **facts).title == "走访"


def test_who_takes_part_bears_a_share(year):
    make_ceiling(year.town.bureau, 100)
    Item.objects.filter(plan=year.plan).update(hours=40)
    item, qian = add(year, 20), Person.objects.get(name="钱进")
    Item.objects.filter(pk=item.pk).update(hours=300)
    with pytest.raises(Refused, match="钱进"):
        item_details.set_people(item.pk, [qian.pk], [], by=year.town.officer, at=NOON)


def test_a_plan_over_a_ceiling_is_neither_handed_in_nor_approved(year):
    change = changes.submit_plan(year.plan.pk, [year.town.committee.pk], by=year.town.officer, at=NOON)
    make_ceiling(year.town.bureau, 100)
    with pytest.raises(Refused, match="原有 0 小时,列入后 120 小时"):
        deciding.decide(change.pk, approved=True, reason="", by=year.decider, at=NOON)
    changes.withdraw_change(change.pk, by=year.town.officer, at=NOON)
    with pytest.raises(Refused, match="不予安排"):
        changes.submit_plan(year.plan.pk, [year.town.committee.pk], by=year.town.officer, at=NOON)


def test_a_request_that_alters_an_item_over_a_ceiling_is_refused(year):
    in_force(year)
    make_ceiling(year.town.bureau, 130)
    why = changes.ChangeDraft("加大力度", "上级要求")
    change = changes.draft_change(year.plan.pk, why, by=year.town.officer, at=NOON)
    work = year.again(year.work)
    told = ItemDraft(work.kind_id, work.title, work.organization_id, work.person_id, work.key_point_id, FIRST, LAST)
    with pytest.raises(Refused, match="原有 120 小时,列入后 160 小时"):
        changes.alter_in_change(
            change.pk, work.pk, replace(told, hours=Decimal(100)), {}, by=year.town.officer, at=NOON
        )
    changes.alter_in_change(change.pk, work.pk, replace(told, hours=Decimal(70)), {}, by=year.town.officer, at=NOON)
    changes.submit_change(change.pk, by=year.town.officer, at=NOON)
    make_ceiling(year.town.bureau, 125, starts_on=date(TODAY.year, 2, 1))
    with pytest.raises(Refused, match="列入后 130 小时"):
        deciding.decide(change.pk, approved=True, reason="", by=year.decider, at=NOON)


def test_a_branch_is_asked_no_more_than_its_ceiling(year):
    make_ceiling(year.town.committee, 1, measure="requests")
    with pytest.raises(Refused, match="第1党支部 2026 年 5 月原有 1 项,列入后 2 项"):
        add(year, 1, kind_id=year.lecture.pk, organization_id=year.town.first.pk)


def test_a_warning_passes_and_is_explained_on_the_plan(year):
    make_ceiling(year.town.bureau, 100, strength="warn")
    (line,) = lines_of_plan(year.plan, TODAY)
    assert (line.over.name, line.over.month, line.over.after, line.reason) == ("赵立", MAY, 12_000, "")
    zhao = Subject("person", Person.objects.get(name="赵立").pk, FIRST)
    for reason in ("年底集中走访", "已调整其他分工"):
        ceilings.explain_load(year.plan.pk, zhao, reason, by=year.town.officer, at=NOON)
    assert LoadReason.objects.get().reason == "已调整其他分工"
    assert lines_of_plan(year.plan, TODAY)[0].reason == "已调整其他分工"
    in_force(year)


def test_what_may_not_be_planned_cannot_be_explained_away(year):
    make_ceiling(year.town.bureau, 100)
    zhao = Subject("person", Person.objects.get(name="赵立").pk, FIRST)
    with pytest.raises(Refused, match="不予安排"):
        ceilings.explain_load(year.plan.pk, zhao, "忙", by=year.town.officer, at=NOON)
    with pytest.raises(Refused, match="没有超过"):
        ceilings.explain_load(year.plan.pk, replace(zhao, month=JANUARY), "忙", by=year.town.officer, at=NOON)
    with pytest.raises(Refused, match="理由"):
        ceilings.explain_load(year.plan.pk, zhao, " ", by=year.town.officer, at=NOON)
