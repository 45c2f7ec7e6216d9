"""What changed since a plan was made is said line by line, taken over on demand, and never enacted silently."""

from datetime import date, timedelta

import pytest

from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import Membership, Organization, Person, Place, Restructuring
from onebow.apps.organizations.queries.restructuring.stale import ended_organizations, stale_lines
from onebow.apps.organizations.services.organizations import (
    OrganizationDraft,
    dissolve_organization,
    found_organization,
    move_organization,
    rename_organization,
)
from onebow.apps.organizations.services.restructuring.drafts import facts_of
from onebow.apps.organizations.services.restructuring.enact import enact_due, enact_restructuring
from onebow.apps.organizations.services.restructuring.refreshing import refresh_seats
from onebow.apps.organizations.tests.make import grant, make_user
from onebow.apps.organizations.tests.make_plans import (
    AT,
    FULL,
    GENERAL,
    ON,
    PROBATIONARY,
    STAMPS,
    K,
    approve,
    dump,
    give_reasons,
    make_bureau,
    make_draft,
    make_members,
    make_proposal,
    submit,
    whole,
)
from onebow.apps.organizations.tests.make_trees import make_node

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(minutes=5)


@pytest.fixture
def bureau(db):
    return make_bureau()


@pytest.fixture
def plan(bureau):
    return make_proposal(bureau)


def lines(plan):
    read = whole(plan)
    return [(line.person, line.kind, line.words) for line in stale_lines(read, facts_of(read.restructuring, ON)[1])]


def refresh(plan, bureau):
    return refresh_seats(plan.pk, by=bureau.officer, at=AT)


def work_in(person, section):
    Membership.objects.filter(person=person, side="staff").update(organization=section)


def other_branch(person, branch):
    Membership.objects.filter(person=person, side="party").update(organization=branch)


def move_section(person, bureau):
    work_in(person, bureau.nodes["人事科"])
    return "moved", "由“法制科”调到“人事科”"


def move_office(person, bureau):
    place = Place.objects.create(name="南院", unit=bureau.root, **STAMPS)
    Membership.objects.filter(person=person, side="staff").update(place=place)
    return "moved", "办公地点由局机关大楼改为南院"


def leave(person, bureau):
    Membership.objects.filter(person=person).update(ends_on=ON)
    return "left", "已不是本单位的党员"


def lose_standing(person, bureau):
    Person.objects.filter(pk=person.pk).update(standing=PROBATIONARY, full_on=date(2026, 9, 1))
    return "moved", "由中共党员变为中共预备党员"


def change_branch(person, bureau):
    other_branch(person, bureau.branches["第2党支部"])
    return "moved", "所在支部已变化"


def be_merged(person, bureau):
    Person.objects.filter(pk=person.pk).update(merged_into=bureau.head("法制科"))
    return "left", "已合并到另一条记录"


def be_erased(person, bureau):
    Person.objects.filter(pk=person.pk).update(erased_on=ON)
    return "left", "个人信息已删除"


CHANGES = (move_section, move_office, leave, lose_standing, change_branch, be_merged, be_erased)


def test_a_plan_of_today_is_not_stale(plan):
    assert lines(plan) == []


@pytest.mark.parametrize("happen", CHANGES)
def test_each_change_is_a_line_and_is_taken_over(plan, bureau, happen):
    person = bureau.people["法制科"][2]
    kind, words = happen(person, bureau)
    assert lines(plan) == [(person, kind, words)]
    assert refresh(plan, bureau) == 1
    assert lines(plan) == []
    assert plan.seats.filter(person=person).exists() == (kind != "left")


def test_several_changes_of_one_person_are_one_line(plan, bureau):
    person = bureau.people["法制科"][2]
    move_section(person, bureau)
    change_branch(person, bureau)
    assert lines(plan) == [(person, "moved", "由“法制科”调到“人事科”;所在支部已变化")]


def test_who_joined_is_placed_with_the_section(plan, bureau):
    person = make_members(bureau, "法制科", 1)[0]
    assert lines(plan) == [(person, "joined", "新增:法制科,未编入方案")]
    refresh(plan, bureau)
    assert plan.seats.select_related("planned").get(person=person).planned.name == "法制科党支部"


def test_who_moved_goes_with_the_new_section(plan, bureau):
    person = bureau.people["法制科"][2]
    move_section(person, bureau)
    refresh(plan, bureau)
    assert plan.seats.select_related("planned").get(person=person).planned.name == "人事科党支部"


def test_whoever_was_placed_by_hand_stays_as_placed(plan, bureau):
    person = bureau.people["法制科"][2]
    other = plan.planned.get(name="待遇科党支部")
    plan.seats.filter(person=person).update(planned=other)
    move_section(person, bureau)
    refresh(plan, bureau)
    assert plan.seats.get(person=person).planned == other


