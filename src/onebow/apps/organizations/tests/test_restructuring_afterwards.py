"""After an enactment: the roster that is imported again, the plan that takes it back, and copies of it."""

from datetime import date, timedelta

import pytest

from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import Link, Membership, Organization, Person, PlannedOrganization, Restructuring
from onebow.apps.organizations.services.restructuring import deciding, edits
from onebow.apps.organizations.services.restructuring.drafts import PlanDraft, copy_restructuring, draft_restructuring
from onebow.apps.organizations.services.restructuring.reversing import reverse_restructuring
from onebow.apps.organizations.tests.make import grant, make_user
from onebow.apps.organizations.tests.make_plans import (
    AT,
    GENERAL,
    ON,
    Bureau,
    K,
    approve,
    carry_out,
    make_bureau,
    make_draft,
    make_members,
    make_proposal,
    structure_on,
)
from onebow.apps.organizations.tests.make_rosters import MEMBER, fates, import_file, roster, row
from onebow.apps.organizations.tests.make_trees import make_node

pytestmark = pytest.mark.django_db
# A plan may be taken back on a later day only.
NEXT = AT + timedelta(days=30)
BEFORE = ON - timedelta(days=1)


@pytest.fixture
def bureau(db):
    return make_bureau()


def named(day):
    """Members by the name of their branch, and branches by the name of what they stand under."""
    found = structure_on(day)
    names = found["names"]
    members = {person: names[branch] for person, branch in found["members"].items()}
    parents = {names[one]: names.get(parent) for one, parent in found["parents"].items() if one in names}
    return members, parents


def reverse(plan, bureau, at=NEXT):
    return reverse_restructuring(plan.pk, name="恢复原结构", by=bureau.officer, at=at)


def test_a_plan_is_taken_back_by_another_one(bureau):
    plan = carry_out(make_proposal(bureau), bureau)
    before = named(BEFORE)
    between = structure_on(ON)
    back = reverse(plan, bureau)
    assert (back.origin, back.source, back.state) == ("reversal", plan, "draft")
    carry_out(back, bureau, at=NEXT)
    assert named(NEXT.date()) == before
    assert structure_on(NEXT.date() - timedelta(days=1)) == between
    # What was not dissolved goes on, it is not founded anew.
    assert Organization.objects.get(name="第1党支部", ends_on=None) == bureau.branches["第1党支部"]


def test_what_was_dissolved_is_founded_anew(bureau):
    draft = make_draft(bureau)
    rows = {row.name: row for row in draft.planned.all()}
    seats = tuple(rows["第1党支部"].seats.values_list("pk", flat=True))
    edits.move_members(draft.pk, edits.Move(seats, rows["第2党支部"].pk, draft.version), by=bureau.officer, at=AT)
    before = named(BEFORE)
    plan = carry_out(draft, bureau)
    carry_out(reverse(plan, bureau), bureau, at=NEXT)
    assert named(NEXT.date()) == before
    again = Organization.objects.get(name="第1党支部", ends_on=None)
    assert again.starts_on == NEXT.date()
    assert again != bureau.branches["第1党支部"]


def test_who_belonged_directly_to_a_general_branch_gets_a_branch_below_it(bureau):
    people = bureau.people["征缴科"][1:4]
    Membership.objects.filter(person__in=people, side="party").update(organization=bureau.branches[GENERAL])
    plan = carry_out(make_proposal(bureau), bureau)
    back = reverse(plan, bureau)
    made = PlannedOrganization.objects.get(restructuring=back, name="社保中心党支部")
    assert (made.above.name, made.seats.count()) == (GENERAL, 3)
    assert set(made.seats.values_list("person_id", flat=True)) == {person.pk for person in people}


def test_who_came_since_goes_with_most_of_the_section(bureau):
    plan = carry_out(make_proposal(bureau), bureau)
    person = make_members(bureau, "法制科", 1)[0]
    back = reverse(plan, bureau)
    assert back.seats.get(person=person).planned.name == "第1党支部"


def test_a_plan_is_not_taken_back_on_its_own_day(bureau):
    plan = carry_out(make_proposal(bureau), bureau)
    back = reverse(plan, bureau, at=AT)
    with pytest.raises(Refused, match="实施日期不能早于2026年3月3日"):
        carry_out(back, bureau)


def test_only_an_enacted_plan_is_taken_back_by_who_keeps_the_unit(bureau):
    plan = make_proposal(bureau)
    with pytest.raises(Refused, match="只有已实施的方案才能恢复"):
        reverse(plan, bureau)
    carry_out(plan, bureau)
    stranger = make_user("stranger")
    grant(stranger, make_node(K.UNIT, "水务局"))
    with pytest.raises(Refused, match="没有管理“人社局”的权限"):
        reverse_restructuring(plan.pk, name="恢复", by=stranger, at=NEXT)


