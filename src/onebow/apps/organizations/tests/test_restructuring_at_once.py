"""Two officers at one plan at the same moment."""

import pytest

from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import Organization, Restructuring
from onebow.apps.organizations.services.memberships import MembershipDraft, start_membership
from onebow.apps.organizations.services.restructuring import edits
from onebow.apps.organizations.services.restructuring.enact import enact_due, enact_restructuring
from onebow.apps.organizations.tests.make_plans import AT, ON, K, approve, make_bureau, make_proposal
from onebow.apps.organizations.tests.test_at_once import at_once
from onebow.apps.organizations.tests.test_lock_order import ends_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_plan_is_enacted_once_by_two_officers_and_the_worker():
    bureau = make_bureau()
    plan = approve(make_proposal(bureau), bureau)
    first, second, third = at_once(
        lambda: enact_restructuring(plan.pk, by=bureau.officer, at=AT),
        lambda: enact_restructuring(plan.pk, by=bureau.second, at=AT),
        lambda: enact_due(ON, at=AT),
    )
    # The worker says how many, never a refusal.
    assert first == "done"
    assert {second, third} <= {"done", "这个方案已实施,批准后才能实施。"}
    assert Entry.objects.filter(kind="restructuring.enacted").count() == 1
    assert Organization.objects.filter(kind=K.BRANCH, name="法制科党支部", ends_on=None).count() == 1


def test_of_two_changes_on_one_page_the_second_is_told():
    bureau = make_bureau()
    plan = make_proposal(bureau)
    seats = [tuple(row.seats.values_list("pk", flat=True)) for row in plan.planned.filter(kind=K.BRANCH)[:2]]
    deeds = [edits.Move(one, None, plan.version) for one in seats]
    ends = at_once(*(lambda deed=deed: edits.move_members(plan.pk, deed, by=bureau.officer, at=AT) for deed in deeds))
    assert ends[0] == "done"
    assert "已被修改" in ends[1]
    assert Restructuring.objects.get(pk=plan.pk).version == plan.version + 1


@pytest.mark.only_postgresql
def test_an_enactment_goes_side_by_side_with_memberships_and_changes_of_another_plan():
    bureau = make_bureau()
    other = make_proposal(bureau)
    plan = approve(make_proposal(bureau), bureau)
    person = bureau.people["待遇科"][1]
    joined = MembershipDraft(person.pk, bureau.nodes["征缴科"].pk, "staff", ON, engagement="part_time")
    row = other.planned.get(name="法制科党支部")
    ends = ends_of(
        lambda: enact_restructuring(plan.pk, by=bureau.officer, at=AT),
        lambda: start_membership(joined, by=bureau.second, at=AT),
        lambda: edits.change_planned(row.pk, {"name": "甲"}, version=other.version, by=bureau.second, at=AT),
    )
    assert ends == ["done"] * 3
