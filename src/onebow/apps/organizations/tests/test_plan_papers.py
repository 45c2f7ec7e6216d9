"""The papers of a plan: exact sentences and numbers, states, what they rest on."""

from datetime import date, timedelta

import pytest

from onebow.apps.base.refusals import Refused
from onebow.apps.documents.official.rendering import template, templates
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import (
    Approval,
    Organization,
    Person,
    PlanReason,
    Restructuring,
    RestructuringLine,
)
from onebow.apps.organizations.queries.restructuring.papers.catalog import KINDS, kind_for, state_of
from onebow.apps.organizations.queries.restructuring.papers.dossier import cited, dossier_of, typeset
from onebow.apps.organizations.queries.restructuring.papers.records import records_of_plan
from onebow.apps.organizations.queries.restructuring.papers.reply import meeting_of, notice_data, reply_data
from onebow.apps.organizations.queries.restructuring.papers.report import report_data
from onebow.apps.organizations.queries.restructuring.papers.request import present, request_data
from onebow.apps.organizations.services.approvals import PaperDraft
from onebow.apps.organizations.services.restructuring import deciding
from onebow.apps.organizations.services.restructuring.papers import file_name, paper_of
from onebow.apps.organizations.tests.make import NOON, TODAY, join, make_person, make_user
from onebow.apps.organizations.tests.make_papers import approve, at_present, carry_out, later, make_bureau, submit
from onebow.apps.organizations.tests.make_restructurings import (
    make_large_plan,
    make_plan,
    make_planned,
    make_planned_town,
    make_seat,
)
from onebow.apps.organizations.tests.make_trees import make_node, make_people
from onebow.cores.regulations.table import rule

pytestmark = pytest.mark.django_db
State = Restructuring.State


@pytest.fixture
def made():
    return make_planned_town(basis="为把支部建在科室上。")


@pytest.fixture
def bureau():
    return make_bureau()


def request_of(plan):
    return request_data(dossier_of(plan, TODAY), {})


def text_of(plan, key, asked=None, at=NOON):
    return paper_of(plan, kind_for(key, plan), asked or {}, at=at).render("text").decode()


def test_a_request_says_how_things_stand_and_what_is_planned(made):
    data = request_of(made.plan)
    assert data["present"] == (
        "现有的党支部有党员5名，来自2个科室，分布在2处办公区。其中跨科室的党支部1个，跨办公区的党支部1个。"
        "另有2名党员没有编入党组织。"
    )
    assert (data["old_branches"], data["old_general_branches"], data["members"], data["full_members"]) == (1, 0, 7, 7)
    assert data["principles"] == [
        "3个党支部设在一个科室。",
        "沿用原有党组织1个：第一党支部更名为就业促进科党支部；其余新设。",
        "4名党员调整所在党支部，3名党员随原党支部延续。",
    ]
    assert (data["issuer"], data["to"], data["unit"]) == ("某局", "机关党委", "某局")
    assert data["occasion"] == "为把支部建在科室上"


def test_a_request_lists_every_planned_branch(made):
    rows = request_of(made.plan)["branches"]
    assert [(row["no"], row["name"], row["sections"], row["members"], row["full_members"]) for row in rows] == [
        (1, "数据科党支部", "数据科", 2, 2),
        (2, "就业促进科党支部", "就业促进科", 3, 3),
        (3, "信访科党支部", "信访科", 2, 2),
    ]


def test_several_branches_are_told_by_range_and_average():
    assert present(dossier_of(make_large_plan(sections=6, members=3), TODAY)) == (
        "每个党支部有党员3至6名，平均4.5名，来自1至2个科室。其中跨科室的党支部2个，跨办公区的党支部0个。"
    )


def test_members_directly_in_a_general_branch_are_told_by_its_name():
    root, committee = make_node("unit", "某局"), make_node("organ_committee", "某局机关党委")
    general = make_node("general_branch", "社保中心党总支", committee)
    plan = make_plan(root, committee)
    planned = make_planned(plan, "征缴科党支部")
    for person in make_people(root, make_node("section", "征缴科", root), 3, branch=general):
        make_seat(plan, person, planned)
    assert present(dossier_of(plan, TODAY)) == ("有3名党员直接隶属社保中心党总支，没有编入党支部。")


def test_a_general_branch_below_the_level_is_told_with_its_recorded_reason(made):
    user = make_user("writer")
    PlanReason.objects.create(
        planned=made.general, rule="ORG-LEVEL", reason="分布在几处,便于管理", made_by=user, made_at=NOON
    )
    PlanReason.objects.create(planned=made.jobs, rule="M5-ONE-SECTION", reason="业务相近", made_by=user, made_at=NOON)
    dossier = dossier_of(made.plan, TODAY)
    data = request_data(dossier, {})
    assert data["general_branches"] == [
        {"name": "局机关党总支", "unit": "某局", "branches": 2, "members": 5, "reason": "分布在几处，便于管理。"}
    ]
    title = rule("M5-ONE-SECTION", on=TODAY).title
    assert data["principles"][-1] == f"就业促进科党支部与“{title}”的一般要求不一致，理由是：业务相近。"
    assert reply_data(dossier, {})["below_level"] == ["局机关党总支"]
    assert "局机关党总支党员人数少于一般标准，理由是：分布在几处，便于管理。" in report_data(dossier)["remarks"]