def test_a_branch_that_is_emptied_and_a_head_who_left_are_no_more(plan, bureau):
    leave(bureau.head("法制科"), bureau)
    for person in bureau.people["待遇科"]:
        leave(person, bureau)
    refresh(plan, bureau)
    assert plan.planned.get(name="法制科党支部").leader is None
    assert not plan.planned.filter(name="待遇科党支部").exists()


def test_nothing_is_taken_over_where_nothing_changed_nor_in_what_is_no_draft(plan, bureau):
    with pytest.raises(Refused, match="没有变化,不需要更新"):
        refresh(plan, bureau)
    stranger = make_user("stranger")
    grant(stranger, make_node(K.UNIT, "水务局"))
    with pytest.raises(Refused, match="没有管理“人社局”的权限"):
        refresh_seats(plan.pk, by=stranger, at=AT)
    approve(plan, bureau)
    leave(bureau.people["法制科"][2], bureau)
    with pytest.raises(Refused, match="不能再修改"):
        refresh(plan, bureau)


def test_a_general_branch_that_ended_is_named_and_let_go(plan, bureau):
    general = bureau.branches[GENERAL]
    for name in ("第3党支部", "第4党支部"):
        move_organization(bureau.branches[name].pk, bureau.committee.pk, on=ON, basis="", by=None, at=AT)
    general.posts.update(ends_on=ON)
    dissolve_organization(general.pk, on=ON, basis="", by=None, at=AT)
    read = whole(plan)
    ended = ended_organizations(read, facts_of(read.restructuring, ON)[1])
    assert [(line.name, line.words) for line in ended] == [(GENERAL, "已撤销或不在本单位,不能沿用")]
    give_reasons(plan, bureau)
    with pytest.raises(Refused, match=f"“{GENERAL}”已撤销"):
        submit(plan, bureau)
    assert refresh(plan, bureau) == 1
    assert plan.planned.get(kind=K.GENERAL_BRANCH).continues is None
    # The branches came under the committee today, and come under the new general branch on a later day.
    assert submit(plan, bureau, on=ON + timedelta(days=1)).state == "submitted"


@pytest.mark.parametrize("happen", CHANGES)
def test_what_became_stale_is_not_enacted_and_all_stays_as_it_was(plan, bureau, happen):
    approve(plan, bureau)
    person = bureau.people["法制科"][2]
    _, words = happen(person, bureau)
    before = dump()
    with pytest.raises(Refused) as refused:
        enact_restructuring(plan.pk, by=bureau.officer, at=LATER)
    assert f"有 1 名党员情况变化:{person.name}({words})" in str(refused.value)
    assert dump() == before


def rename(bureau):
    rename_organization(bureau.branches["第1党支部"].pk, "机关党支部", on=ON, basis="", by=None, at=LATER)
    return "“第1党支部”在方案提交后更名为“机关党支部”"


def move(bureau):
    move_organization(bureau.branches["第3党支部"].pk, bureau.committee.pk, on=ON, basis="", by=None, at=LATER)
    return "“第3党支部”在方案提交后调整了上级"


def found(bureau):
    draft = OrganizationDraft(K.BRANCH, "老干部党支部", bureau.committee.pk, starts_on=ON)
    found_organization(draft, by=None, at=LATER)
    return "“老干部党支部”在方案提交后设立"


def end_general(bureau):
    Organization.objects.filter(pk=bureau.branches[GENERAL].pk).update(ends_on=ON)
    return f"“{GENERAL}”已撤销"


@pytest.mark.parametrize("happen", [rename, move, found, end_general])
def test_branches_changed_by_hand_since_are_named_and_nothing_is_undone(bureau, happen):

    plan = make_draft(bureau)
    approve(plan, bureau)
    words = happen(bureau)
    before = dump()
    with pytest.raises(Refused, match=words):
        enact_restructuring(plan.pk, by=bureau.officer, at=LATER + timedelta(minutes=5))
    assert dump() == before


def test_the_worker_says_why_a_stale_plan_was_not_enacted(plan, bureau):
    approve(plan, bureau, on=ON + timedelta(days=7))
    person = bureau.people["法制科"][2]
    leave(person, bureau)
    week = AT + timedelta(days=7)
    assert enact_due(week.date(), at=week) == 0
    plan.refresh_from_db()
    assert plan.state == "approved"
    assert f"{person.name}(已不是本单位的党员)" in plan.hindrance
    assert Restructuring.objects.get(pk=plan.pk).enacted_at is None
    # Seats are full members of the day of effect.
    assert plan.seats.filter(standing=FULL).count() == 31
