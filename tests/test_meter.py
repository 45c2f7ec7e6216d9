"""The burden meter counts what was typed and handed out, and nothing of who did it."""

import threading
from contextlib import suppress
from datetime import date, time
from decimal import Decimal
from typing import Any
from unittest.mock import ANY

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection, connections, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from onebow.apps.accounts.tests.make import client_of, make_administrator
from onebow.apps.base.burden import Count, add_tallies
from onebow.apps.base.metering import note_done, note_form, note_values, opened
from onebow.apps.base.models import Tally
from onebow.apps.base.transactions import write
from onebow.apps.base.typed import count_typed, is_pasted, plain
from onebow.apps.documents.official.values import count_filled
from onebow.apps.documents.writing import Table, write_csv, write_xlsx
from onebow.apps.organizations.models import Person
from onebow.apps.organizations.tests.make import make_town

AWAY = "plans.absences.AwayForm"
NOTE = "organizations.ledger.NoteForm"


@pytest.fixture
def town(db):
    return make_town()


def tallies() -> dict[tuple[str, str, str], tuple[int, int]]:
    """Role, key, direction -> times, fields."""
    return {(one.role, one.key, one.direction): (one.times, one.fields) for one in Tally.objects.all()}


def away(**more: Any) -> dict[str, Any]:
    person = Person.objects.get(name="孙群").pk
    return {"person": person, "kind": "leave", "first": "2027-03-09", "last": "2027-03-10", **more}


def post(user, door, *ids, **data):
    return client_of(user).post(reverse(door, args=ids), data)


def test_what_was_typed_counts_and_what_stood_there_does_not(town):
    assert post(town.officer, "plans:absence_new", **away()).status_code == 302
    # The kind was filled in by the product.
    assert tallies() == {("officer", AWAY, "typed"): (1, 3)}
    assert Tally.objects.get().month == f"{timezone.localdate():%Y-%m}"
    assert (
        post(town.officer, "plans:absence_new", **away(kind="trip", first="2027-04-01", last="2027-04-01")).status_code
        == 302
    )
    assert tallies() == {("officer", AWAY, "typed"): (2, 7)}


def test_what_was_refused_or_not_valid_counts_nothing(town):
    post(town.officer, "plans:absence_new", **away())
    before = tallies()
    assert post(town.officer, "plans:absence_new", **away()).status_code == 422
    assert post(town.officer, "plans:absence_new", **away(first="neulich")).status_code == 422
    assert tallies() == before


def test_a_form_sent_twice_counts_once(town):
    client, data = client_of(town.officer), away(_once="a" * 32)
    for _ in range(2):
        assert client.post(reverse("plans:absence_new"), data).status_code == 302
    assert tallies() == {("officer", AWAY, "typed"): (1, 3)}


def test_a_list_that_is_only_looked_at_counts_nothing_and_pasted_once(town):
    text = "姓名\t类别\t开始日期\t结束日期\n孙群\t年休假\t2027-03-09\t2027-03-10\n"
    assert post(town.officer, "plans:absences_import", text=text).status_code == 200
    assert tallies() == {}
    assert post(town.officer, "plans:absences_import", text=text, sure="on").status_code == 302
    key = "plans.absences.AwayListForm"
    assert tallies() == {("officer", key, "typed"): (1, 0), ("officer", key, "pasted"): (1, 1)}


def test_an_upload_counts_apart_from_what_was_typed(town):
    file = SimpleUploadedFile("会议.pdf", b"%PDF-1.4")
    data = {
        "kind": "party.noted",
        "organization": town.first.pk,
        "happened_on": timezone.localdate(),
        "text": "走访",
        "file": file,
    }
    assert post(town.secretary, "organizations:ledger_new", **data).status_code == 302
    found = tallies()
    assert found["secretary", NOTE, "pasted"] == (1, 1)
    assert found["secretary", NOTE, "typed"][0] == 1


def test_the_cells_of_a_sheet_count_as_handed_out(town):
    post(town.officer, "plans:absence_new", **away())
    answer = client_of(town.officer).get(reverse("organizations:findings_xlsx_file"))
    assert answer.status_code == 200
    times, fields = tallies()["officer", "organizations:findings_xlsx_file", "delivered"]
    assert (times, fields > 5) == (1, True)


def test_pages_and_what_was_handed_in_are_not_handed_out(town):
    client = client_of(town.officer)
    for door in ("desk:home", "plans:absences", "desk:calendar", "organizations:index"):
        assert client.get(reverse(door)).status_code == 200
    assert client.get(reverse("methods:file", args=["m2-three-grasps"])).status_code == 200
    assert tallies() == {}


def test_whoever_has_not_signed_in_is_not_counted_and_administrators_are_one_role(client, db):
    data = {"username": "nobody", "code": "x", "password1": "y", "password2": "y"}
    client.post(reverse("accounts:activate"), data)
    assert tallies() == {}
    system = make_administrator("system")
    assert post(system, "accounts:new", username="wangfang", display_name="王芳").status_code == 200
    assert tallies() == {("administrator", "accounts.AccountForm", "typed"): (1, 2)}


def test_signing_in_and_passwords_are_not_counted(client, town):
    system = make_administrator("system")
    system.set_password("Tiaoshi-2026-x")
    system.save()
    answer = client.post(reverse("account_login"), {"login": system.username, "password": "Tiaoshi-2026-x"})
    assert answer.status_code == 302
    assert tallies() == {}


