"""The pages of leave and trips."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.base.models import File
from onebow.apps.ledger.models import AccessRecord
from onebow.apps.organizations.models import Person
from onebow.apps.organizations.tests.make import join, make_person
from onebow.apps.plans.models import Away
from onebow.apps.plans.tests.test_absences import LIST, recorded

MOST = 12
# Ahead on every day: what is over cannot be taken back.
MARCH = f"{timezone.localdate().year + 1}-03"


def get(user, door="absences", **query):
    return client_of(user).get(reverse(f"plans:{door}"), query)


def post(user, door, *ids, htmx=False, **data):
    headers = {"HX-Request": "true"} if htmx else {}
    return client_of(user).post(reverse(f"plans:{door}", args=ids), data, headers=headers)


def test_the_list_shows_who_is_away_on_a_day_to_whom_it_concerns(town):
    recorded(town.officer)
    text = get(town.officer, on="2026-03-10").content.decode()
    assert 'data-state="now"' in text
    assert "孙群" in text
    # Another day's page writes nothing.
    assert "撤销孙群" not in text
    assert "孙群" in get(town.staff).content.decode()
    assert "孙群" not in get(town.secretary).content.decode()
    assert get(town.stranger).status_code == 404


def test_whoever_is_shown_leave_is_told_to_whom_it_belongs(town):
    recorded(town.officer)
    sun = Person.objects.get(name="孙群")
    for _ in range(2):
        get(town.officer)
    # One's own is no look at somebody, and who is left out by a filter was not looked at.
    get(town.staff)
    get(town.officer, kind="trip")
    looks = AccessRecord.objects.filter(what="absences")
    assert list(looks.values_list("person_id", "organization_id", "by_id")) == [(sun.pk, sun.root_id, town.officer.pk)]
    assert "查看请假出差" in client_of(town.staff).get(f"/people/{sun.pk}/reads/").content.decode()


def test_an_empty_list_says_what_to_do_first(town):
    assert "登记第一条" in get(town.officer).content.decode()
    text = get(town.member).content.decode()
    assert "还没有登记" in text
    assert "登记第一条" not in text


def test_filters_stand_in_the_address(town):
    recorded(town.officer)
    assert "孙群" in get(town.officer, kind="leave", q="工资").content.decode()
    assert "没有符合条件" in get(town.officer, kind="trip").content.decode()
    assert "没有符合条件" in get(town.officer, state="cancelled").content.decode()


def test_leave_is_recorded_and_taken_back_by_clicks(town):
    data = {
        "person": Person.objects.get(name="孙群").pk,
        "kind": "leave",
        "first": f"{MARCH}-09",
        "last": f"{MARCH}-10",
    }
    assert post(town.officer, "absence_new", **data).status_code == 302
    again = post(town.officer, "absence_new", **data)
    assert (again.status_code, "重叠" in again.content.decode()) == (422, True)
    away = Away.objects.get()
    assert f"/absences/{away.pk}/cancellation/" in get(town.officer).content.decode()
    assert post(town.secretary, "absence_cancellation", away.pk).status_code == 404
    assert post(town.officer, "absence_cancellation", away.pk).status_code == 302
    away.refresh_from_db()
    assert away.cancelled_at


def test_what_was_typed_wrongly_is_shown_again(town):
    data = {"kind": "leave", "first": f"{MARCH}-09", "last": f"{MARCH}-01"}
    answer = post(town.officer, "absence_new", htmx=True, **data)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "<html" not in text
    assert "最后一天不能早于第一天" in text
    assert f"{MARCH}-01" in text
    zhao = Person.objects.get(name="赵立").pk
    sun = Person.objects.get(name="孙群").pk
    text = post(town.secretary, "absence_new", person=sun, **data).content.decode()
    assert "请从列表中选择" in text
    assert "请从列表中选择" not in post(town.secretary, "absence_new", person=zhao, **data).content.decode()


def test_only_whom_one_leads_is_found_by_typing(town):
    found = get(town.secretary, "absence_people", q="赵").json()["options"]
    assert [one["text"] for one in found] == ["赵立 · 人社局"]
    assert get(town.secretary, "absence_people", q="孙").json()["options"] == []
    assert get(town.member, "absence_people").status_code == 404
    assert get(town.member, "absence_new").status_code == 404


def test_a_list_is_looked_at_and_then_recorded(town):
    looked = post(town.officer, "absences_import", text=LIST, htmx=True)
    text = looked.content.decode()
    assert looked.status_code == 200
    assert text.count('data-fate="new"') == 2
    assert "登记 2 条" in text
    assert not Away.objects.exists()
    assert post(town.officer, "absences_import", text=LIST, sure="on").status_code == 302
    assert Away.objects.count() == 2
    text = post(town.officer, "absences_import", text=LIST).content.decode()
    assert text.count('data-fate="same"') == 2
    assert "没有要登记的" in text
    assert post(town.officer, "absences_import", text=LIST, sure="on").status_code == 422


def test_a_workbook_says_the_same_and_is_not_kept(town):
    book, out = Workbook(), BytesIO()
    for line in LIST.splitlines():
        book.active.append(line.split("\t"))
    book.save(out)
    text = post(town.officer, "absences_import", file=SimpleUploadedFile("假.xlsx", out.getvalue())).content.decode()
    assert text.count('data-fate="new"') == 2
    assert not File.objects.filter(name__contains="假").exclude(sha256="").exists()
    answer = post(town.officer, "absences_import", file=SimpleUploadedFile("假.xlsx", b"no table"))
    assert answer.status_code == 422


@pytest.mark.parametrize(("data", "words"), [({}, "请上传文件,或粘贴清单"), ({"text": "孙群 请假"}, "没有找到表头")])
def test_what_is_no_list_is_said_beside_the_field(town, data, words):
    answer = post(town.officer, "absences_import", **data)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_the_list_asks_few_questions_however_long(town, django_assert_max_num_queries):
    for number in range(12):
        join(make_person(town.bureau, f"人{number}"), town.office)
        recorded(town.officer, f"人{number}")
    client, address = client_of(town.officer), reverse("plans:absences")
    client.get(address)
    with django_assert_max_num_queries(MOST):
        assert client.get(address).status_code == 200
    with django_assert_max_num_queries(MOST):
        assert client.post(reverse("plans:absences_import"), {"text": LIST}).status_code == 200


def test_a_single_day_is_typed_once(town):
    data = {"person": Person.objects.get(name="孙群").pk, "kind": "leave", "first": f"{MARCH}-09"}
    assert post(town.officer, "absence_new", **data).status_code == 302
    assert str(Away.objects.get().ends_on) == f"{MARCH}-10"
