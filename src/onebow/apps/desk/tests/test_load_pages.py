"""The pages of load: who sees whose hours, what leads where, and how few questions they ask."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.ledger.models import AccessRecord
from onebow.apps.meetings.tests.make import hold, make_branch, plan
from onebow.apps.organizations.models import Person
from onebow.apps.organizations.tests.make import TODAY, make_organization, make_town
from onebow.apps.plans.models import Item, ItemPerson, LoadCeiling, LoadReason
from onebow.apps.plans.tests.make import LECTURE, ROUTINE, make_item, make_kind, make_plan
from onebow.apps.plans.tests.make_load import make_ceiling
from onebow.apps.plans.tests.make_plans import make_year

SPRING = {"starts_on": date(TODAY.year, 4, 1), "due_on": date(TODAY.year, 4, 30), "hours": Decimal(120)}
APRIL = f"{TODAY.year}-04"
YEAR = f"year={TODAY.year}"


@pytest.fixture
def branch(db):
    """The town with a meeting held and planned, an item of the secretary's, and a ceiling gone over in April."""
    branch = make_branch(make_town())
    town, zhao = branch.town, Person.objects.get(name="赵立")
    item = make_item(make_plan(town.bureau), make_kind(town.bureau, ROUTINE), town.office, person=zhao, **SPRING)
    ItemPerson.objects.create(item=item, person=zhao)
    hold(branch)
    plan(branch, on=date(TODAY.year, 4, 8))
    make_ceiling(town.bureau, 100, strength="warn")
    make_ceiling(town.committee, 1, measure="requests")
    return branch


def page_of(user, address, status=200):
    response = client_of(user).get(address)
    assert response.status_code == status
    return response.content.decode()


def person_href(name, query=""):
    return reverse("desk:load_person", args=[Person.objects.get(name=name).pk]) + query


def test_people_over_a_ceiling_come_first_and_lead_to_their_month(branch):
    page = page_of(branch.town.officer, f"/load/?{YEAR}")
    assert page.index("data-person") < page.index("is-over")
    assert f"{person_href('赵立')}?month={APRIL}" in page
    assert 'data-over="1"' in page
    assert "data-picture-of" in page


def test_only_those_over_a_ceiling_are_listed_if_asked(branch):
    page = page_of(branch.town.officer, f"/load/?{YEAR}&over=1")
    assert page.count("data-person=") == 1


def test_branches_are_listed_with_their_requests(branch):
    page = page_of(branch.town.officer, f"/load/?{YEAR}&view=branches")
    assert page.count("data-branch=") == 2


def test_the_month_names_items_and_meetings_with_how_they_were_spread(branch):
    page = page_of(branch.town.officer, person_href("赵立", f"?month={APRIL}"))
    assert "企业用工调研" in page
    assert "个工作日均摊" in page
    assert "按通常时长" in page
    assert 'data-part="item-' in page


def test_what_the_reader_may_not_open_is_told_without_its_title(branch):
    stranger = make_item(
        make_plan(branch.town.neighbour), Item.objects.get().kind, branch.town.neighbour_section, "河道清淤", **SPRING
    )
    ItemPerson.objects.create(item=stranger, person=Person.objects.get(name="赵立"))
    page = page_of(branch.town.officer, person_href("赵立", f"?month={APRIL}"))
    assert "河道清淤" not in page
    assert "其他单位的工作" in page


def test_who_leads_nobody_is_led_to_their_own_hours_and_sees_nobody_else_s(branch):
    town = branch.town
    response = client_of(town.member).get("/load/")
    assert response.headers["Location"] == person_href("钱进")
    assert "钱进" in page_of(town.member, person_href("钱进"))
    page_of(town.member, person_href("赵立"), 404)
    page_of(town.stranger, person_href("赵立"), 404)
    page_of(town.stranger, "/load/", 404)


def test_looking_at_somebody_s_hours_is_told_in_the_access_log_and_at_one_s_own_not(branch):
    page_of(branch.town.officer, person_href("钱进"))
    page_of(branch.town.member, person_href("钱进"))
    look = AccessRecord.objects.get(person_id=Person.objects.get(name="钱进").pk)
    assert (look.what, look.fields, look.by_id) == ("record", "load", branch.town.officer.pk)


def test_an_organization_that_is_not_theirs_is_not_found(branch):
    town = branch.town
    page_of(town.officer, f"/load/?organization={town.neighbour.pk}", 404)
    page_of(town.officer, reverse("desk:load_organization", args=[town.neighbour_section.pk]), 404)
    page_of(town.secretary, f"/load/?organization={town.second.pk}", 404)


