"""Pages that read a plan: who may, what they show, what leaves."""

import io
import re

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.ledger.models import AccessRecord
from onebow.apps.organizations.models import Person, Post, Restructuring, Seat
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.queries.reads import reads_of
from onebow.apps.organizations.queries.restructuring.visible import drafts_for, restructurings_for
from onebow.apps.organizations.tests.make import NOON, TODAY, appoint, grant, make_person, make_user
from onebow.apps.organizations.tests.make_restructurings import make_large_plan, make_plan, make_planned_town
from onebow.apps.organizations.tests.make_trees import make_node

pytestmark = pytest.mark.django_db
PICTURES, PEOPLE, FILE = "restructuring_pictures", "restructuring_people", "restructuring_people_file"
COMPARE = reverse("organizations:restructuring_compare")
WHAT_FOR = {"reason": "支部大会核对名单"}


@pytest.fixture
def made():
    return make_planned_town(state="submitted", submitted_at=NOON)


@pytest.fixture
def officer(made):
    user = make_user("officer")
    grant(user, made.town.bureau)
    return user


@pytest.fixture
def client(officer):
    return client_of(officer)


def to(name, plan):
    return reverse(f"organizations:{name}", args=[plan.pk])


def seats(response):
    return {int(number) for number in re.findall(r'data-seat="(\d+)"', response.content.decode())}


def in_branch(planned):
    return set(Seat.objects.filter(planned=planned).values_list("person", flat=True))


def leader(organization, role, name):
    person = make_person(make_node("unit", f"{name}的单位"), name)
    appoint(person, organization, role)
    return make_user(name, person=Person.objects.get(pk=person.pk))


def seen(user):
    return set(restructurings_for(reach_of(user, TODAY)))


@pytest.mark.parametrize("handed_in", [True, False])
@pytest.mark.parametrize("state", ["draft", "submitted", "withdrawn"])
def test_leaders_read_what_was_handed_in_and_is_no_draft(made, officer, state, handed_in):
    Restructuring.objects.update(state=state, submitted_at=NOON if handed_in else None)
    expected = {made.plan} if handed_in and state != "draft" else set()
    assert seen(officer) == {made.plan}
    assert seen(leader(made.town.committee, Post.Role.SECRETARY, "secretary")) == expected
    assert seen(leader(made.town.bureau, Post.Role.UNIT_HEAD, "head")) == expected


def test_who_leads_a_part_reads_no_plan_of_the_whole(made):
    assert seen(leader(made.town.first, Post.Role.SECRETARY, "secretary")) == set()
    assert seen(leader(made.town.jobs, Post.Role.UNIT_HEAD, "head")) == set()


def test_only_drafts_may_be_changed_and_only_by_officers(made, officer):
    draft = make_plan(made.town.bureau, made.town.committee)
    assert set(drafts_for(reach_of(officer, TODAY))) == {draft}
    assert not drafts_for(reach_of(leader(made.town.bureau, Post.Role.UNIT_HEAD, "head"), TODAY))


@pytest.mark.parametrize("name", [PICTURES, PEOPLE, FILE])
def test_a_plan_of_another_unit_is_not_found(client, name):
    abroad = make_plan(make_node("unit", "水务局"), make_node("organ_committee", "水务局机关党委"))
    assert client.get(to(name, abroad)).status_code == 404
    assert client.get(COMPARE, {"a": abroad.pk}).status_code == 404


def test_the_pictures_come_with_the_same_as_tables(made, client):
    text = client.get(to(PICTURES, made.plan)).content.decode()
    assert text.count('class="drawing"') == 3
    assert f'href="{to(PEOPLE, made.plan)}?from={made.town.first.pk}&amp;to={made.letters.pk}"' in text
    assert {int(number) for number in re.findall(r'data-to="(\d+)"', text)} == {
        made.jobs.pk,
        made.letters.pk,
        made.data.pk,
    }
    assert "data-figures" in text


def test_a_plan_without_members_says_what_to_do(made, client):
    assert "data-empty" in client.get(to(PICTURES, make_plan(made.town.bureau, made.town.committee))).content.decode()


def test_too_many_branches_come_page_by_page_instead_of_pictures(officer):
    plan = make_large_plan(sections=170, members=1)
    grant(officer, plan.root)
    text = client_of(officer).get(to(PICTURES, plan)).content.decode()
    assert 'class="drawing"' not in text
    assert text.count("data-branch=") == 50 + 4


def test_the_list_holds_who_moves_and_everybody_if_asked(made, client):
    moving = in_branch(made.letters) | in_branch(made.data)
    assert seats(client.get(to(PEOPLE, made.plan))) == moving
    assert seats(client.get(to(PEOPLE, made.plan), {"show": "all"})) == moving | in_branch(made.jobs)


