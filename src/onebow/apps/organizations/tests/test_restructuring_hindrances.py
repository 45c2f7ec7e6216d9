"""What stands in the way of a plan: where it is put right, who could decide, and what changed before its day."""

import re
from datetime import timedelta

import pytest

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.organizations.models import Approval, Membership, Restructuring
from onebow.apps.organizations.queries.deciders import has_decider
from onebow.apps.organizations.queries.restructuring.checks import findings_of, obstacles_of
from onebow.apps.organizations.queries.restructuring.prices import price_of
from onebow.apps.organizations.services.approvals import PaperDraft, record_paper
from onebow.apps.organizations.services.restructuring import deciding, edits
from onebow.apps.organizations.services.restructuring.drafts import copy_restructuring
from onebow.apps.organizations.tests.make import make_user
from onebow.apps.organizations.tests.make_plans import (
    AT,
    ON,
    K,
    approve,
    give_reasons,
    make_bureau,
    make_post,
    make_proposal,
    submit,
    whole,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(db):
    return make_bureau()


@pytest.fixture
def plan(bureau):
    plan = make_proposal(bureau)
    give_reasons(plan, bureau)
    return plan


@pytest.fixture
def handed_in(plan, bureau):
    return submit(plan, bureau)


def test_each_thing_in_the_way_leads_to_where_it_is_put_right(bureau):
    plan = make_proposal(bureau)
    row = plan.planned.get(name="待遇科党支部")
    seats = tuple(row.seats.values_list("pk", flat=True)[:1])
    version = Restructuring.objects.get(pk=plan.pk).version
    edits.move_members(plan.pk, edits.Move(seats, None, version), by=bureau.officer, at=AT)
    edits.change_planned(row.pk, {"leader": None}, version=version + 1, by=bureau.officer, at=AT)
    read = whole(plan)
    found = obstacles_of(read, findings_of(read), [])
    led = {(one.planned_id, one.rule) for one in found}
    general = plan.planned.get(kind=K.GENERAL_BRANCH)
    assert (row.pk, "") in led
    assert (general.pk, "ORG-LEVEL") in led
    page = client_of(bureau.officer).get(f"/restructurings/{plan.pk}/hindrances/").content.decode()
    assert f'href="/restructurings/{plan.pk}/branches/{row.pk}/"' in page
    assert f'href="/restructurings/{plan.pk}/branches/{general.pk}/reasons/ORG-LEVEL/"' in page


def test_the_top_of_the_page_leads_to_what_stands_in_the_way_with_its_count(bureau):
    plan = make_proposal(bureau)
    client, address = client_of(bureau.officer), f"/restructurings/{plan.pk}/"
    page = client.get(address).content.decode()
    assert page.index('id="hindrances-link"') < page.index('id="planned"') < page.index('id="hindrances"')
    part = client.get(f"{address}hindrances/", headers={"HX-Request": "true"}).content.decode()
    count = part.count("data-obstacle")
    assert count > 0
    assert f'hx-swap-oob="true" data-count="{count}"' in part
    # The panel as a page of its own has no place for it.
    assert "hindrances-link" not in client.get(f"{address}hindrances/").content.decode()
    give_reasons(plan, bureau)
    part = client.get(f"{address}hindrances/", headers={"HX-Request": "true"}).content.decode()
    assert 'data-count="0"' in part


def test_a_committee_nobody_decides_for_is_told(handed_in, bureau):
    committee, asked_by = bureau.committee, bureau.officer.pk
    assert has_decider(committee, ON, but=asked_by)
    bureau.second.grants.all().delete()
    assert not has_decider(committee, ON, but=asked_by)
    assert has_decider(committee, ON, but=None)
    person = bureau.head("人事科")
    make_post(person, committee, "secretary")
    assert not has_decider(committee, ON, but=asked_by)
    address = f"/restructurings/{handed_in.pk}/hindrances/"
    assert "data-lacks-decider" in client_of(bureau.officer).get(address).content.decode()
    make_user("secretary", person=person)
    assert has_decider(committee, ON, but=asked_by)
    assert "data-lacks-decider" not in client_of(bureau.officer).get(address).content.decode()


def test_an_approval_that_was_overtaken_says_so(handed_in, bureau):
    client, address = client_of(bureau.officer), f"/restructurings/{handed_in.pk}/"
    deciding.decide_restructuring(handed_in.pk, approved=True, by=bureau.second, at=AT)
    assert "data-overtaken" not in client.get(address).content.decode()
    deciding.reopen_restructuring(handed_in.pk, by=bureau.officer, at=AT)
    assert "方案后来退回草案,这次同意不再作数" in client.get(address).content.decode()
    approve(handed_in, bureau)
    page = client.get(address).content.decode()
    assert (page.count('data-decision="approved"'), page.count("data-overtaken")) == (2, 1)
    deciding.withdraw_restructuring(handed_in.pk, reason="不再需要", by=bureau.officer, at=AT)
    assert client.get(address).content.decode().count("方案后来作废") == 2


def test_what_waits_to_be_enacted_tells_of_changes_before_its_day(plan, bureau):
    approve(plan, bureau, on=ON + timedelta(days=7))
    client, address = client_of(bureau.officer), f"/restructurings/{plan.pk}/hindrances/"
    assert "没有变化" in client.get(address).content.decode()
    Membership.objects.filter(person=bureau.people["法制科"][2]).update(ends_on=ON)
    page = client.get(address).content.decode()
    assert 'data-stale="left"' in page
    assert f"/restructurings/{plan.pk}/reopening/" in page


def test_a_general_branch_that_was_allowed_to_stand_needs_no_second_reason(bureau):
    plan = make_proposal(bureau)
    general = plan.planned.get(kind=K.GENERAL_BRANCH)
    assert general.continues is not None
    assert "ORG-LEVEL" in {one.finding.rule.id for one in findings_of(whole(plan))}
    paper = PaperDraft(Approval.Step.LEVEL, "人社党〔2026〕1号", ON)
    record_paper(general.continues.pk, paper, by=bureau.officer, at=AT)
    assert "ORG-LEVEL" not in {one.finding.rule.id for one in findings_of(whole(plan))}


def test_a_copy_changed_by_hand_is_compared_at_its_own_price(plan, bureau):
    copy = copy_restructuring(plan.pk, name="改一处", by=bureau.officer, at=AT)
    seats = tuple(copy.planned.get(name="待遇科党支部").seats.values_list("pk", flat=True))
    target = copy.planned.get(name="法制科党支部").pk
    edits.move_members(copy.pk, edits.Move(seats, target, copy.version), by=bureau.officer, at=AT)
    costs = [price_of(whole(one)).total for one in (plan, copy)]
    assert costs[0] < costs[1]
    page = client_of(bureau.officer).get("/restructurings/compare/", {"a": plan.pk, "b": copy.pk}).content.decode()
    cells = re.search(r"代价\(含手工改动\).*?</tr>", page, re.DOTALL)
    assert cells is not None
    assert re.findall(r"\d+", re.sub(r"<[^>]*>", " ", cells[0])) == [str(cost) for cost in costs]


def test_members_whom_another_officer_moved_first_are_told_of(plan, bureau):
    seat = plan.planned.get(name="待遇科党支部").seats.first()
    everybody = list(seat.planned.seats.values_list("pk", flat=True))
    address = f"/restructurings/{plan.pk}/board/{seat.planned_id}-{seat.section_id}-{seat.place_id}/"
    version = Restructuring.objects.get(pk=plan.pk).version
    form = {"version": version, "to": "new", "seats": everybody}
    client = client_of(bureau.officer)
    assert client.post(address, form).status_code == 302
    answer = client.post(address, form)
    assert (answer.status_code, "已被移到别处" in answer.content.decode()) == (422, True)
