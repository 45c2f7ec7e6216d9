"""谁看过我的信息: what is recorded of those who look, and who may read it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from onebow.apps.accounts.tests.make import client_of, make_administrator
from onebow.apps.ledger.access import verify_access
from onebow.apps.ledger.models import AccessRecord
from onebow.apps.organizations.models import Membership, Person
from onebow.apps.organizations.queries.reads import MACHINE, read_lines, reads_of
from onebow.apps.organizations.services.imports_export import export_roster
from onebow.apps.organizations.services.memberships import end_membership
from onebow.apps.organizations.services.openings import note_opening
from onebow.apps.organizations.services.people import merge_people, reveal
from onebow.apps.organizations.tests.make import NOON, TODAY, grant, make_person, make_user

ID = "990101199211021082"


def kinds() -> list[tuple[str, int | None]]:
    return list(AccessRecord.objects.order_by("pk").values_list("what", "by_id"))


def read(client, person):
    return client.get(f"/people/{person.pk}/reads/")


def test_opening_somebodys_record_is_told_once_a_day_and_reader(client, town):
    person, officer, secretary = town.secretary.person, town.officer, make_user("second")
    grant(secretary, town.bureau)
    for user in (officer, officer, secretary):
        client.force_login(user)
        assert client.get(f"/people/{person.pk}/").status_code == 200
    assert kinds() == [("record", officer.pk), ("record", secretary.pk)]
    note_opening(person, "record", by=officer, at=timezone.now() + timedelta(days=1))
    assert len(kinds()) == 3
    assert verify_access() == []


@pytest.mark.parametrize(("page", "what"), [("history/", "history"), ("edit/", "record"), ("merger/", "record")])
def test_every_page_that_shows_the_record_is_told(client, town, page, what):
    client.force_login(town.officer)
    client.get(f"/people/{town.member.person.pk}/{page}")
    assert kinds() == [(what, town.officer.pk)]


def test_looking_at_oneself_is_not_told_but_ones_own_full_number_is(client, town):
    person = town.member.person
    client.force_login(town.member)
    for page in ("", "history/"):
        client.get(f"/people/{person.pk}/{page}")
    assert kinds() == []
    reveal(person.pk, "phone", reason="核对号码", by=town.member, at=NOON)
    assert kinds() == [("phone", town.member.pk)]
    assert 'data-read="1"' in read(client, person).content.decode()
    assert "本人" in read(client, person).content.decode()


def test_a_record_that_one_may_not_open_is_not_told(client, town):
    client.force_login(town.secretary)
    assert client.get(f"/people/{town.member.person.pk}/").status_code == 404
    assert kinds() == []


def test_a_second_look_writes_nothing_and_costs_few_queries(client, town, django_assert_max_num_queries):
    client.force_login(town.officer)
    address = f"/people/{town.member.person.pk}/"
    client.get(address)
    with django_assert_max_num_queries(12) as queries:
        client.get(address)
    assert not [query for query in queries.captured_queries if "INSERT" in query["sql"]]


def test_the_person_reads_who_looked_as_what_and_why(client, town):
    person = town.member.person
    reveal(person.pk, "id_number", reason="办理组织关系转接", by=town.officer, at=timezone.now())
    body = read(client_of(town.member), person).content.decode()
    for words in ("officer", "人社局 党务干部", "查看完整身份号码", "办理组织关系转接"):
        assert words in body


def test_a_reader_is_named_with_the_posts_of_that_day(town):
    person = town.member.person
    note_opening(person, "record", by=town.secretary, at=NOON)
    (line,) = read_lines(reads_of(person), person)
    assert (line.who, line.standing) == ("zhaoli", "第1党支部 书记;办公室 主任")


def test_an_export_is_told_to_those_who_were_in_it_and_to_nobody_else(town):
    person = town.member.person
    for membership in Membership.objects.filter(person=person):
        end_membership(membership.pk, on=TODAY, by=town.officer, at=NOON)
    left = export_at(town, TODAY - timedelta(days=1))
    export_at(town, TODAY)
    assert [row.pk for row in reads_of(person)] == [left]
    assert reads_of(town.neighbour_person).count() == 0
    assert reads_of(town.secretary.person).count() == 2
    (line,) = read_lines(reads_of(person), person)
    assert (line.who, line.record.what, line.record.rows) == (MACHINE, "export_masked", 3)


def export_at(town, on: date) -> int:
    export_roster(town.bureau.pk, on=on, by=None, at=timezone.now())
    return AccessRecord.objects.latest("pk").pk


def test_an_export_made_before_the_person_was_registered_is_not_theirs(town):
    export_roster(town.bureau.pk, on=TODAY, by=None, at=NOON - timedelta(hours=1))
    assert reads_of(town.member.person).count() == 0


def test_looks_at_a_record_that_was_merged_into_ones_own_are_ones_own(town):
    double = make_person(town.bureau, "钱进", id_number=ID)
    reveal(double.pk, "id_number", reason="核对档案", by=town.officer, at=NOON)
    merge_people(town.member.person.pk, double.pk, by=town.officer, at=NOON)
    assert reads_of(town.member.person).count() == 1


def test_nobody_but_the_person_opens_the_page(client, town):
    person = town.member.person
    for user in (town.officer, town.secretary, town.staff, town.stranger):
        client.force_login(user)
        assert read(client, person).status_code == 404
    assert read(client_of(make_administrator("audit")), person).status_code == 404


def test_the_list_is_narrowed_by_kind_and_by_reader(client, town):
    person = town.member.person
    reveal(person.pk, "phone", reason="通知开会", by=town.officer, at=NOON)
    note_opening(person, "record", by=town.secretary, at=NOON)
    client.force_login(town.member)
    for query, shown in (("what=phone", {1}), ("q=zhao", {2}), ("q=nobody", set()), ("", {1, 2})):
        body = client.get(f"/people/{person.pk}/reads/?{query}").content.decode()
        assert {number for number in (1, 2) if f'data-read="{number}"' in body} == shown


def test_an_empty_page_says_what_it_is_for(client, town):
    client.force_login(town.member)
    assert "还没有人看过您的信息" in read(client, town.member.person).content.decode()


def test_the_page_costs_the_same_whatever_its_length(client, town, django_assert_max_num_queries):
    person = town.member.person
    for number in range(60):
        note_opening(
            person, "record", by=make_user(f"reader{number}", person=make_person(town.bureau, "读者")), at=NOON
        )
    client.force_login(town.member)
    # The first request of a session writes its time.
    read(client, person)
    with django_assert_max_num_queries(12):
        assert 'data-read="60"' in read(client, person).content.decode()


def test_the_audit_administrator_sees_accounts_and_record_numbers_and_no_business(town):
    person = make_person(town.bureau, "周某某", id_number=ID)
    reveal(person.pk, "id_number", reason="核对档案", by=town.officer, at=NOON)
    export_roster(town.bureau.pk, on=TODAY, by=None, at=NOON)
    body = client_of(make_administrator("audit")).get("/audit/reads/").content.decode()
    for words in ("officer", "查看完整身份号码", "核对档案", f"人员 #{person.pk}", "人社局", MACHINE):
        assert words in body
    assert "周某某" not in body
    assert ID not in body
    assert "1082" not in body


def test_the_audit_list_is_narrowed_by_account(town):
    reveal(Person.objects.first().pk, "phone", reason="核对档案", by=town.officer, at=NOON)
    client = client_of(make_administrator("audit"))
    assert 'data-read="1"' in client.get("/audit/reads/?q=offic").content.decode()
    assert "data-read" not in client.get("/audit/reads/?q=zhao").content.decode()


def test_looks_at_records_merged_one_after_another_are_told_of_the_one_that_stands(town):
    first, second, third = (make_person(town.bureau, "周舟", phone="19900000001") for _ in range(3))
    reveal(first.pk, "phone", reason="核对号码", by=town.officer, at=NOON)
    merge_people(second.pk, first.pk, by=town.officer, at=NOON)
    merge_people(third.pk, second.pk, by=town.officer, at=NOON)
    first.refresh_from_db()
    assert first.merged_into == third
    assert [look.person_id for look in reads_of(Person.objects.get(pk=third.pk))] == [first.pk]
