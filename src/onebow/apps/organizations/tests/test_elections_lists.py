"""Who needs an election, many begun at once, appointments: the pages beside an election."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.organizations.models import Election, Organization, Post
from onebow.apps.organizations.tests.make import appoint, grant, make_organization, make_user
from onebow.apps.organizations.tests.make_elections import (
    FOUNDED,
    begin,
    make_cast,
)


@pytest.fixture
def cast(db):
    return make_cast()


def at(election, rest=""):
    return f"/elections/{election.pk}/{rest}"


def text_of(user, address, status=200, **headers):
    response = client_of(user).get(address, **headers)
    assert response.status_code == status
    return response.content.decode()


def test_due_ones_come_first_and_lead_to_the_form(db):
    cast = make_cast(term_ends_on=timezone.localdate() + timedelta(days=30))
    appoint(cast.head, cast.branch, "secretary", appointed="elected", starts_on=FOUNDED)
    fresh = make_organization("branch", "新支部", cast.committee)
    appoint(cast.people[1], fresh, "secretary", appointed="designated", starts_on=FOUNDED)
    page = text_of(cast.officer, "/elections/")
    assert page.index("新支部") < page.index(cast.branch.name)
    address = f"/organizations/{fresh.pk}/elections/new/"
    assert address in page
    assert "不足 7 人" in text_of(cast.officer, address)
    filtered = text_of(cast.officer, "/elections/?why=near")
    assert "新支部" not in filtered
    assert f'data-due="{cast.branch.pk}"' in filtered
    begin(cast)
    assert f'data-due="{cast.branch.pk}"' not in text_of(cast.officer, "/elections/")
    assert "已有一次选举正在进行" in text_of(cast.officer, f"/organizations/{cast.branch.pk}/elections/new/")


def test_where_nothing_is_due_the_page_says_what_to_do(db):
    user, unit = make_user("fresh"), make_organization("unit", "新局")
    grant(user, unit)
    assert "没有需要选举的党组织" in text_of(user, "/elections/")
    assert "没有正在进行的选举" in text_of(user, "/elections/?view=open")
    assert "没有需要选举的党组织" in text_of(user, "/elections/batch/")
    assert "还没有服务链条" in text_of(user, "/chains/")


def test_many_are_begun_on_one_page(db):
    cast, today = make_cast(), timezone.localdate()
    made = []
    for number in range(3):
        branch = make_organization("branch", f"新支部{number}", cast.committee)
        person = cast.people[number + 1]
        appoint(person, branch, "secretary", appointed="designated", starts_on=FOUNDED)
        made.append(branch)
    page = text_of(cast.officer, "/elections/batch/")
    assert page.count(" checked") == 3
    client = client_of(cast.officer)
    assert client.post("/elections/batch/", {"held_on": today}).status_code == 422
    form = {"held_on": today}
    for branch in made[:2]:
        form |= {f"pick_{branch.pk}": "on", f"manner_{branch.pk}": "direct", f"seats_{branch.pk}": 0}
    form[f"day_{made[1].pk}"] = today + timedelta(days=7)
    assert client.post("/elections/batch/", form)["Location"] == "/elections/?view=open"
    found = dict(Election.objects.values_list("organization__name", "held_on"))
    assert found == {"新支部0": today, "新支部1": today + timedelta(days=7)}
    assert set(Election.objects.values_list("occasion", flat=True)) == {"founding"}


def test_a_branch_in_the_batch_that_does_not_fit_is_named_and_nothing_is_begun(db):
    cast = make_cast(9)
    form = {"held_on": timezone.localdate(), f"pick_{cast.branch.pk}": "on", f"manner_{cast.branch.pk}": "direct"}
    response = client_of(cast.officer).post("/elections/batch/", form)
    assert response.status_code == 422
    assert "就业促进科党支部”:正式党员 9 人" in response.content.decode()
    assert not Election.objects.exists()


def test_an_appointment_with_its_paper_follows_the_present_secretary(cast):
    appoint(cast.people[1], cast.branch, "secretary", appointed="elected", starts_on=FOUNDED)
    address = f"/organizations/{cast.branch.pk}/appointment/"
    assert address in text_of(cast.officer, f"/organizations/{cast.branch.pk}/")
    form = {"person": cast.people[2].pk, "role": "secretary", "starts_on": "2026-03-02", "number": "3号",
            "paper_on": "2026-03-01"}  # fmt: skip
    client = client_of(cast.officer)
    refused = client.post(address, form)
    assert refused.status_code == 422
    assert "现任书记是王二" in refused.content.decode()
    assert client.post(address, form | {"replace": "on"}).status_code == 302
    posts = Post.objects.filter(organization=cast.branch).order_by("pk")
    assert list(posts.values_list("person__name", "appointed", "basis", "ends_on")) == [
        ("王二", "elected", "", date(2026, 3, 2)),
        ("孔三", "appointed", "3号", None),
    ]
    history = text_of(cast.officer, f"/organizations/{cast.branch.pk}/history/")
    assert "任命书记、副书记" in history


def test_findings_lead_to_the_election(cast):
    Organization.objects.filter(pk=cast.branch.pk).update(term_ends_on=date(2020, 1, 1))
    body = text_of(cast.officer, f"/organizations/{cast.branch.pk}/findings/")
    assert f"/organizations/{cast.branch.pk}/elections/new/" in body
