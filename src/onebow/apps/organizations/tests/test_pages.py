"""The pages of organizations and people, as each of the cast sees them."""

from datetime import date

import pytest
from django.utils import timezone

from onebow.apps.organizations.models import Membership, Organization, Person, Place
from onebow.apps.organizations.services.organizations import change_organization, rename_organization
from onebow.apps.organizations.tests.make import NOON, appoint, grant, join, make_organization, make_person, make_user

PAGES = ["/", "/organizations/", "/people/", "/people/new/", "/people/duplicates/", "/places/", "/search/?q=zl"]
OF_ONE = ["", "edit/", "history/", "name/", "placement/", "closure/", "links/", "chains/"]
OF_A_PERSON = ["", "edit/", "history/", "merger/", "numbers/", "staff/", "party/", "posts/"]


def open_as(client, user, address, **headers):
    client.force_login(user)
    return client.get(address, **headers)


@pytest.mark.parametrize("address", PAGES)
def test_an_officer_opens_every_list(client, town, address):
    assert open_as(client, town.officer, address).status_code == 200


@pytest.mark.parametrize("deed", OF_ONE)
def test_an_officer_opens_every_page_of_a_branch_and_of_a_section(client, town, deed):
    for one in (town.first, town.office):
        assert open_as(client, town.officer, f"/organizations/{one.pk}/{deed}").status_code == 200


@pytest.mark.parametrize("deed", OF_A_PERSON)
def test_an_officer_opens_every_page_of_a_person(client, town, deed):
    assert open_as(client, town.officer, f"/people/{town.member.person.pk}/{deed}").status_code == 200


def test_a_section_secretary_opens_the_own_branch_and_section_and_no_other(client, town):
    for one, status in (
        (town.first, 200),
        (town.office, 200),
        (town.second, 404),
        (town.wages, 404),
        (town.bureau, 404),
    ):
        assert open_as(client, town.secretary, f"/organizations/{one.pk}/").status_code == status
    assert open_as(client, town.secretary, f"/organizations/{town.first.pk}/edit/").status_code == 404


def test_a_member_reads_names_of_the_own_branch_but_no_record_of_a_colleague(client, town):
    colleague = make_person(town.bureau, "周舟")
    Membership.objects.create(
        person=colleague, organization=town.second, side="party", created_at=NOON, updated_at=NOON
    )
    body = open_as(client, town.member, f"/organizations/{town.second.pk}/").content.decode()
    assert "周舟" in body
    assert f"/people/{colleague.pk}/" not in body
    assert open_as(client, town.member, f"/people/{colleague.pk}/").status_code == 404
    assert open_as(client, town.member, f"/people/{town.member.person.pk}/").status_code == 200


def test_nobody_opens_the_neighbour(client, town):
    for user in (town.officer, town.secretary, town.member, town.staff):
        assert open_as(client, user, f"/organizations/{town.neighbour.pk}/").status_code == 404
        assert open_as(client, user, f"/people/{town.neighbour_person.pk}/").status_code == 404


def test_a_page_of_an_earlier_day_bears_the_earlier_name(client, town):
    rename_organization(town.wages.pk, "薪酬福利科", on=date(2026, 2, 1), basis="", by=None, at=NOON)
    address = f"/organizations/{town.wages.pk}/"
    assert "工资福利科</h1>" in open_as(client, town.officer, f"{address}?on=2026-01-15").content.decode()
    assert "薪酬福利科</h1>" in open_as(client, town.officer, address).content.decode()


def test_an_officer_founds_a_section_from_the_page_of_the_unit(client, town):
    client.force_login(town.officer)
    answer = client.post(
        f"/organizations/new/?under={town.bureau.pk}", {"kind": "section", "name": "信 访科", "_once": "k1"}
    )
    section = Organization.objects.get(name="信访科")
    assert answer["Location"] == f"/organizations/{section.pk}/"


