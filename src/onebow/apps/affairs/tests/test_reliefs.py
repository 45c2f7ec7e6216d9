"""Relief from dues: asked for, decided by the superior, and what it leaves to pay."""

from datetime import date
from decimal import Decimal

import pytest

from onebow.apps.affairs.queries.dues.sheet import sheet_of
from onebow.apps.affairs.services.reliefs import decide_relief, record_relief_paper, withdraw_relief
from onebow.apps.affairs.tests.make import MARCH, ask, earn, qian, zhao
from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import Approval
from onebow.apps.organizations.tests.make import NOON, TODAY, grant, make_organization, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def superior(town):
    user = make_user("superior")
    grant(user, town.committee)
    return user


def amount(branch, month=MARCH):
    return sheet_of(branch, month).lines[0].amount


def test_nothing_changes_before_the_superior_agreed(town, superior):
    earn(qian(town), town.second)
    relief = ask(qian(town), town.second, by=town.officer)
    assert (relief.superior, amount(town.second)) == (town.committee, 81)
    decide_relief(relief.pk, approved=True, reason="", number="机关党委〔2026〕3号", by=superior, at=NOON)
    assert amount(town.second) == 10
    assert amount(town.second, date(2026, 7, 1)) == 81
    assert "批准少交(机关党委〔2026〕3号)" in sheet_of(town.second, MARCH).lines[0].why


def test_who_is_relieved_of_all_pays_nothing(town, superior):
    earn(qian(town), town.second)
    relief = ask(qian(town), town.second, kind="waived", amount=Decimal(0))
    decide_relief(relief.pk, approved=True, reason="", by=superior, at=NOON)
    assert amount(town.second) == 0


def test_relief_never_raises_what_is_due(town, superior):
    earn(qian(town), town.second, "1000")
    relief = ask(qian(town), town.second, amount=Decimal(100))
    decide_relief(relief.pk, approved=True, reason="", by=superior, at=NOON)
    assert amount(town.second) == 5


def test_who_asked_does_not_decide(town):
    relief = ask(qian(town), town.second, by=town.officer)
    with pytest.raises(Refused, match="不能审批自己"):
        decide_relief(relief.pk, approved=True, reason="", by=town.officer, at=NOON)


def test_the_branch_itself_does_not_decide(town):
    relief = ask(zhao(town), town.first)
    with pytest.raises(Refused, match="由“人社局机关党委”审批"):
        decide_relief(relief.pk, approved=True, reason="", by=town.secretary, at=NOON)


def test_a_return_says_why_and_leaves_the_amount(town, superior):
    earn(qian(town), town.second)
    relief = ask(qian(town), town.second)
    with pytest.raises(Refused, match="写明原因"):
        decide_relief(relief.pk, approved=False, reason="", by=superior, at=NOON)
    assert decide_relief(relief.pk, approved=False, reason="材料不全", by=superior, at=NOON).state == "returned"
    assert amount(town.second) == 81
    with pytest.raises(Refused, match="未批准,不需要再次办理"):
        decide_relief(relief.pk, approved=True, reason="", by=superior, at=NOON)


def test_a_paper_decision_is_recorded_as_the_superiors(town):
    relief = ask(qian(town), town.second, by=town.officer)
    done = record_relief_paper(relief.pk, number="机关党委〔2026〕3号", on=TODAY, by=town.officer, at=NOON)
    approval = Approval.objects.get(step="dues_relief")
    assert (done.state, approval.organization, approval.decision) == ("approved", town.committee, "offline")


def test_a_paper_is_not_older_than_the_study(town):
    relief = ask(qian(town), town.second)
    with pytest.raises(Refused, match="早于支部研究日期"):
        record_relief_paper(relief.pk, number="3号", on=date(2026, 2, 1), by=town.officer, at=NOON)


def test_an_application_may_be_taken_back(town):
    relief = ask(qian(town), town.second, by=town.officer)
    assert withdraw_relief(relief.pk, version=1, by=town.officer, at=NOON).state == "withdrawn"
    assert ask(qian(town), town.second).is_open


@pytest.mark.parametrize(
    ("facts", "words"),
    [({"last": date(2026, 2, 1)}, "截止月份"), ({"last": date(2028, 3, 1)}, "最长 24 个月"),
     ({"studied_on": date(2026, 2, 1)}, "早于本人申请"), ({"studied_on": date(2026, 3, 9)}, "先由支部研究"),
     ({"amount": Decimal(0)}, "少交的请填写"), ({"kind": "waived"}, "免交的不填"), ({"reason": " "}, "困难情况")],
)  # fmt: skip
def test_what_does_not_fit_is_told(town, facts, words):
    with pytest.raises(Refused, match=words):
        ask(qian(town), town.second, **facts)


def test_months_are_relieved_once(town):
    ask(qian(town), town.second)
    with pytest.raises(Refused, match="已有减免申请"):
        ask(qian(town), town.second, first=date(2026, 6, 1), last=date(2026, 8, 1))


def test_relief_is_asked_for_by_who_keeps_the_dues_of_the_own_branch(town):
    with pytest.raises(Refused, match="书记、副书记或党务干部"):
        ask(qian(town), town.second, by=town.secretary)
    with pytest.raises(Refused, match="不是“第1党支部”的党员"):
        ask(qian(town), town.first)


def test_a_branch_without_superior_cannot_ask(town):
    alone = make_organization("branch", "独立党支部", set_in_id=town.neighbour.pk)
    from onebow.apps.organizations.tests.make import join, make_person

    person = make_person(town.neighbour, "独一")
    join(person, alone)
    with pytest.raises(Refused, match="没有登记上级"):
        ask(person, alone)
