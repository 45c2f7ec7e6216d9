"""Leave and trips: recorded by whom, shown to whom, following the trips of items."""

from datetime import date

import pytest

from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import Membership, Person
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.tests.make import NOON, TODAY, join, make_person
from onebow.apps.plans.models import Away, ItemPerson
from onebow.apps.plans.queries.absences import away_kind
from onebow.apps.plans.queries.visible import absences_for
from onebow.apps.plans.services import items
from onebow.apps.plans.services.absences import AwayDraft, cancel_away, record_away
from onebow.apps.plans.services.absences_import import import_absences
from onebow.apps.plans.tests.make_items import LATER, finish_stage, make_trip, walk_to

FIRST, LAST = date(2026, 3, 9), date(2026, 3, 11)


def person(name="孙群"):
    return Person.objects.get(name=name)


def recorded(by, name="孙群", kind="leave", first=FIRST, last=LAST):
    return record_away(AwayDraft(person(name).pk, kind, first, last), by=by, at=NOON)


def test_leave_is_recorded_by_who_leads_or_keeps_the_person_with_one_entry(town):
    row = recorded(town.officer)
    assert (row.starts_on, row.last_on, row.days) == (FIRST, LAST, 3)
    entry = Entry.objects.get(kind="away.recorded")
    assert (entry.organization_id, entry.data) == (town.wages.pk, {"kind": "请假", "days": 3})
    assert entry.people.get().person_id == person().pk
    # The secretary of the first branch leads its office, where 赵立 works, and nobody of wages.
    recorded(town.secretary, "赵立")
    with pytest.raises(Refused, match=r"孙群的请假、出差由其所在单位"):
        recorded(town.secretary, first=date(2026, 4, 1), last=date(2026, 4, 1))
    with pytest.raises(Refused, match="由其所在单位"):
        recorded(town.staff)


def test_days_must_be_days_and_nobody_is_away_twice_at_once(town):
    recorded(town.officer)
    with pytest.raises(Refused, match="最后一天不能早于第一天"):
        recorded(town.officer, first=LAST, last=FIRST)
    with pytest.raises(Refused, match="不能超过一年"):
        recorded(town.officer, first=FIRST, last=date(2028, 3, 9))
    with pytest.raises(Refused, match="已登记2026年3月9日至2026年3月11日请假,与这次的日期重叠"):
        recorded(town.officer, kind="trip", first=LAST, last=date(2026, 3, 12))
    recorded(town.officer, kind="trip", first=date(2026, 3, 12), last=date(2026, 3, 12))


def test_what_is_taken_back_leaves_the_days_free(town):
    row, other = recorded(town.officer), recorded(town.officer, "钱进")
    with pytest.raises(Refused, match="由其所在单位"):
        cancel_away(other.pk, by=town.staff, at=NOON)
    cancel_away(row.pk, by=town.officer, at=LATER)
    assert Entry.objects.filter(kind="away.cancelled").count() == 1
    with pytest.raises(Refused, match="已经撤销过"):
        cancel_away(row.pk, by=town.officer, at=LATER)
    record_away(AwayDraft(person().pk, "trip", FIRST, LAST), by=town.officer, at=LATER)


def test_each_reads_their_own_and_leaders_those_whom_they_lead(town):
    row = recorded(town.officer)

    def read(user):
        return list(absences_for(reach_of(user, TODAY)))

    assert read(town.officer) == read(town.staff) == [row]
    assert read(town.secretary) == read(town.member) == read(town.stranger) == []
    # Who left afterwards was theirs then; who came when they had left is not.
    Membership.objects.filter(person=person()).update(ends_on=date(2026, 3, 20))
    assert read(town.officer) == [row]
    Membership.objects.filter(person=person()).update(ends_on=date(2026, 3, 5))
    assert read(town.officer) == []


def test_who_leaves_only_later_is_still_led_today(town):
    Membership.objects.filter(person=person()).update(ends_on=date(2026, 12, 31))
    assert recorded(town.officer).pk