def test_a_form_with_faults_comes_back_with_what_was_typed(client, town):
    client.force_login(town.officer)
    answer = client.post(f"/people/new/?root={town.bureau.pk}", {"name": "周舟", "id_number": "990101199211021083"})
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "末位校验码不符" in body
    assert "周舟" in body


def test_a_refused_deed_is_a_clear_sentence_and_changes_nothing(client, town):
    client.force_login(town.officer)
    answer = client.post(
        f"/organizations/{town.wages.pk}/closure/", {"on": "2026-03-02", "_once": "k2"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 422
    assert "2 人" in answer.content.decode()
    assert Organization.objects.get(pk=town.wages.pk).ends_on is None


def test_whoever_belongs_nowhere_is_not_asked_about_leaving(client, town):
    client.force_login(town.officer)
    newcomer = make_person(town.bureau, "何新")
    assert 'name="transfer"' not in client.get(f"/people/{newcomer.pk}/party/").content.decode()
    assert 'name="transfer"' in client.get(f"/people/{town.member.person.pk}/party/").content.decode()
    answer = client.post(f"/people/{newcomer.pk}/party/", {"organization": town.first.pk, "starts_on": "2026-03-02"})
    assert answer.status_code == 302


def test_a_transfer_is_one_form(client, town):
    client.force_login(town.officer)
    person = town.member.person
    today = timezone.localdate().isoformat()
    client.post(f"/people/{person.pk}/party/", {"organization": town.first.pk, "starts_on": today, "transfer": "on"})
    assert Membership.objects.get(person=person, side="party", ends_on=None).organization == town.first


def test_the_edit_form_shows_no_full_number_and_keeps_it_when_left_empty(client, town):
    number = "990101199211021082"
    person = make_person(town.bureau, "周舟", id_number=number)
    body = open_as(client, town.officer, f"/people/{person.pk}/edit/").content.decode()
    assert number not in body
    assert "990***********1082" in body
    client.post(f"/people/{person.pk}/edit/", {"version": 1, "name": "周洲", "standing": "full_member"})
    person = Person.objects.get(pk=person.pk)
    assert (person.name, person.id_number) == ("周洲", number)


def test_a_person_sees_the_own_number_for_a_reason(client, town):
    person = make_person(town.bureau, "周舟", id_number="990101199211021082")
    client.force_login(town.officer)
    body = client.post(f"/people/{person.pk}/numbers/", {"field": "id_number", "reason": "核对档案"}).content.decode()
    assert "990101199211021082" in body


def test_who_leads_but_does_not_keep_finds_no_page_for_the_numbers_of_others(client, town):
    person = make_person(town.bureau, "周舟", phone="19900000020")
    join(person, town.office)
    other, own = (f"/people/{pk}/numbers/" for pk in (person.pk, town.secretary.person.pk))
    assert open_as(client, town.secretary, f"/people/{person.pk}/").status_code == 200
    assert open_as(client, town.secretary, other).status_code == 404
    assert open_as(client, town.secretary, own).status_code == 200
    assert open_as(client, town.officer, other).status_code == 200


@pytest.mark.parametrize("address", ["/search/", "/people/number/"])
def test_a_mistyped_number_is_called_mistyped(client, town, address):
    client.force_login(town.officer)
    typed = {"q": "990101199211021083", "number": "990101199211021083"}
    assert "号码有误:校验位不符" in client.post(address, typed).content.decode()


def test_a_mistyped_number_in_an_address_is_taken_away_and_called_mistyped(client, town):
    client.force_login(town.officer)
    body = client.get("/organizations/?q=990101199211021083", follow=True).content.decode()
    assert "号码有误:校验位不符" in body
    assert "990101199211021083" not in body


def test_a_changed_place_stands_in_chinese_in_the_history(client, town):
    south = Place.objects.create(name="南院", unit=town.bureau, created_at=NOON, updated_at=NOON)
    version, at = town.wages.version, timezone.now()
    change_organization(town.wages.pk, {"place_id": south.pk}, version=version, by=town.officer, at=at)
    body = open_as(client, town.officer, f"/organizations/{town.wages.pk}/history/").content.decode()
    assert "修改组织信息:办公地点" in body


def test_search_finds_by_initials_within_reach(client, town):
    body = open_as(client, town.officer, "/search/?q=zl").content.decode()
    assert f'data-hit="person-{town.secretary.person.pk}"' in body
    assert "data-hit" not in open_as(client, town.member, "/search/?q=zl").content.decode()
    assert f'organization-{town.wages.pk}"' in open_as(client, town.officer, "/search/?q=工资").content.decode()


@pytest.mark.parametrize("address", ["/", "/organizations/", "/people/", "/search/?q=z"])
def test_a_list_costs_a_few_queries_whatever_its_size(client, town, address, django_assert_max_num_queries):
    for number in range(30):
        make_person(town.bureau, f"周{number}")
    client.force_login(town.officer)
    # Once a minute the session's time is written besides: one statement, and a savepoint in tests alone.
    client.get("/")
    with django_assert_max_num_queries(12):
        client.get(address)


@pytest.mark.parametrize("who", ["officer", "secretary", "head", "member", "staff", "both"])
def test_the_front_page_asks_at_most_twelve_statements(client, town, who, django_assert_max_num_queries):
    person = make_person(town.bureau, "郑局")
    head = make_user("head", person=person)
    appoint(person, town.bureau, "unit_head")
    if who == "both":
        grant(town.secretary, town.bureau)
    user = {"head": head, "both": town.secretary}.get(who) or getattr(town, who)
    # Sessions end when rights change.
    user.refresh_from_db()
    client.force_login(user)
    # Once a minute the session's time is written besides.
    client.get("/")
    with django_assert_max_num_queries(12):
        assert client.get("/").status_code == 200


def test_who_belongs_elsewhere_is_not_asked_for_a_branch(client, town):
    person = make_person(town.bureau, "周舟")
    body = open_as(client, town.officer, "/people/?belongs=no_branch").content.decode()
    assert f'data-person="{person.pk}"' in body
    Membership.objects.create(
        person=person,
        organization=town.office,
        side="staff",
        relation_elsewhere="派遣公司",
        created_at=NOON,
        updated_at=NOON,
    )
    body = open_as(client, town.officer, "/people/?belongs=no_branch").content.decode()
    assert f'data-person="{person.pk}"' not in body


def test_an_organization_below_is_a_link_only_where_one_may_open_it(client, town):
    chain = make_organization("service_chain", "就业帮扶链条", town.wages)
    link = f'href="/organizations/{chain.pk}/"'
    assert link in open_as(client, town.officer, f"/organizations/{town.wages.pk}/").content.decode()
    body = open_as(client, town.staff, f"/organizations/{town.wages.pk}/").content.decode()
    assert "就业帮扶链条" in body
    assert link not in body


def test_the_front_page_of_a_member_leads_to_the_own_record(client, town):
    assert f'href="/people/{town.member.person.pk}/"' in open_as(client, town.member, "/").content.decode()


def test_one_sees_the_place_where_the_own_section_sits_and_no_other(client, town):
    here, elsewhere = (
        Place.objects.create(name=name, unit=town.bureau, created_at=NOON, updated_at=NOON) for name in ("南院", "北院")
    )
    Organization.objects.filter(pk=town.wages.pk).update(place=here)
    Organization.objects.filter(pk=town.office.pk).update(place=elsewhere)
    body = open_as(client, town.staff, "/places/").content.decode()
    assert "南院" in body
    assert "北院" not in body


def test_an_empty_list_of_places_says_what_to_do_first(client, town):
    Place.objects.all().delete()
    lead = 'class="btn btn-primary" href="/imports/"'
    assert lead in open_as(client, town.officer, "/places/").content.decode()
    assert lead not in open_as(client, town.staff, "/places/").content.decode()