@pytest.mark.parametrize(
    ("asked", "branch"),
    [
        ({"from": "first"}, "letters"),
        ({"from": "0"}, "data"),
        ({"to": "data"}, "data"),
        ({"section": "letters"}, "letters"),
    ],
)
def test_the_list_is_narrowed_by_where_they_are_go_and_work(made, client, asked, branch):
    ids = {"first": made.town.first.pk, "data": made.data.pk, "letters": made.town.letters.pk, "0": 0}
    found = client.get(to(PEOPLE, made.plan), {key: ids[value] for key, value in asked.items()})
    assert seats(found) == in_branch(getattr(made, branch))


@pytest.mark.parametrize("sort", ["name", "section", "place", "from", "to", "-standing"])
def test_the_list_sorts_by_every_column(made, client, sort):
    assert len(seats(client.get(to(PEOPLE, made.plan), {"sort": sort, "show": "all"}))) == 7


def test_who_is_placed_nowhere_is_listed_as_such(made, client):
    seat = Seat.objects.filter(planned=made.jobs).first()
    Seat.objects.filter(pk=seat.pk).update(planned=None)
    assert seats(client.get(to(PEOPLE, made.plan), {"to": 0})) == {seat.person_id}


def test_the_list_leaves_as_sheets_marked_and_told(made, client):
    answer = client.post(to(FILE, made.plan), WHAT_FOR)
    book = load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["全部党员", "1 就业促进科党支部", "2 信访科党支部", "3 数据科党支部"]
    rows = {sheet.title: [row for row in sheet.values if str(row[0]).isdigit()] for sheet in book}
    assert [len(found) for found in rows.values()] == [7, 3, 2, 2]
    assert {row[7] for row in rows["2 信访科党支部"]} == {"变动"}
    record = AccessRecord.objects.get()
    assert (record.what, record.organization_id, record.rows) == ("export_plan", made.town.bureau.pk, 7)
    assert f"用途:{WHAT_FOR['reason']};查阅记录第 {record.pk} 号。" in book.properties.description
    assert answer["Cache-Control"] == "no-store"


def test_no_list_leaves_without_saying_what_for(made, client):
    for reason in ("", "要", "   要   "):
        assert client.post(to(FILE, made.plan), {"reason": reason}).status_code == 422
    assert not AccessRecord.objects.exists()


def test_an_export_is_told_to_members_of_the_unit_and_not_to_others(made, client):
    client.post(to(FILE, made.plan), WHAT_FOR)
    member = Person.objects.filter(seats__restructuring=made.plan).first()
    Person.objects.update(created_at=NOON)
    member.refresh_from_db()
    outsider = make_person(made.town.bureau, "群众", standing=Person.Standing.MASSES)
    outsider.memberships.create(organization=made.town.jobs, side="staff", created_at=NOON, updated_at=NOON)
    assert [row.what for row in reads_of(member)] == ["export_plan"]
    assert not reads_of(outsider).exists()


def test_two_plans_are_chosen_and_compared(made, client):
    other = make_plan(made.town.bureau, made.town.committee, "另一方案")
    chosen = client.get(COMPARE, {"a": made.plan.pk}).content.decode()
    assert chosen.count("<option") == 6
    assert 'id="elsewhere"' not in chosen
    both = client.get(COMPARE, {"a": made.plan.pk, "b": other.pk}).content.decode()
    assert 'id="elsewhere"' in both
    assert "data-notice" in client.get(COMPARE, {"a": made.plan.pk, "b": made.plan.pk}).content.decode()


@pytest.mark.parametrize("typed", ["x", "999999", "-1"])
def test_what_is_no_plan_is_not_compared(made, client, typed):
    assert client.get(COMPARE, {"a": made.plan.pk, "b": typed}).status_code == 404


def test_a_page_costs_a_few_queries_whatever_its_size(made, officer, django_assert_max_num_queries):
    plan = make_large_plan(sections=12, members=3)
    other = make_plan(plan.root, plan.committee, "另一方案", state="submitted", submitted_at=NOON)
    head = leader(plan.root, Post.Role.UNIT_HEAD, "head")
    Restructuring.objects.filter(pk=plan.pk).update(state="submitted", submitted_at=NOON)
    grant(officer, plan.root)
    pages = (to(PICTURES, plan), to(PEOPLE, plan), to(FILE, plan), f"{COMPARE}?a={plan.pk}&b={other.pk}")
    for user in (officer, head):
        client = client_of(user)
        client.get(pages[0])
        for address in pages:
            with django_assert_max_num_queries(12):
                assert client.get(address).status_code == 200, address