def test_who_is_away_on_a_day_is_told_with_why_in_one_statement(town, django_assert_num_queries):
    row = recorded(town.officer)
    gone = recorded(town.officer, "赵立")
    cancel_away(gone.pk, by=town.officer, at=LATER)
    ids = [person().pk, person("赵立").pk]
    with django_assert_num_queries(1):
        assert _away_on(ids, LAST) == {ids[0]: row.kind}
    assert _away_on(ids, date(2026, 3, 12)) == {}


def _away_on(ids, day):
    rows = Membership.objects.filter(person__in=ids).annotate(away=away_kind(day))
    return {row.person_id: row.away for row in rows if row.away}


def test_travellers_are_away_on_the_days_of_the_trip_once_the_pre_trip_stage_is_passed(town):
    trip = make_trip(town)
    items.set_trip(trip.item.pk, items.TripDraft(FIRST, LAST, "高新区"), by=trip.owner, at=NOON)
    walk_to(trip, "pre_trip")
    assert not Away.objects.exists()
    walk_on(trip)
    away = Away.objects.get()
    assert (away.person, away.starts_on, away.last_on, away.kind) == (person(), FIRST, LAST, "trip")
    items.set_trip(trip.item.pk, items.TripDraft(FIRST, FIRST), by=trip.owner, at=LATER)
    away.refresh_from_db()
    assert away.last_on == FIRST
    ItemPerson.objects.filter(item=trip.item, person=person()).delete()
    items.follow_item(trip.now(), at=LATER)
    away.refresh_from_db()
    assert away.cancelled_at == LATER
    ItemPerson.objects.create(item=trip.item, person=person(), is_traveller=True)
    items.follow_item(trip.now(), at=LATER)
    assert Away.objects.get().cancelled_at is None
    with pytest.raises(Refused, match="请在事项里调整"):
        cancel_away(away.pk, by=town.officer, at=LATER)


def walk_on(trip):
    finish_stage(trip)
    items.pass_stage(trip.item.pk, trip.stage("pre_trip"), by=trip.owner, at=NOON)


LIST = "姓名\t科室\t类别\t开始日期\t结束日期\n孙群\t\t年休假\t2026-03-09\t2026-03-11\n钱进\t\t公差\t3月2日\t3月3日\n"


def test_a_list_is_taken_in_once(town):
    assert len(import_absences(LIST, by=town.officer, at=NOON).new) == 2
    assert set(Away.objects.values_list("kind", "source")) == {("leave", "file"), ("trip", "file")}
    assert Entry.objects.filter(kind="away.recorded").count() == 2
    with pytest.raises(Refused, match="没有要登记的"):
        import_absences(LIST, by=town.officer, at=LATER)
    assert Away.objects.count() == 2


def test_a_list_takes_in_only_whom_one_leads_and_tells_the_others(town):
    join(make_person(town.bureau, "孙群"), town.office)
    told = import_absences(
        LIST + "李河\t\t病假\t3月2日\t3月2日\n钱进\t\t病假\t3月3日\t3月4日\n赵立\t河道科\t病假\t3月3日\t3月4日\n",
        by=town.officer,
        at=NOON,
    )
    assert [one.fate for one in told.fates] == ["bad", "new", "bad", "bad", "bad"]
    notes = [one.note for one in told.fates]
    assert "有 2 名“孙群”" in notes[0]
    assert "您所管理的人员中没有“李河”" in notes[2]
    assert "重叠" in notes[3]
    assert "不在“河道科”" in notes[4]
    again = import_absences("姓名\t科室\t类别\t时间\n孙群\t工资福利科\t休假\t3月9日", by=town.officer, at=NOON)
    assert again.new[0].row.last == FIRST


def test_a_list_without_a_head_is_refused(town):
    with pytest.raises(Refused, match="没有找到表头"):
        import_absences("孙群\t请假", by=town.officer, at=NOON)
