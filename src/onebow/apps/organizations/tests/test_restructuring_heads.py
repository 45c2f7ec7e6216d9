"""Who would head a planned organization: of a general branch, and of what is taken up again."""

from datetime import date, timedelta

import pytest

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.organizations.models import Person, Post
from onebow.apps.organizations.services.restructuring import edits
from onebow.apps.organizations.services.restructuring.reversing import reverse_restructuring
from onebow.apps.organizations.tests.make_plans import (
    AT,
    GENERAL,
    K,
    carry_out,
    make_bureau,
    make_post,
    make_proposal,
)

NEXT = AT + timedelta(days=30)


@pytest.fixture
def bureau(db):
    return make_bureau()


def general_of(bureau):
    return make_proposal(bureau).planned.get(kind="general_branch")


def test_the_head_of_the_unit_is_proposed_for_its_general_branch_and_needs_no_words(bureau):
    general = general_of(bureau)
    assert general.leader == bureau.head("征缴科")
    assert general.leader_words == ""


def test_without_a_head_of_the_unit_its_deputy_is_proposed_for_the_time_being(bureau):
    centre = bureau.nodes["社保中心"]
    Post.objects.filter(organization=centre).delete()
    make_post(bureau.people["待遇科"][1], centre, "deputy_head")
    general = general_of(bureau)
    assert general.leader == bureau.people["待遇科"][1]
    assert general.leader_words == "单位没有登记负责人,负责人暂定为单位的副职"


def test_else_the_head_of_the_largest_section_who_is_a_full_member(bureau):
    Post.objects.filter(organization=bureau.nodes["社保中心"]).update(person=bureau.head("办公室"))
    sizes = {name: len(bureau.people[name]) for name in ("综合科", "征缴科", "待遇科")}
    largest, second = sorted(sizes, key=lambda name: -sizes[name])[:2]
    general = general_of(bureau)
    assert general.leader == bureau.head(largest)
    assert general.leader_words == (f"单位负责人不是编入其中的正式党员,负责人暂定为党员最多的科室“{largest}”的负责人")
    Person.objects.filter(pk=bureau.head(largest).pk).update(standing="probationary_member", full_on=None)
    assert general_of(bureau).leader == bureau.head(second)


def test_where_nobody_leads_a_section_the_member_of_longest_standing_is_proposed(bureau):
    centre = bureau.nodes["社保中心"]
    Post.objects.filter(organization__path__startswith=centre.path).delete()
    oldest = bureau.people["综合科"][2]
    Person.objects.filter(pk=oldest.pk).update(full_on=date(1999, 7, 1))
    general = general_of(bureau)
    assert general.leader == oldest
    assert "转正最早" in general.leader_words


def test_who_chooses_another_head_is_told_the_reason_no_more(bureau):
    Post.objects.filter(organization=bureau.nodes["社保中心"]).delete()
    plan = make_proposal(bureau)
    general = plan.planned.get(kind="general_branch")
    address = f"/restructurings/{plan.pk}/"
    page = client_of(bureau.officer).get(address).content.decode()
    assert page.count("data-provisional") == 1
    assert general.leader_words in page
    assert general.leader_words in client_of(bureau.officer).get(f"{address}branches/{general.pk}/").content.decode()
    other = bureau.people["征缴科"][1]
    edits.change_planned(general.pk, {"leader": other}, version=plan.version, by=bureau.officer, at=AT)
    assert plan.planned.get(pk=general.pk).leader_words == ""
    assert "data-provisional" not in client_of(bureau.officer).get(address).content.decode()


def test_a_general_branch_opened_by_hand_is_given_a_head_too(bureau):
    Post.objects.filter(organization=bureau.nodes["局机关"]).delete()
    plan = make_proposal(bureau)
    unit = bureau.nodes["局机关"].pk
    made = edits.open_general(plan.pk, unit, "局机关党总支", version=plan.version, by=bureau.officer, at=AT)
    assert made.leader == bureau.head("办公室")
    assert "党员最多的科室“办公室”" in made.leader_words


def led(bureau, branch, person):
    """Another secretary than the head of a section, in whose favour nothing speaks but that they were it."""
    Post.objects.filter(organization=bureau.branches[branch], role="secretary").update(person=person)


def taken_back(bureau):
    plan = carry_out(make_proposal(bureau), bureau)
    return plan, lambda: reverse_restructuring(plan.pk, name="恢复原结构", by=bureau.officer, at=NEXT)


def test_who_led_before_leads_again_when_a_plan_is_taken_back(bureau):
    person, above = bureau.people["法制科"][3], bureau.people["待遇科"][2]
    led(bureau, "第1党支部", person)
    led(bureau, GENERAL, above)
    _, reverse = taken_back(bureau)
    back = reverse()
    assert back.planned.get(name="第1党支部").leader == person
    general = back.planned.get(kind=K.GENERAL_BRANCH)
    assert (general.leader, general.leader_words) == (above, "")


def test_who_led_before_and_may_not_any_more_makes_room(bureau):
    gone, lay = bureau.people["法制科"][3], bureau.people["待遇科"][2]
    led(bureau, "第1党支部", gone)
    led(bureau, "第4党支部", lay)
    _, reverse = taken_back(bureau)
    gone.memberships.update(ends_on=NEXT.date())
    Person.objects.filter(pk=lay.pk).update(standing="probationary_member", full_on=None)
    back = reverse()
    assert back.planned.get(name="第1党支部").leader in (bureau.head("办公室"), bureau.head("法制科"))
    assert back.planned.get(name="第4党支部").leader == bureau.head("待遇科")
