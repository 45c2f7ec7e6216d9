"""Drives gather what names them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.ledger.services import Event, record
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.tests.make import NOON, TODAY
from onebow.apps.plans.models import Drive
from onebow.apps.plans.queries.drives import STATES, drives_on, gathered, in_state, last_day, state_of
from onebow.apps.plans.services.drives import change_drive, open_drive
from onebow.apps.plans.tests.make import LECTURE, ROUTINE, make_item, make_kind, make_plan
from onebow.apps.plans.tests.make_registers import drive_of, make_directive, make_drive

DAY = timedelta(days=1)


def page_of(user, address, status=200):
    response = client_of(user).get(address)
    assert response.status_code == status
    return response.content.decode()


def test_a_secretary_opens_one_under_a_directive_of_the_committee_above(town):
    directive = make_directive(town.committee)
    drive = open_drive(drive_of(town.first, directive_id=directive.pk), by=town.secretary, at=NOON)
    assert Entry.objects.get(kind="drive.opened").source_id == drive.pk


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"ends_on": TODAY - 30 * DAY}, "不能早于开始日期"),
        ({"name": "机密★"}, "名称标有密级"),
        ({"goal": "〔密〕"}, "目标要求标有密级"),
        ({}, "已经登记过"),
    ],
)
def test_what_does_not_fit_is_refused(town, facts, words):
    make_drive(town.first)
    with pytest.raises(Refused, match=words):
        make_drive(town.first, **facts)


def test_a_directive_of_another_branch_is_refused(town):
    with pytest.raises(Refused, match="请重新选择"):
        make_drive(town.first, directive_id=make_directive(town.second).pk)


def test_a_member_opens_none(town):
    with pytest.raises(Refused, match="由它的书记"):
        open_drive(drive_of(town.second), by=town.member, at=NOON)


def test_its_end_is_set_and_told(town):
    drive = make_drive(town.first)
    draft = replace(drive_of(town.first), ends_on=TODAY)
    assert last_day(change_drive(drive.pk, draft, version=1, by=town.secretary, at=NOON)) == TODAY - DAY
    assert Entry.objects.select_related("body").get(kind="drive.changed").data == {"fields": ["ends_on"]}
    with pytest.raises(Refused, match="没有改动"):
        change_drive(drive.pk, draft, version=2, by=town.secretary, at=NOON)
    with pytest.raises(Refused, match="已被"):
        change_drive(drive.pk, drive_of(town.first), version=1, by=town.secretary, at=NOON)


def test_states_by_day_and_in_the_filter(town):
    rows = {
        "open": make_drive(town.first, name="一"),
        "coming": make_drive(town.first, name="二", starts_on=TODAY + DAY),
        "over": make_drive(town.first, name="三", ends_on=TODAY),
    }
    assert {state: state_of(row, TODAY) for state, row in rows.items()} == {state: state for state in rows}
    found = drives_on(reach_of(town.secretary, TODAY), TODAY, TODAY)
    assert {state: list(in_state(TODAY)(found, state)) for state in STATES} == {s: [row] for s, row in rows.items()}


def test_items_of_both_sides_and_their_entries_are_gathered(town):
    drive = make_drive(town.first)
    work = make_item(make_plan(town.office), make_kind(town.bureau, ROUTINE), town.office, drive=drive)
    lecture = make_item(make_plan(town.first), make_kind(town.bureau, LECTURE), town.first, "专题党课", drive=drive)
    event = Event("item.added", town.office.pk, source=work, data={"kind": "routine"})
    record(event, by_id=None, at=NOON)
    told = gathered(drive, reach_of(town.secretary, TODAY), TODAY, TODAY)
    assert ([line.item for line in told.party], [line.item for line in told.business]) == ([lecture], [work])
    assert (told.counts, told.done, told.total) == ([("列入事项", 1)], 0, 2)


def test_the_pages_open_correct_and_show_it(town):
    client = client_of(town.secretary)
    typed = {"organization": town.first.pk, "kind": "service", "name": "办实事", "starts_on": "2026-02-01"}
    assert "/drives/new/" in page_of(town.secretary, "/drives/")
    assert client.post("/drives/new/", typed | {"named_list": "五个办到"}).status_code == 302
    drive = Drive.objects.get()
    assert f'data-drive="{drive.pk}" data-state="open"' in page_of(town.secretary, "/drives/")
    page = page_of(town.secretary, f"/drives/{drive.pk}/")
    assert "尚未填写" in page
    page_of(town.secretary, f"/drives/{drive.pk}/edit/")
    changed = client.post(f"/drives/{drive.pk}/edit/", typed | {"version": 1, "last_on": "2026-03-31"})
    assert changed.status_code == 302
    assert client.post("/drives/new/", typed | {"starts_on": "x"}).status_code == 422
    again = client.post("/drives/new/", typed | {"name": "办另一件"}, headers={"HX-Request": "true"})
    assert again.headers["HX-Redirect"].startswith("/drives/")


def test_a_directive_that_the_editor_may_not_read_is_not_lost(town):
    directive = make_directive(town.committee)
    drive = make_drive(town.first, directive_id=directive.pk)
    typed = {"kind": "service", "name": "新名称", "starts_on": "2026-02-01", "version": 1, "directive": directive.pk}
    client = client_of(town.secretary)
    assert client.post(f"/drives/{drive.pk}/edit/", typed).status_code == 302
    drive.refresh_from_db()
    assert (drive.name, drive.directive) == ("新名称", directive)
    assert f"/directives/{directive.pk}/" not in page_of(town.secretary, f"/drives/{drive.pk}/")
    assert client.get("/directives/options/", {"q": "稳就业"}).json() == {"options": []}


def test_strangers_find_nothing_and_members_write_nothing(town):
    drive = make_drive(town.second)
    page_of(town.member, f"/drives/{drive.pk}/")
    page_of(town.member, f"/drives/{drive.pk}/edit/", 404)
    page_of(town.stranger, f"/drives/{drive.pk}/", 404)
    page_of(town.secretary, f"/drives/{drive.pk}/", 404)


@pytest.mark.parametrize("address", ["/drives/", "/drives/{pk}/"])
def test_a_page_asks_few_questions_however_long_it_is(town, address, django_assert_max_num_queries):
    drive = make_drive(town.first)
    plan, kind = make_plan(town.office), make_kind(town.bureau, ROUTINE)
    for number in range(12):
        make_drive(town.first, name=f"活动{number}")
        make_item(plan, kind, town.office, drive=drive)
    client = client_of(town.secretary)
    client.get("/drives/")
    with django_assert_max_num_queries(12):
        client.get(address.format(pk=drive.pk))
