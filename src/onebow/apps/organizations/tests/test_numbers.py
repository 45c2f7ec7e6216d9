"""Finding people by a whole number, without the number ever standing in an address."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onebow.apps.base.fields import blind_index
from onebow.apps.organizations.identity import number_in
from onebow.apps.organizations.models import Person
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.queries.search import search, with_number
from onebow.apps.organizations.services.people import PersonDraft, change_person, merge_people
from onebow.apps.organizations.tests.make import NOON, TODAY, make_person
from onebow.apps.organizations.tests.make_rosters import import_file, row, write_roster

ID, PHONE = "990101199211021082", "19900000020"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def person(town) -> Person:
    return make_person(town.bureau, "周舟", id_number=ID, phone=PHONE)


@pytest.mark.parametrize("typed", [ID, "990101 19921102 1082", PHONE, "+86 199-0000-0020", "199 0000 0020"])
def test_an_officer_finds_a_person_by_the_whole_number_however_it_is_typed(client, town, person, typed):
    client.force_login(town.officer)
    answer = client.post("/people/number/", {"number": typed})
    assert answer["Location"] == f"/people/{person.pk}/"
    body = client.post("/search/", {"q": typed}, headers=HTMX).content.decode()
    assert f'data-hit="person-{person.pk}"' in body


@pytest.mark.parametrize("typed", [ID[:17], PHONE[:10] + "1", "990101199211021083", PHONE[3:]])
def test_part_of_a_number_or_another_number_finds_nobody(town, person, typed):
    reach = reach_of(town.officer, TODAY)
    assert [hit for hit in search(reach, typed, TODAY, TODAY) if hit.id == person.pk] == []


def test_a_number_is_found_only_among_those_whom_the_officer_keeps(client, town, person):
    stranger = make_person(town.neighbour, "李江", phone="19900000030")
    client.force_login(town.officer)
    body = client.post("/people/number/", {"number": stranger.phone}).content.decode()
    assert "没有找到" in body
    assert "李江" not in body
    for user in (town.secretary, town.member):
        assert search(reach_of(user, TODAY), PHONE, TODAY, TODAY) == []
        client.force_login(user)
        assert client.post("/people/number/", {"number": PHONE}).status_code == 404


def test_several_with_one_phone_are_listed(client, town, person):
    other = make_person(town.bureau, "周洲", phone=PHONE)
    client.force_login(town.officer)
    body = client.post("/people/number/", {"number": PHONE}).content.decode()
    assert f'data-person="{person.pk}"' in body
    assert f'data-person="{other.pk}"' in body


def test_what_is_no_whole_number_is_told_and_stays_in_the_form(client, town, person):
    client.force_login(town.officer)
    answer = client.post("/people/number/", {"number": "990101199211021083"})
    assert answer.status_code == 422
    assert "校验位不符" in answer.content.decode()
    assert 'value="990101199211021083"' in answer.content.decode()


def test_a_name_that_is_searched_gets_an_address_and_a_number_gets_none(client, town, person):
    client.force_login(town.officer)
    assert client.post("/search/", {"q": "周 舟"})["Location"] == "/search/?q=%E5%91%A8+%E8%88%9F"
    answer = client.post("/search/", {"q": PHONE})
    assert answer.status_code == 200
    assert f'data-hit="person-{person.pk}"' in answer.content.decode()


@pytest.mark.parametrize("address", ["/search/", "/people/", "/people/options/", "/organizations/", "/sign-in/"])
@pytest.mark.parametrize("typed", [ID, PHONE, "199 0000 0020", f"周{PHONE}"])
def test_an_address_that_holds_a_number_is_answered_with_the_one_without_it(client, town, address, typed):
    client.force_login(town.officer)
    answer = client.get(address, {"q": typed, "page": "1"})
    assert (answer.status_code, answer["Location"]) == (302, f"{address}?page=1")


def test_an_address_with_a_day_or_a_short_number_is_left_alone(client, town):
    client.force_login(town.officer)
    for query in ({"on": "2025-11-23"}, {"q": "20191102"}, {"q": "3"}):
        assert client.get("/people/", query).status_code == 200


def test_no_page_asks_for_a_number_in_an_address(client, town):
    client.force_login(town.officer)
    body = client.get("/people/").content.decode()
    assert 'action="/search/" method="post" data-search' in body
    assert 'hx-post="/search/"' in body
    assert 'action="/people/number/" data-by-number' in body


def test_every_way_to_write_a_phone_number_writes_its_digest(town, tmp_path):
    one = make_person(town.bureau, "周舟", phone=PHONE)
    assert found(town, PHONE) == [one.pk]
    change_person(one.pk, PersonDraft("周舟", phone="19900000021"), version=1, by=town.officer, at=NOON)
    assert (found(town, PHONE), found(town, "19900000021")) == ([], [one.pk])
    double = make_person(town.bureau, "周 舟")
    merge_people(double.pk, one.pk, by=town.officer, at=NOON)
    assert found(town, "19900000021") == [double.pk]
    import_file(write_roster(tmp_path / "a.xlsx", [row("吴一", 手机号码="19900000022")]), town.bureau)
    imported = Person.objects.get(name="吴一")
    assert found(town, "19900000022") == [imported.pk]
    import_file(write_roster(tmp_path / "b.xlsx", [row("吴一", 手机号码="19900000023")]), town.bureau)
    assert (found(town, "19900000022"), found(town, "19900000023")) == ([], [imported.pk])


def test_every_person_has_the_digests_of_the_own_numbers(town, person):
    for one in Person.objects.all():
        assert (one.id_index, one.phone_index) == (blind_index(one.id_number), blind_index(one.phone))


def test_the_whole_number_is_looked_up_by_an_index_and_never_sent_to_the_database(town, person):
    reach = reach_of(town.officer, TODAY)
    for number, index in ((ID, "person_by_id_number"), (PHONE, "person_by_phone")):
        with CaptureQueriesContext(connection) as queries:
            with_number(reach, number)
        (query,) = queries.captured_queries
        assert number not in query["sql"]
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
                assert index in str(cursor.fetchall())


def test_rows_from_before_get_their_digests_by_the_migration(town, person):
    from importlib import import_module

    from django.apps import apps

    Person.objects.update(phone_index="")
    import_module("onebow.apps.organizations.migrations.0002_phone_index").fill(apps, None)
    assert found(town, PHONE) == [person.pk]
    assert Person.objects.filter(phone_index="").count() == Person.objects.count() - 1


@pytest.mark.parametrize("text", ["", "周舟", "123", "第1党支部", "2026-11", "990101199211021083"])
def test_other_words_are_no_number(text):
    assert number_in(text) == ""


def found(town, number: str) -> list[int]:
    return [one.pk for one in with_number(reach_of(town.officer, TODAY), number)]
