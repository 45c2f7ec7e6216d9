"""From the pages of organizations, people, plans, duties and meetings to each other."""

import re

import pytest

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.ledger.models import AccessRecord, Entry
from onebow.apps.meetings.models import Meeting
from onebow.apps.meetings.tests.make import absent, hold, make_branch
from onebow.apps.organizations.tests.make import TODAY
from onebow.apps.plans.models import Occurrence, Proof
from onebow.apps.plans.tests.make import make_plan
from onebow.apps.plans.tests.make_duties import MEETING, make_duty, make_occurrences


@pytest.fixture
def branch(db):
    return make_branch()


def html_of(user, address: str) -> str:
    answer = client_of(user).get(address)
    assert (address, answer.status_code) == (address, 200)
    return answer.content.decode()


def links_of(html: str, part: str) -> list[str]:
    """The addresses in a panel."""
    return re.findall(r'href="([^"]+)"', html.split(f'id="{part}"')[1].split("</section>")[0])


@pytest.mark.parametrize("who", ["officer", "secretary", "member"])
def test_an_organization_leads_to_its_plan_duties_meetings_and_calendar(branch, who):
    here = branch.town.second if who == "member" else branch.here
    user = getattr(branch.town, who)
    links = links_of(html_of(user, f"/organizations/{here.pk}/"), "work")
    assert len(links) == 4
    for href in links:
        html_of(user, href)


def test_of_an_organization_without_plan_it_is_said_so_and_one_may_begin(branch):
    make_plan(branch.town.bureau)
    html = html_of(branch.town.secretary, f"/plans/?organization={branch.here.pk}")
    assert f'href="/plans/new/?organization={branch.here.pk}"' in html
    plan = make_plan(branch.here)
    html = html_of(branch.town.secretary, f"/plans/?organization={branch.here.pk}")
    assert f'data-plan="{plan.pk}"' in html


def test_a_person_leads_to_both_duties_and_the_meetings_attended(branch):
    zhao = branch.secretary
    there = hold(branch)
    missed = hold(branch, exceptions=absent(zhao))
    links = links_of(html_of(branch.town.secretary, f"/people/{zhao.pk}/"), "work")
    assert links[:2] == [f"/posts/{zhao.pk}/", f"/meetings/?person={zhao.pk}"]
    html = html_of(branch.town.secretary, links[1])
    assert f'data-meeting="{there.pk}"' in html
    assert f'data-meeting="{missed.pk}"' not in html
    html_of(branch.town.secretary, links[0])


def test_whoever_looks_at_the_meetings_of_another_is_told_in_the_access_log(branch):
    person = branch.members[0]
    html_of(branch.town.secretary, f"/meetings/?person={person.pk}")
    assert AccessRecord.objects.filter(person_id=person.pk, what="record").count() == 1


def test_whose_record_one_may_not_open_ones_meetings_are_not_found(branch):
    for number in (branch.town.neighbour_person.pk, 999_999, "x", "²"):
        assert client_of(branch.town.secretary).get(f"/meetings/?person={number}").status_code == 404


def test_a_meeting_leads_to_what_it_proves_and_back(branch):
    make_occurrences(make_duty(branch.town.bureau, MEETING), branch.here)
    meeting = hold(branch)
    proof = Proof.objects.get(source_id=meeting.pk)
    html = html_of(branch.town.secretary, f"/meetings/{meeting.pk}/")
    assert links_of(html, "proofs") == [f"/occurrences/{proof.occurrence_id}/"]
    assert f"/organizations/{branch.here.pk}/" in links_of(html, "facts")
    assert f"/meetings/{meeting.pk}/" in html_of(branch.town.secretary, f"/occurrences/{proof.occurrence_id}/")


def test_what_is_proved_of_others_is_named_without_a_link(branch):
    make_occurrences(make_duty(branch.town.bureau, MEETING), branch.town.second)
    meeting = hold(branch)
    other = Occurrence.objects.filter(organization=branch.town.second).first()
    Proof.objects.create(
        occurrence=other, source=Meeting._meta.label_lower, source_id=meeting.pk, happened_on=TODAY,
        entry_id=Entry.objects.latest("pk").pk,
    )  # fmt: skip
    html = html_of(branch.town.secretary, f"/meetings/{meeting.pk}/")
    assert f'data-proof="{other.pk}"' in html
    assert f'href="/occurrences/{other.pk}/"' not in html


def test_a_plan_leads_to_the_calendar_the_duties_and_the_organization(branch):
    plan = make_plan(branch.here)
    html = html_of(branch.town.secretary, f"/plans/{plan.pk}/")
    for href in (
        f"/calendar/?organization={branch.here.pk}",
        f"/duties/organizations/{branch.here.pk}/?year={plan.year}",
        f"/organizations/{branch.here.pk}/",
    ):
        assert f'href="{href}"' in html
        html_of(branch.town.secretary, href)