def test_rules_are_cited_by_id_once_for_each_source(made):
    found, level, reply = (rule(one, on=TODAY) for one in ("BR-FOUND-MIN", "ORG-LEVEL", "BR-FOUND-REPLY"))
    assert request_of(made.plan)["basis"] == [typeset(found.citation), typeset(level.citation)]
    both = cited(("BR-FOUND-MIN", "BR-FOUND-REPLY"), TODAY)
    assert both == [f"{typeset(found.citation)}、{reply.article}"]
    assert cited(("BR-FOUND-MIN",), date(1990, 1, 1)) == []


def test_units_considered_together_and_sections_without_members_are_told(made):
    town = made.town
    empty = make_node("section", "法规科", town.office)
    plan = made.plan
    plan.choices = {"attached": {str(town.centre.pk): str(town.office.pk)}}
    plan.save()
    remarks = report_data(dossier_of(plan, TODAY))["remarks"]
    assert remarks == [
        "信息中心的党员与局机关的党员一并编入党支部。",
        f"没有党员的科室由本单位最大的党支部覆盖：{empty.name}。",
        "调整的原因和依据：为把支部建在科室上。",
    ]
    assert "信息中心的党员与局机关的党员一并编入党支部。" in request_of(plan)["principles"]


def test_a_report_counts_before_and_after(made):
    data = report_data(dossier_of(made.plan, TODAY))
    assert data["summary"] == (
        "调整前设党支部1个，平均每个5.0名党员；调整后设党总支1个、党支部3个，平均每个2.3名党员。"
        "单独成立党支部的科室由0个变为3个，跨办公区的党支部由1个变为0个。"
        "4名党员变动所在党支部，3名党员随原党支部延续。"
    )
    figures = {row["item"]: (row["before"], row["after"], row["change"]) for row in data["figures"]}
    assert figures["党支部（个）"] == ("1", "3", "+2")
    assert figures["平均党员数（名）"] == ("5.0", "2.3", "−2.7")
    assert figures["党员超过50名的党支部（个）"] == ("0", "0", "不变")
    assert data["moves"] == [
        {"from_branch": "不在任何党支部", "to_branch": "数据科党支部", "members": 2},
        {"from_branch": "第一党支部", "to_branch": "信访科党支部", "members": 2},
    ]


def test_a_report_brings_its_three_pictures(made):
    data = paper_of(made.plan, KINDS["before_after"], {}, at=NOON).data
    assert all(data[f"{name}_picture"].startswith("<svg") for name in ("tree", "size", "office"))
    assert text_of(made.plan, "before_after").count("[图：") == 3


def test_too_many_branches_are_reported_without_pictures():
    plan = make_large_plan(sections=170, members=1)
    assert "[图：" not in text_of(plan, "before_after")


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("draft", ["draft", "none", "none", "draft"]),
        ("submitted", ["ready", "draft", "draft", "draft"]),
        ("approved", ["ready", "ready", "ready", "draft"]),
        ("enacted", ["ready", "ready", "ready", "ready"]),
        ("withdrawn", ["none", "none", "none", "none"]),
    ],
)
def test_what_may_be_printed_follows_from_the_state(state, expected):
    plan = Restructuring(state=state)
    assert [state_of(kind, plan).state for kind in KINDS.values()] == expected


def test_a_paper_that_there_is_not_is_refused(made):
    with pytest.raises(Refused, match="还没有批复"):
        paper_of(made.plan, KINDS["founding_reply"], {}, at=NOON)


def test_a_draft_says_so_in_its_name_and_at_its_foot(made):
    paper = paper_of(made.plan, KINDS["founding_request"], {}, at=NOON)
    assert file_name(made.plan, paper) == "支部调整方案-请示(草稿)"
    assert "（草稿，不作印发）" in paper.render("text").decode()


def test_questions_are_five_at_most_and_fields_of_the_template():
    offline = Approval(decision="offline", document_number="1号")
    here, numbered = Approval(decision="approved"), Approval(decision="approved", document_number="2号")
    for key in KINDS:
        for approval in (None, offline, here, numbered):
            kind = kind_for(key, Restructuring(state="approved", approval=approval))
            assert len(kind.asked) <= 5
            assert {one.key for one in kind.asked} <= {*template(key).fields, "meeting_on"}
            assert all(one.why for one in kind.asked)
    assert set(KINDS) <= {one.key for one in templates()}


