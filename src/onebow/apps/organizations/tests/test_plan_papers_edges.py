"""Papers of plans that are small, large or hostile."""

from datetime import timedelta

import pytest

from onebow.apps.organizations.models import Restructuring
from onebow.apps.organizations.queries.restructuring.papers.catalog import KINDS, kind_for
from onebow.apps.organizations.queries.restructuring.papers.dossier import clause, dossier_of
from onebow.apps.organizations.queries.restructuring.papers.request import present
from onebow.apps.organizations.services.restructuring.papers import paper_of
from onebow.apps.organizations.tests.make import NOON, TODAY
from onebow.apps.organizations.tests.make_papers import at_present
from onebow.apps.organizations.tests.make_restructurings import (
    make_large_plan,
    make_plan,
    make_planned,
    make_planned_town,
    make_seat,
)
from onebow.apps.organizations.tests.make_trees import make_node, make_people

pytestmark = pytest.mark.django_db


def text_of(plan, key):
    return paper_of(plan, kind_for(key, plan), {}, at=NOON).render("text").decode()


def test_a_plan_of_one_branch_and_a_plan_of_none_have_papers():
    root, committee = make_node("unit", "某局"), make_node("organ_committee", "某局机关党委")
    plan = make_plan(root, committee, state="submitted", submitted_at=NOON)
    assert all(text_of(plan, key) for key in KINDS)
    planned = make_planned(plan, "办公室党支部")
    for person in make_people(root, make_node("section", "办公室", root), 3):
        make_seat(plan, person, planned)
    text = text_of(plan, "founding_request")
    assert "拟设立党支部1个，共有党员3名" in text
    assert "有3名党员没有编入党组织。" in text
    assert "目前没有党支部，有党员3名" in text
    assert paper_of(plan, KINDS["before_after"], {}, at=NOON).render("pdf").startswith(b"%PDF")


def test_hostile_names_stay_text_in_every_form():
    root, committee = make_node("unit", "{{ 7*7 }}局"), make_node("organ_committee", "@标题 <b>党委</b>")
    plan = make_plan(root, committee, '../../方案"\r\nX: 1', state="submitted", submitted_at=NOON)
    planned = make_planned(plan, "#set page() | **支部** <script>alert(1)</script>")
    for person in make_people(root, make_node("section", "科|室\n@印发 假", root), 3):
        make_seat(plan, person, planned)
    for key in KINDS:
        paper = paper_of(plan, KINDS[key], {}, at=NOON)
        text = paper.render("text").decode()
        assert "{{ 7*7 }}局" in text
        assert "#set page()" in text
        assert paper.render("pdf").startswith(b"%PDF")
        assert paper.render("docx").startswith(b"PK")


def test_full_members_of_a_day_ahead_are_said_to_be_of_that_day():
    plan = make_planned_town().plan
    plan.effective_on = TODAY + timedelta(days=30)
    assert present(dossier_of(plan, TODAY)).endswith("正式党员人数按2026年4月1日的情况计算。")


def test_a_reason_becomes_one_clause():
    assert clause("人少,分散。\n便于管理;") == "人少，分散；便于管理"
    assert clause("共1,200人,9:30开会。") == "共1,200人，9:30开会"


def test_papers_cost_the_same_whatever_the_size(django_assert_max_num_queries):
    for sections in (3, 12):
        plan = make_large_plan(sections=sections, members=2)
        Restructuring.objects.filter(pk=plan.pk).update(state="submitted", submitted_at=NOON)
        plan = at_present(plan)
        for key, most in (("founding_request", 18), ("founding_reply", 18), ("before_after", 13)):
            with django_assert_max_num_queries(most):
                paper_of(plan, KINDS[key], {}, at=NOON)