def test_a_copy_of_an_enacted_plan_changes_nothing(bureau):
    plan = carry_out(make_proposal(bureau), bureau)
    copy = copy_restructuring(plan.pk, name="副本", by=bureau.officer, at=NEXT)
    founded = dict(plan.planned.values_list("name", "founded"))
    assert dict(copy.planned.values_list("name", "continues")) == founded
    before = structure_on(ON)
    carry_out(copy, bureau, at=NEXT)
    assert structure_on(NEXT.date()) == before


def test_a_copy_of_a_plan_that_was_given_up_is_a_draft(bureau):
    plan = make_proposal(bureau)
    deciding.withdraw_restructuring(plan.pk, reason="不再需要", by=bureau.officer, at=AT)
    copy = copy_restructuring(plan.pk, name="副本", by=bureau.officer, at=AT)
    assert (copy.state, copy.planned.count()) == ("draft", plan.planned.count())


ROWS = [
    *(row(f"赵{number}", **MEMBER) for number in range(7)),
    *(row(f"钱{number}", **MEMBER | {"科室": "法制科"}) for number in range(6)),
    *(
        row(f"孙{number}", **MEMBER | {"所属单位": "服务中心", "科室": "综合科", "所在党支部": "第2党支部"})
        for number in range(3)
    ),
    row("李三", **MEMBER | {"所属单位": "服务中心", "科室": "综合科", "所在党支部": "第3党支部"}),
    row("周群"),
]


@pytest.fixture
def imported(root, tmp_path):
    """The bureau of a roster, with two officers."""
    import_file(roster(tmp_path, *ROWS), root)
    return bureau_of(root)


def bureau_of(root):
    officer, second = make_user("officer"), make_user("second")
    grant(officer, root)
    grant(second, root)
    return Bureau(root, Organization.objects.get(kind=K.ORGAN_COMMITTEE), officer, second)


def counts():
    models = (Organization, Person, Membership, Link)
    return [(model.objects.count(), model.objects.filter(ends_on=None).count()) for model in models if model != Person]


def test_the_same_roster_after_an_enactment_changes_and_undoes_nothing(imported, tmp_path):
    carry_out(make_proposal(imported), imported)
    assert set(Organization.objects.exclude(ends_on=None).values_list("name", flat=True)) == {"第3党支部"}
    now, rows = structure_on(ON), counts()
    assert fates(import_file(roster(tmp_path, *ROWS), imported.root)) == (0, 0, len(ROWS))
    assert structure_on(ON) == now
    assert counts() == rows


def test_a_later_roster_with_a_newcomer_founds_no_old_branch_anew(imported, tmp_path):
    carry_out(make_proposal(imported), imported)
    later = date(2026, 3, 3)
    before = structure_on(later)
    news = row("新来", **MEMBER | {"所属单位": "服务中心", "科室": "综合科", "所在党支部": "第3党支部"})
    plan = import_file(roster(tmp_path, *ROWS, news, title="某局人员"), imported.root, on=later)
    assert fates(plan) == (1, 0, len(ROWS))
    now = structure_on(later)
    assert (now["names"], now["parents"]) == (before["names"], before["parents"])
    # The branch that succeeded the one which the roster still names.
    held = Membership.objects.get(person__name="新来", side="party")
    assert held.organization.name == "综合科党支部"


def test_a_roster_that_names_a_renamed_branch_means_the_same_one(root, tmp_path):
    rows = [row(f"张{number}", **MEMBER) for number in range(4)]
    import_file(roster(tmp_path, *rows), root)
    bureau = bureau_of(root)
    draft = draft_restructuring(PlanDraft(root.pk, bureau.committee.pk, "方案", ON), by=bureau.officer, at=AT)
    (one,) = draft.planned.all()
    changes = {"name": "办公室党支部", "leader": Person.objects.get(name="张1")}
    edits.change_planned(one.pk, changes, version=draft.version, by=bureau.officer, at=AT)
    carry_out(draft, bureau)
    news = row("张新", **MEMBER)
    import_file(roster(tmp_path, *rows, news, title="某局人员"), root, on=date(2026, 3, 3))
    branch = Organization.objects.get(kind=K.BRANCH)
    assert branch.name == "办公室党支部"
    assert Membership.objects.get(person__name="张新", side="party").organization == branch


def test_a_plan_that_waits_for_its_day_is_not_taken_back(bureau):
    plan = make_proposal(bureau)
    approve(plan, bureau, on=ON + timedelta(days=3))
    with pytest.raises(Refused, match="只有已实施的方案才能恢复"):
        reverse(Restructuring.objects.get(pk=plan.pk), bureau)