def test_a_reply_takes_day_and_number_from_a_decision_in_the_product(bureau):
    submit(bureau)
    plan = approve(bureau, number="人社党〔2026〕7号")
    data = reply_data(dossier_of(plan, TODAY), {})
    assert (data["issuer"], data["to"], data["number"]) == ("人社局机关党委", "人社局党组", "人社党〔2026〕7号")
    assert (data["date"], data["meeting"]) == (TODAY, "2026年3月2日委员会会议")
    assert data["continued"] == ["第1党支部更名为办公室党支部"]
    assert data["dissolved"] == []
    assert "number" not in {one.key for one in kind_for("founding_reply", plan).asked}


def test_a_reply_on_paper_asks_for_the_day_of_the_meeting(bureau):
    submit(bureau)
    on = TODAY - timedelta(days=2)
    draft = PaperDraft(Approval.Step.RESTRUCTURING, "人社党〔2026〕8号", on)
    deciding.record_plan_paper(bureau.plan.pk, draft, by=bureau.officer, at=NOON)
    plan = at_present(bureau.plan)
    dossier = dossier_of(plan, TODAY)
    data = reply_data(dossier, {})
    assert (data["number"], data["date"], data["meeting"]) == ("人社党〔2026〕8号", on, "委员会会议")
    assert meeting_of(dossier, date(2026, 2, 20)) == "2026年2月20日委员会会议"
    assert "meeting_on" in {one.key for one in kind_for("founding_reply", plan).asked}
    assert notice_data(dossier, {})["reply_on"] == on


def test_a_draft_of_a_notice_makes_up_no_day_of_the_reply(bureau):
    plan = submit(bureau)
    assert notice_data(dossier_of(plan, TODAY), {})["reply_on"] is None
    assert "经人社局机关党委批复同意（《关于同意设立和调整党支部的批复》）" in text_of(plan, "founding_notice")


def test_a_notice_rests_on_the_reply(bureau):
    submit(bureau)
    plan = approve(bureau, number="人社党〔2026〕7号")
    text = text_of(plan, "founding_notice", {"elect_by": date(2026, 5, 31)})
    assert (
        "经人社局机关党委2026年3月2日批复同意（《关于同意设立和调整党支部的批复》，人社党〔2026〕7号），"
        "调整党支部设置。调整后共有党支部2个，名单见附件。"
    ) in text
    assert "各党支部在2026年5月31日前做好" in text


def test_papers_are_the_same_after_the_plan_was_enacted(bureau):
    submit(bureau)
    plan = approve(bureau, at=later(1))
    keys = ("founding_request", "founding_reply", "founding_notice")
    before = {key: text_of(plan, key, at=later(60)) for key in keys}
    figures = report_data(dossier_of(plan, TODAY))
    plan = carry_out(bureau, at=later(2))
    assert Organization.objects.get(pk=bureau.branch.pk).name == "办公室党支部"
    assert {key: text_of(plan, key, at=later(60)) for key in keys} == before
    assert report_data(dossier_of(plan, TODAY)) == figures
    assert figures["moves"] == [{"from_branch": "第1党支部", "to_branch": "工资科党支部", "members": 3}]


def test_what_was_dissolved_is_told_by_name_before_and_after(bureau):
    spare = bureau.plan.planned.get(continues=bureau.branch)
    spare.continues = None
    spare.save()
    submit(bureau)
    plan = approve(bureau)
    assert reply_data(dossier_of(plan, TODAY), {})["dissolved"] == ["第1党支部"]
    plan = carry_out(bureau)
    assert RestructuringLine.objects.filter(restructuring=plan, kind="dissolve").count() == 1
    assert notice_data(dossier_of(plan, TODAY), {})["dissolved"] == ["第1党支部"]


def test_records_count_entries_about_the_plan_and_about_its_members_and_no_others(bureau):
    plan = bureau.plan
    people = 6 * 3 + 2  # registered, works, belongs; two head a section
    about = Entry.objects.filter(source="organizations.restructuring", source_id=plan.pk).count()
    assert about > 1
    assert records_of_plan(plan, read_at=NOON, until=NOON) == people + about
    assert records_of_plan(plan, read_at=NOON - timedelta(days=1), until=NOON) == about
    # Nobody of the plan: what is told of them it does not rest on.
    join(make_person(bureau.unit, "吴外", standing=Person.Standing.MASSES), bureau.wages)
    plan = submit(bureau)
    assert paper_of(plan, KINDS["founding_request"], {}, at=NOON).records == people + about + 1
    plan = approve(bureau, at=later(1))
    assert paper_of(plan, KINDS["founding_request"], {}, at=later(2)).records == people + about + 1
    assert paper_of(plan, KINDS["founding_reply"], {}, at=later(2)).records == people + about + 2
    carry_out(bureau, at=later(3))
    enacted = at_present(plan)
    assert paper_of(enacted, KINDS["founding_request"], {}, at=later(9)).records == people + about + 1
