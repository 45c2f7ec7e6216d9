"""Who succeeds what was dissolved, and who looks after what it left."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.queries import pending_late
from onebow.apps.organizations.models import Membership, Organization, Post, Restructuring, RestructuringLine
from onebow.apps.organizations.queries.ledger import entries_for, late_for
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.queries.succession import successor_of, successors_of
from onebow.apps.organizations.services.notes import NoteDraft, decide_late_for, note_work
from onebow.apps.organizations.tests.make import NOON, appoint, join, make_organization, make_person, make_user

K = Organization.Kind
MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)


@pytest.fixture
def plan(town) -> Restructuring:
    stamps = {"created_at": NOON, "updated_at": NOON, "facts_on": MARCH, "effective_on": MARCH}
    return Restructuring.objects.create(
        root=town.bureau, committee=town.committee, name="一科一支部", origin="today", **stamps
    )


def succeed(plan: Restructuring, old: Organization, new: Organization | None, on: date, kind: str = "dissolve") -> None:
    """Write the end and its line as an enacted plan does."""
    if kind == "dissolve":
        Organization.objects.filter(pk=old.pk).update(ends_on=on)
        Membership.objects.filter(organization=old, ends_on=None).update(ends_on=on)
        Post.objects.filter(organization=old, ends_on=None).update(ends_on=on)
    RestructuringLine.objects.create(restructuring=plan, kind=kind, organization=old, successor=new, on=on)


@pytest.fixture
def third(town) -> Organization:
    return make_organization(K.BRANCH, "第3党支部", town.committee)


def test_what_stands_succeeds_itself(town):
    assert successor_of(town.first.pk, MARCH) == town.first


def test_what_was_dissolved_is_followed_through_any_number_of_steps_up_to_the_day(town, third, plan):
    succeed(plan, town.first, town.second, MARCH)
    succeed(plan, town.second, third, MAY)
    days = [MARCH - timedelta(days=1), MARCH, APRIL, MAY]
    assert [successor_of(town.first.pk, on) for on in days] == [town.first, town.second, town.second, third]
    asked = [town.first.pk, town.second.pk, third.pk]
    assert successors_of(asked, MAY) == dict.fromkeys(asked, third.pk)


def test_without_a_line_or_in_a_circle_nothing_succeeds(town, third, plan):
    Organization.objects.filter(pk=third.pk).update(ends_on=MARCH)
    succeed(plan, town.first, town.second, MARCH)
    succeed(plan, town.second, town.first, MARCH)
    assert successor_of(third.pk, APRIL) is None
    assert successors_of([town.first.pk, town.second.pk, third.pk], APRIL) == {}
    assert successors_of([], APRIL) == {}


def test_only_an_end_is_followed(town, third, plan):
    succeed(plan, town.first, third, MARCH, "split")
    assert successor_of(town.first.pk, APRIL) == town.first


def test_many_are_asked_for_in_one_statement(town, third, plan, django_assert_num_queries):
    succeed(plan, town.first, town.second, MARCH)
    succeed(plan, town.second, third, APRIL)
    with django_assert_num_queries(1):
        successors_of([town.first.pk, town.second.pk, third.pk, town.office.pk], MAY)


def test_the_page_of_what_was_dissolved_names_its_successor_and_both_histories_the_line(town, plan):
    yesterday = timezone.localdate() - timedelta(days=1)
    succeed(plan, town.first, town.second, yesterday)
    client = client_of(town.officer)
    page = client.get(f"/organizations/{town.first.pk}/").content.decode()
    assert "data-ended" in page
    assert f'data-successor="{town.second.pk}"' in page
    before = f"?on={yesterday - timedelta(days=1)}"
    assert "data-ended" not in client.get(f"/organizations/{town.first.pk}/{before}").content.decode()
    for one, words in ((town.first, "由“第2党支部”承继"), (town.second, "承继“第1党支部”")):
        history = f"/organizations/{one.pk}/history/"
        assert words in client.get(history).content.decode()
        assert words not in client.get(history + before).content.decode()


def make_secretary(town, name: str, branch: Organization):
    head = make_person(town.bureau, name)
    appoint(head, branch, Post.Role.SECRETARY)
    return make_user(name, person=head)


@pytest.fixture
def heir(town):
    """The secretary of the second branch."""
    return make_secretary(town, "吴继", town.second)


@pytest.fixture
def other(town, third):
    """The secretary of a branch that inherits nothing."""
    return make_secretary(town, "郑旁", third)


@pytest.fixture
def left(town, plan, heir, other):
    """A late entry of the first branch that waits when the branch is dissolved into the second."""
    today = timezone.localdate()
    clerk = make_person(town.bureau, "周舟")
    join(clerk, town.first)
    join(clerk, town.office)
    draft = NoteDraft("party.noted", town.first.pk, today - timedelta(days=40), "支部学习", (clerk.pk,))
    entry = note_work(draft, by=make_user("zhouzhou", person=clerk), at=timezone.now())
    succeed(plan, town.first, town.second, today)
    return entry


def test_late_work_of_a_dissolved_branch_waits_for_the_secretary_of_its_successor(town, heir, left):
    today = timezone.localdate()
    assert pending_late().filter(pk=left.pk).exists()
    waits = {user.username: late_for(reach_of(user, today), today).exists() for user in (town.officer, heir)}
    assert waits == {"officer": True, "吴继": True}
    # Who led the old branch leads it no more.
    assert not late_for(reach_of(town.secretary, today), today).filter(pk=left.pk).exists()
    page = client_of(heir).get("/ledger/late/").content.decode()
    assert f'value="{left.pk}"' in page
    decide_late_for([left.pk], accepted=True, reason="", by=heir, at=timezone.now())
    assert not pending_late().filter(pk=left.pk).exists()
    assert entries_for(reach_of(heir, today), today).filter(pk=left.pk).exists()


def test_the_secretary_of_another_branch_inherits_nothing(other, left):
    today = timezone.localdate()
    assert not late_for(reach_of(other, today), today).exists()
    with pytest.raises(Refused, match="不归您审批"):
        decide_late_for([left.pk], accepted=True, reason="", by=other, at=timezone.now())


def test_work_for_what_was_dissolved_is_refused_by_the_name_of_its_successor(town, left):
    today = timezone.localdate()
    member = left.by_id
    for user, on in ((town.officer, today), (type(town.officer).objects.get(pk=member), today - timedelta(days=2))):
        with pytest.raises(Refused, match=r"已于.*撤销,由“第2党支部”承继"):
            note_work(NoteDraft("party.noted", town.first.pk, on, "支部学习"), by=user, at=timezone.now())
    # Earlier work is still told by those who keep what is left of it.
    draft = NoteDraft("party.noted", town.first.pk, today - timedelta(days=2), "支部学习")
    assert note_work(draft, by=town.officer, at=timezone.now()).organization_id == town.first.pk


def test_the_form_says_so_too_and_names_nothing_to_a_stranger(town, left):
    today = timezone.localdate()
    form = {"kind": "party.noted", "organization": town.first.pk, "happened_on": today, "text": "支部学习"}
    said = client_of(type(town.officer).objects.get(pk=left.by_id)).post("/ledger/new/", form)
    assert said.status_code == 422
    assert "由“第2党支部”承继" in said.content.decode()
    assert "第2党支部" not in client_of(town.staff).post("/ledger/new/", form).content.decode()
