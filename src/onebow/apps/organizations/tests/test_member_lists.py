"""Lists of members: what they say, who may take them out, what is told of it, batches by the worker."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import AccessRecord
from onebow.apps.organizations.models import ListBatch, Membership, Organization, Person, Post
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.queries.reads import reads_of
from onebow.apps.organizations.queries.restructuring.papers.lists import MASKED, list_on, planned_lists
from onebow.apps.organizations.queries.restructuring.papers.records import records_of_lists, records_of_people
from onebow.apps.organizations.services.restructuring.lists import request_lists
from onebow.apps.organizations.tests.make import (
    NOON,
    TODAY,
    appoint,
    grant,
    make_organization,
    make_user,
)
from onebow.apps.organizations.tests.make_papers import approve, carry_out, make_bureau, submit
from onebow.apps.organizations.tests.make_restructurings import make_large_plan

pytestmark = pytest.mark.django_db
WHAT_FOR = {"reason": "报批前核对名单", "kind": "docx"}
State = ListBatch.State


@pytest.fixture
def bureau():
    return make_bureau()


@pytest.fixture
def client(bureau):
    return client_of(bureau.officer)


@pytest.fixture
def wages(bureau):
    return bureau.plan.planned.get(continues=None)


def lists_of(bureau, *ids):
    return reverse("organizations:restructuring_lists", args=[bureau.plan.pk, *ids])


def list_of(organization):
    return reverse("organizations:member_list", args=[organization.pk])


def reach(user):
    return reach_of(user, TODAY)


def test_a_planned_list_holds_its_members_the_head_first(bureau, wages):
    [found] = planned_lists(bureau.plan, reach(bureau.officer), wages.pk)
    assert {key: value for key, value in found.data.items() if key != "members"} == {
        "branch": "工资科党支部",
        "superior": "人社局机关党委",
        "sections": "工资科",
        "secretary": "周丁（指定负责人）",
        "as_of": TODAY,
        "full_members": 3,
        "probationary_members": 0,
        "masked": False,
    }
    assert found.data["members"][0] == {
        "no": 1,
        "name": "周丁",
        "sex": "女",
        "born": "1980.05",
        "joined": "2006.07.01",
        "full_since": "2007.07.01",
        "section": "工资科",
        "post": "指定负责人",
    }
    assert [row["post"] for row in found.data["members"]] == ["指定负责人", "", ""]


def test_dates_are_told_as_precisely_as_they_are_known(bureau, wages):
    facts = {"joined_precision": "month", "born_precision": "year", "full_on": TODAY + timedelta(days=9)}
    Person.objects.filter(name="周丁").update(**facts)
    [found] = planned_lists(bureau.plan, reach(bureau.officer), wages.pk)
    row = found.data["members"][0]
    assert (row["born"], row["joined"], row["full_since"]) == ("1980", "2006.07", "")


def test_of_whom_another_unit_keeps_the_record_no_dates_are_told(bureau, wages):
    other = make_organization(Organization.Kind.UNIT, "水务局")
    Person.objects.filter(name="周戊").update(root=other)
    [found] = planned_lists(bureau.plan, reach(bureau.officer), wages.pk)
    lent = next(row for row in found.data["members"] if row["name"] == "周戊")
    assert (lent["born"], lent["joined"], lent["full_since"]) == (MASKED, MASKED, MASKED)
    assert found.data["masked"]


def test_the_list_of_a_branch_is_that_of_the_day(bureau):
    submit(bureau)
    approve(bureau)
    carry_out(bureau)
    bureau.branch.refresh_from_db()
    now = list_on(bureau.branch, TODAY, TODAY, reach(bureau.officer))
    assert (now.name, len(now.people), now.data["secretary"]) == ("办公室党支部", 3, "周甲（指定负责人）")
    assert (now.data["superior"], now.data["sections"]) == ("人社局机关党委", "办公室")
    eve = list_on(
        Organization.objects.get(pk=bureau.branch.pk), TODAY - timedelta(days=1), TODAY, reach(bureau.officer)
    )
    assert (eve.name, len(eve.people), eve.data["secretary"]) == ("第1党支部", 6, "")
    assert eve.data["sections"] == "办公室、工资科"


def test_members_of_its_groups_stand_in_the_list_of_a_branch(bureau):
    group = make_organization(Organization.Kind.GROUP, "第1党小组", bureau.branch)
    moved = Membership.objects.filter(organization=bureau.branch).first()
    Membership.objects.filter(pk=moved.pk).update(organization=group)
    assert moved.person_id in list_on(bureau.branch, TODAY, TODAY, reach(bureau.officer)).people


def test_a_list_says_what_posts_are_held_in_the_branch(bureau):
    person = Person.objects.get(name="周丙")
    appoint(person, bureau.branch, Post.Role.SECRETARY)
    found = list_on(bureau.branch, TODAY, TODAY, reach(bureau.officer))
    assert found.data["secretary"] == "周丙（书记）"
    assert (found.data["members"][0]["name"], found.data["members"][0]["post"]) == ("周丙", "书记")


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_a_list_leaves_for_a_reason_and_is_told(bureau, client, kind):
    answer = client.post(list_of(bureau.branch), {"reason": "支部大会核对", "kind": kind})
    assert answer.content.startswith(b"%PDF" if kind == "pdf" else b"PK")
    assert f".{kind}" in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "no-store"
    record = AccessRecord.objects.get()
    assert (record.what, record.organization_id, record.rows) == ("export_list", bureau.branch.pk, 6)
    assert record.reason == "支部大会核对"


def test_no_list_leaves_without_saying_what_for(bureau, client, wages):
    for reason in ("", "要", "   要   "):
        assert client.post(list_of(bureau.branch), {**WHAT_FOR, "reason": reason}).status_code == 422
        for branch in ("all", wages.pk):
            asked = {**WHAT_FOR, "branch": branch, "reason": reason}
            assert client.post(lists_of(bureau), asked).status_code == 422
    with pytest.raises(Refused, match="用途"):
        request_lists(bureau.plan.pk, reason="", by=bureau.officer, at=NOON)
    assert not AccessRecord.objects.exists()
    assert not ListBatch.objects.exists()


def test_the_secretary_of_a_branch_takes_out_its_list_and_no_other(bureau):
    person = Person.objects.get(name="周丙")
    appoint(person, bureau.branch, Post.Role.SECRETARY)
    other = make_organization(Organization.Kind.BRANCH, "第2党支部", bureau.committee)
    client = client_of(make_user("secretary", person=Person.objects.get(pk=person.pk)))
    assert "党员名册" in client.get(f"/organizations/{bureau.branch.pk}/").content.decode()
    assert client.post(list_of(bureau.branch), WHAT_FOR).content.startswith(b"PK")
    assert client.get(list_of(other)).status_code == 404
    assert client.get(lists_of(bureau)).status_code == 404


def test_what_is_no_branch_or_did_not_stand_has_no_list(bureau, client):
    assert client.get(list_of(bureau.wages)).status_code == 422
    Organization.objects.filter(pk=bureau.branch.pk).update(ends_on=TODAY)
    assert client.get(list_of(bureau.branch), {"on": "2026-03-02"}).status_code == 422
    assert client.get(list_of(bureau.branch), {"on": "2026-03-01"}).status_code == 200


def test_one_planned_list_leaves_at_once_and_is_told_to_those_in_it(bureau, client, wages):
    Person.objects.update(created_at=NOON)
    answer = client.post(lists_of(bureau), {**WHAT_FOR, "branch": wages.pk})
    assert answer.content.startswith(b"PK")
    record = AccessRecord.objects.get()
    assert (record.what, record.organization_id, record.rows) == ("export_plan", bureau.unit.pk, 3)
    told = {person.name: reads_of(person).count() for person in Person.objects.all()}
    assert told == {"周甲": 0, "周乙": 0, "周丙": 0, "周丁": 1, "周戊": 1, "周己": 1}


def test_a_list_of_a_branch_is_told_to_its_members_of_that_day_alone(bureau, client):
    Person.objects.update(created_at=NOON)
    group = make_organization(Organization.Kind.GROUP, "第1党小组", bureau.branch)
    Membership.objects.filter(person__name="周乙", side="party").update(organization=group)
    Membership.objects.filter(person__name="周丙", side="party").update(ends_on=TODAY)
    Membership.objects.filter(person__name="周丁", side="party").update(starts_on=TODAY + timedelta(days=1))
    client.post(f"{list_of(bureau.branch)}?on=2026-03-02", WHAT_FOR)
    told = {person.name: reads_of(person).count() for person in Person.objects.all()}
    assert told == {"周甲": 1, "周乙": 1, "周丙": 0, "周丁": 0, "周戊": 1, "周己": 1}


def test_records_of_a_list_are_those_about_its_members(bureau, wages):
    # Registered, works, belongs; one of the three heads the section.
    assert records_of_lists(bureau.plan, until=NOON)[wages.pk] == 3 * 3 + 1
    [found] = planned_lists(bureau.plan, reach(bureau.officer), wages.pk)
    assert records_of_people(found.people, TODAY, until=NOON) == 3 * 3 + 1
    assert records_of_people(found.people, TODAY, until=NOON - timedelta(days=1)) == 0


def test_lists_cost_the_same_whatever_their_number(bureau, django_assert_num_queries):
    for sections in (3, 12):
        plan = make_large_plan(sections=sections, members=2)
        grant(bureau.officer, plan.root)
        mine = reach(bureau.officer)
        with django_assert_num_queries(3):
            assert len(planned_lists(plan, mine)) == sections
        with django_assert_num_queries(2):
            records_of_lists(plan, until=NOON)


def test_a_page_of_lists_offers_all_and_each(bureau, client, wages):
    text = client.get(lists_of(bureau)).content.decode()
    values = re.findall(r'<option value="([^"]+)"', text)
    assert values == ["all", *(str(row.pk) for row in bureau.plan.planned.order_by("rank", "pk"))]
    assert client.post(lists_of(bureau), {**WHAT_FOR, "branch": "999999"}).status_code == 422


def test_a_member_reads_no_lists(bureau):
    person = Person.objects.get(name="周己")
    client = client_of(make_user("member", person=person))
    assert client.get(list_of(bureau.branch)).status_code == 404
    assert "党员名册" not in client.get(f"/organizations/{bureau.branch.pk}/").content.decode()
