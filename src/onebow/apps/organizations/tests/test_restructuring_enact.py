"""Enactment: the plan becomes the structure of its day and of all days after it, and of none before."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import (
    Approval,
    Membership,
    Organization,
    Post,
    RestructuringLine,
    SetAside,
)
from onebow.apps.organizations.queries.checks_sql import Scope
from onebow.apps.organizations.queries.findings import findings_in
from onebow.apps.organizations.queries.trees import trees_on
from onebow.apps.organizations.services.restructuring import deciding, edits
from onebow.apps.organizations.tests.enacting import check_nothing_hangs, enact, section_branch
from onebow.apps.organizations.tests.make import make_user
from onebow.apps.organizations.tests.make_plans import (
    AT,
    GENERAL,
    ON,
    K,
    approve,
    carry_out,
    give_reasons,
    make_bureau,
    make_draft,
    make_proposal,
    structure_on,
    submit,
    whole,
)
from onebow.apps.organizations.tests.make_trees import make_node

pytestmark = pytest.mark.django_db
BEFORE = ON - timedelta(days=1)


@pytest.fixture
def bureau(db):
    return make_bureau()


@pytest.fixture
def plan(bureau):
    return make_proposal(bureau)


def tree_on(bureau, day):
    """Both trees as a page shows them; what one types to find a name is always that of today's name."""
    forest = trees_on(bureau.root.pk, day)
    return replace(forest, nodes=tuple(replace(node, initials="") for node in forest.nodes))


def test_the_structure_of_the_day_is_the_plan_s(plan, bureau):
    read = whole(plan)
    carry_out(plan, bureau)
    now = structure_on(ON)
    made = dict(plan.planned.values_list("pk", "founded"))
    for one in read.organizations:
        organization = made[one.row.pk]
        assert now["names"][organization] == one.row.name
        assert now["parents"][organization] == (made[one.row.above_id] if one.row.above_id else bureau.committee.pk)
        assert (organization, one.row.leader_id, "secretary") in now["posts"]
        for seat in one.seats:
            assert now["members"][seat.person_id] == organization
        for section in one.sections:
            assert ("covers", organization, section) in now["links"]
    assert set(now["names"]) == {*made.values(), bureau.committee.pk}
    assert len(now["members"]) == 31
    assert len([link for link in now["links"] if link[0] == "covers"]) == 6
    check_nothing_hangs()


def test_every_day_before_stays_as_it_was(plan, bureau):
    days = [date(2020, 1, 1), BEFORE]
    before = [structure_on(day) for day in days]
    trees = [tree_on(bureau, day) for day in days]
    scopes = [Scope((bureau.root.path, bureau.committee.path), day, ON) for day in days]
    found = [[(row.rule, row.node.id, row.words) for row in findings_in(scope)] for scope in scopes]
    carry_out(plan, bureau)
    assert [structure_on(day) for day in days] == before
    assert [tree_on(bureau, day) for day in days] == trees
    assert [[(row.rule, row.node.id, row.words) for row in findings_in(scope)] for scope in scopes] == found
    assert tree_on(bureau, ON) != trees[1]


def test_heads_are_designated_until_an_election(plan, bureau):
    carry_out(plan, bureau)
    post = Post.objects.get(organization=section_branch("法制科"), role="secretary")
    assert (post.person, post.appointed, post.starts_on) == (bureau.head("法制科"), "designated", ON)
    # Whoever led already what goes on, leads it still.
    kept = Post.objects.get(organization=section_branch("办公室"), role="secretary", ends_on=None)
    assert (kept.person, kept.starts_on) == (bureau.head("办公室"), None)


def test_the_decision_stands_with_what_it_founded_and_dissolved(plan, bureau):
    draft = make_draft(bureau)
    seats = tuple(draft.seats.filter(branch=bureau.branches["第4党支部"]).values_list("pk", flat=True))
    target = draft.planned.get(name="第3党支部")
    edits.move_members(draft.pk, edits.Move(seats, target.pk, draft.version), by=bureau.officer, at=AT)
    gone = tuple(draft.seats.filter(branch=bureau.branches["第1党支部"]).values_list("pk", flat=True)[:5])
    made = edits.move_members(draft.pk, edits.Move(gone, None, draft.version + 1), by=bureau.officer, at=AT)
    leader = {"leader": made.seats.first().person}
    row = draft.planned.get(name="第1党支部")
    edits.change_planned(made.pk, leader, version=draft.version + 2, by=bureau.officer, at=AT)
    edits.change_planned(
        row.pk, {"leader": row.seats.first().person}, version=draft.version + 3, by=bureau.officer, at=AT
    )
    carry_out(draft, bureau)
    made.refresh_from_db()
    papers = Approval.objects.exclude(subject__endswith="restructuring")
    assert set(papers.values_list("step", "organization")) == {
        ("founding", made.founded_id),
        ("level", bureau.branches[GENERAL].pk),
        ("dissolution", bureau.branches["第4党支部"].pk),
    }
    for paper in papers:
        assert (paper.document_number, paper.decided_by) == ("人社党〔2026〕3号", bureau.second)