@pytest.mark.parametrize("typed", ["year=0", "year=abc", "year=9999", "month=2026-13", "organization=", "view=x"])
def test_odd_addresses_show_a_page(branch, typed):
    page_of(branch.town.officer, f"/load/?{typed}")
    page_of(branch.town.officer, person_href("赵立", f"?{typed}"))


def test_a_branch_tells_what_is_asked_of_it_in_a_month(branch):
    town = branch.town
    lecture = make_kind(town.bureau, LECTURE)
    item = make_item(make_plan(town.bureau), lecture, town.first, "支部事项", **SPRING)
    page = page_of(town.officer, reverse("desk:load_organization", args=[town.first.pk]) + f"?month={APRIL}")
    assert f'data-part="owned-{item.pk}"' in page


def test_a_section_without_people_says_what_to_do_first(branch):
    empty = make_organization("section", "新设科", branch.town.bureau)
    assert "这里没有人员" in page_of(branch.town.officer, f"/load/?organization={empty.pk}")


def test_a_day_before_there_was_anything_shows_a_page(branch):
    page_of(branch.town.officer, f"/load/?organization={branch.town.bureau.pk}&on=1950-01-01")
    page_of(branch.town.officer, "/cockpit/?on=1950-01-01")


@pytest.mark.parametrize("who", ["officer", "secretary"])
@pytest.mark.parametrize("query", ["", "&view=branches", f"&on={TODAY.year}-06-30"])
def test_tables_ask_few_questions(branch, who, query, django_assert_max_num_queries):
    client = client_of(getattr(branch.town, who))
    client.get(f"/load/?{YEAR}{query}")
    with django_assert_max_num_queries(12):
        client.get(f"/load/?{YEAR}{query}")


def test_a_person_s_page_asks_few_questions(branch, django_assert_max_num_queries):
    client = client_of(branch.town.officer)
    address = person_href("赵立", f"?month={APRIL}")
    client.get(address)
    with django_assert_max_num_queries(12):
        client.get(address)


def test_ceilings_are_listed_set_and_ended(branch):
    town = branch.town
    client, address = client_of(town.officer), reverse("plans:ceiling_new")
    assert "内部规定第3条" in page_of(town.officer, reverse("plans:ceilings"))
    assert page_of(town.officer, address)
    told = {
        "organization": town.office.pk, "measure": "hours", "value": "80", "strength": "refuse", "basis": "科室约定",
        "starts_on": timezone.localdate().isoformat(),
    }  # fmt: skip
    assert client.post(address, told).status_code == 302
    row = LoadCeiling.objects.get(organization=town.office)
    assert client.post(reverse("plans:ceiling_closure", args=[row.pk]), {"on": "2030-01-01"}).status_code == 302
    row.refresh_from_db()
    assert row.ends_on == date(2030, 1, 1)


def test_a_ceiling_that_says_nothing_is_told_beside_the_fields(branch):
    response = client_of(branch.town.officer).post(reverse("plans:ceiling_new"), {"value": "-1", "basis": ""})
    assert response.status_code == 422
    assert "has-errors" in response.content.decode()


def test_the_secretary_reads_the_ceiling_of_the_unit_and_sets_none(branch):
    page = page_of(branch.town.secretary, reverse("plans:ceilings"))
    assert "人社局" in page
    page_of(branch.town.secretary, reverse("plans:ceiling_new"), 404)


def test_a_plan_tells_what_is_over_and_takes_a_reason(branch):
    today = timezone.localdate()
    # All in this month, however much of the year is left.
    year = make_year(branch.town, hours=Decimal(700), starts_on=today, due_on=today)
    client, address = client_of(branch.town.officer), reverse("plans:plan_load", args=[year.plan.pk])
    part = client.get(address, HTTP_HX_REQUEST="true").content.decode()
    assert 'data-over="person-' in part
    assert "<html" not in part
    zhao = Person.objects.get(name="赵立")
    told = {"sort": "person", "who": zhao.pk, "month": today.replace(day=1).isoformat()}
    assert client.post(address, told | {"reason": ""}).status_code == 422
    assert client.post(address, told | {"reason": "集中攻坚"}).status_code == 302
    assert LoadReason.objects.get().person == zhao
    assert "集中攻坚" in client.get(address).content.decode()