def test_a_count_costs_one_statement_after_the_answer(town, django_assert_max_num_queries):
    client, data = client_of(town.officer), away()
    client.get("/")
    with django_assert_max_num_queries(40) as done:
        client.post(reverse("plans:absence_new"), data)
    statements = [one["sql"] for one in done.captured_queries if "base_tally" in one["sql"]]
    assert len(statements) == 1
    assert done.captured_queries[-1]["sql"] == statements[0]


def test_a_count_that_fails_is_lost_and_nothing_else(town, monkeypatch, caplog):
    monkeypatch.setattr("onebow.apps.base.burden.UPSERT", "INSERT INTO nowhere {table} {rows}")
    with transaction.atomic():
        answer = post(town.officer, "plans:absence_new", **away())
        transaction.set_rollback(True)
    assert answer.status_code == 302
    assert "a count of fields was lost" in caplog.text


def test_counts_of_a_month_add_up_and_months_stand_apart(db):
    one = Count("member", AWAY, "typed", 3)
    add_tallies([one, Count("member", "plans:items_xlsx", "delivered", 40)], month="2026-03")
    add_tallies([one], month="2026-03")
    add_tallies([one], month="2026-04")
    add_tallies([], month="2026-05")
    rows = list(Tally.objects.order_by("month", "key").values_list("month", "key", "times", "fields"))
    assert rows == [
        ("2026-03", AWAY, 2, 6), ("2026-03", "plans:items_xlsx", 1, 40), ("2026-04", AWAY, 1, 3),
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_many_may_count_the_same_at_once():
    def count():
        for _ in range(5):
            with suppress(OperationalError):
                add_tallies([Count("member", AWAY, "typed", 2), Count("member", NOTE, "typed", 1)], month="2026-03")
        connections.close_all()

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # On SQLite one gives up rather than wait.
    least = 20 if connection.vendor == "postgresql" else 1
    assert all(least <= one.times <= 20 and one.fields % one.times == 0 for one in Tally.objects.all())


def test_outside_a_request_nothing_is_noted():
    note_done()
    note_values(3)
    note_form(ANY)
    with opened() as sheet:
        note_values(3)
    assert (sheet.values, sheet.did, sheet.forms) == (3, False, {})


def test_a_service_that_is_taken_back_was_not_done(db):
    with opened() as sheet:
        with write():
            transaction.set_rollback(True)
        assert not sheet.did
        with write():
            pass
        assert sheet.did


def test_writers_note_cells_below_the_head():
    with opened() as sheet:
        write_xlsx([Table("人", ("姓名", "科室"), [("周舟", ""), ("何欢", "信息科")])])
        write_csv(Table("人", ("姓名",), [("周舟",)]))
    assert sheet.values == 4
    assert count_filled({"name": "周舟", "none": None, "flag": False, "votes": 0, "rows": [{"a": "1", "b": ""}]}) == 3


class Everything(forms.Form):
    """Fields of all sorts."""

    text = forms.CharField(required=False)
    day = forms.DateField(required=False)
    at = forms.TimeField(required=False)
    hours = forms.DecimalField(required=False)
    kind = forms.ChoiceField(choices=[("a", "甲"), ("b", "乙")], required=False)
    many = forms.MultipleChoiceField(choices=[("1", "甲"), ("2", "乙")], required=False)
    sure = forms.BooleanField(required=False)
    file = forms.FileField(required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


SHOWN = {
    "text": "一\n二", "day": date(2026, 3, 2), "at": time(9, 30), "hours": Decimal("2.00"), "kind": "b", "many": [2, 1],
    "sure": True, "version": 3,
}  # fmt: skip
SENT = {
    "text": "一\r\n二 ", "day": "2026-03-02", "at": "09:30", "hours": "2", "kind": "b", "many": ["1", "2"],
    "sure": "on", "version": "3",
}  # fmt: skip


def typed(sent: dict[str, Any], files: Any = None, initial: Any = None) -> tuple[int, int]:
    form = Everything(sent, files, initial=SHOWN if initial is None else initial)
    assert form.is_valid()
    return count_typed(form)


def test_what_comes_back_as_it_was_shown_was_not_typed():
    assert typed(SENT) == (0, 0)
    assert typed({**SENT, "version": "4"}) == (0, 0)


@pytest.mark.parametrize(
    ("name", "value"),
    [("text", ""), ("day", "2026-03-03"), ("at", "10:00"), ("hours", "2.5"), ("kind", "a"), ("many", ["1"])],
)
def test_each_change_counts_one(name, value):
    assert typed({**SENT, name: value}) == (1, 0)


def test_a_box_unticked_a_file_and_rows_count():
    assert typed({key: value for key, value in SENT.items() if key != "sure"}) == (1, 0)
    assert typed(SENT, {"file": SimpleUploadedFile("一.txt", b"1")}) == (0, 1)
    assert typed({**SENT, "text": "姓名\t科室\n周舟\t信息科"}) == (0, 1)
    assert typed({}, initial={}) == (0, 0)


@given(st.integers(0, 30))
def test_a_list_of_any_length_is_one_pasted_field(lines):
    text = "\n".join(["周舟 信息科"] * lines)
    assert is_pasted(text) == (lines > 3)


@given(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.decimals(allow_nan=False, allow_infinity=False),
        st.text(),
        st.lists(st.integers()),
    )
)
def test_any_value_is_told_in_words_and_equal_to_itself(value):
    assert plain(value) == plain(value)
    hash(plain(value))