def test_reasons_go_on_with_the_organization(db):
    bureau = make_bureau({"局机关": {"办公室": (51, "第1党支部")}})
    plan = make_draft(bureau)
    carry_out(plan, bureau)
    (kept,) = SetAside.objects.all()
    assert (kept.organization, kept.rule) == (bureau.branches["第1党支部"], "BR-SIZE-MAX")
    rows = findings_in(Scope((bureau.committee.path,), ON, ON))
    assert [row.state for row in rows if row.rule == "BR-SIZE-MAX"] == ["set_aside"]


def test_reasons_that_nothing_rests_on_any_more_are_not_kept(db):
    bureau = make_bureau({"局机关": {"办公室": (51, "第1党支部"), "法制科": (3, "第2党支部")}})
    plan = make_draft(bureau)
    approve(plan, bureau)
    deciding.reopen_restructuring(plan.pk, by=bureau.officer, at=AT)
    plan.refresh_from_db()
    seats = tuple(plan.seats.filter(planned__name="第1党支部").values_list("pk", flat=True)[10:20])
    target = plan.planned.get(name="第2党支部")
    edits.move_members(plan.pk, edits.Move(seats, target.pk, plan.version), by=bureau.officer, at=AT)
    carry_out(plan, bureau)
    assert not SetAside.objects.exists()


@pytest.mark.parametrize("number", ["人社党〔2026〕3号", ""])
def test_a_general_branch_that_is_small_bears_the_paper_that_lets_it_stand(plan, bureau, number):
    give_reasons(plan, bureau)
    submit(plan, bureau)
    deciding.decide_restructuring(plan.pk, approved=True, number=number, by=bureau.second, at=AT)
    enact(plan, bureau)
    rows = findings_in(Scope((bureau.committee.path,), ON, ON))
    levels = {row.node.id for row in rows if row.rule == "ORG-LEVEL"}
    assert levels == {bureau.committee.pk}


def test_each_organization_that_ended_names_its_successor(plan, bureau):
    group = make_node(K.GROUP, "法制小组", bureau.branches["第1党支部"])
    Membership.objects.filter(person__in=bureau.people["法制科"], side="party").update(organization=group)
    draft = make_draft(bureau)
    rows = list(draft.planned.filter(name__in=["第1党支部", "第2党支部"]).order_by("rank"))
    version = draft.version
    seats = tuple(rows[0].seats.values_list("pk", flat=True))
    edits.move_members(draft.pk, edits.Move(seats, rows[1].pk, version), by=bureau.officer, at=AT)
    carry_out(draft, bureau)
    ended = set(Organization.objects.exclude(ends_on=None))
    assert ended == {bureau.branches["第1党支部"], group}
    lines = RestructuringLine.objects.filter(kind="dissolve")
    assert {(line.organization, line.successor) for line in lines} == {
        (one, bureau.branches["第2党支部"]) for one in ended
    }
    check_nothing_hangs()


def test_the_ledger_tells_what_was_done(plan, bureau):
    last = Entry.objects.order_by("pk").last().pk
    carry_out(plan, bureau)
    entries = Entry.objects.filter(pk__gt=last)
    entry = entries.get(kind="restructuring.enacted")
    assert entry.data == {"founded": 2, "dissolved": 0, "moved": 10}
    assert entry == entries.order_by("pk").last()
    kinds = list(entries.values_list("kind", flat=True))
    assert kinds.count("organization.founded") == 2
    assert kinds.count("membership.ended") == kinds.count("membership.started") == 10
    assert set(entries.filter(kind="post.started").values_list("happened_on", flat=True)) == {ON}


def test_who_moved_or_led_is_signed_out(plan, bureau):
    moved, stayed = (make_user(name) for name in ("moved", "stayed"))
    for user, person in ((moved, bureau.people["法制科"][3]), (stayed, bureau.people["待遇科"][2])):
        person.user = user
        person.save()
    versions = {user.pk: user.rights_version for user in (moved, stayed)}
    carry_out(plan, bureau)
    moved.refresh_from_db()
    stayed.refresh_from_db()
    assert moved.rights_version > versions[moved.pk]
    assert stayed.rights_version == versions[stayed.pk]
