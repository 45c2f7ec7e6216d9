"""Bases and the sheet of a month: who pays where, from what, and what nobody knows."""

from datetime import date
from decimal import Decimal

import pytest

from onebow.apps.affairs.models import DuesBase
from onebow.apps.affairs.queries.dues.matrix import matrix_of
from onebow.apps.affairs.queries.dues.own import own_months
from onebow.apps.affairs.queries.dues.sheet import sheet_of
from onebow.apps.affairs.services.receipts import ReceiptDraft, receive_transfer
from onebow.apps.affairs.tests.make import MARCH, come, earn, out, qian, within, zhao
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import Organization, Post
from onebow.apps.organizations.tests.make import NOON, TODAY, appoint, join, make_organization, make_person, make_user

pytestmark = pytest.mark.django_db
FEBRUARY, APRIL, MAY = date(2026, 2, 1), date(2026, 4, 1), date(2026, 5, 1)


def line(branch, person, month=MARCH):
    return next(one for one in sheet_of(branch, month).lines if one.person.pk == person.pk)


def receive(transfer, on=TODAY):
    return receive_transfer(transfer.pk, ReceiptDraft(on), version=transfer.version, by=None, at=NOON)


def test_no_base_is_not_nought(town):
    told = sheet_of(town.second, MARCH)
    assert [(one.state, one.amount) for one in told.lines] == [("missing", None)]
    assert (told.total, told.count("missing")) == (0, 1)


def test_a_line_says_what_is_due_and_why(town):
    earn(qian(town), town.second, by=town.officer)
    told = line(town.second, qian(town))
    assert (told.amount, told.share, told.state) == (Decimal("81.00"), "1.5%", "due")
    assert told.why == "5000 元以上至 10000 元,全部基数 × 1.5%(第一条、第二条)"
    assert sheet_of(town.second, MARCH).total == Decimal("81.00")


def test_the_ledger_and_the_database_keep_no_amount_in_the_clear(town):
    row = earn(qian(town), town.second)
    entry = Entry.objects.get(kind="dues.base_set")
    assert entry.data == {"kind": "wage", "month": "2026-03-01"}
    assert b"5400" not in bytes(
        DuesBase.objects.extra(select={"raw": "base"}).values_list("raw", flat=True).get(pk=row.pk)
    )


def test_a_base_holds_until_the_next_one(town):
    earn(qian(town), town.second, "3200", month=FEBRUARY)
    earn(qian(town), town.second, "5400", month=APRIL)
    assert [line(town.second, qian(town), month).amount for month in (FEBRUARY, MARCH, APRIL, MAY)] == [32, 32, 81, 81]
    earn(qian(town), town.second, "9500", month=MARCH)
    assert [line(town.second, qian(town), month).amount for month in (FEBRUARY, MARCH, APRIL)] == [
        32,
        Decimal("142.5"),
        81,
    ]


def test_the_same_month_again_corrects(town):
    earn(qian(town), town.second, "3200")
    earn(qian(town), town.second, "8000", "pension")
    assert (DuesBase.objects.count(), line(town.second, qian(town)).amount) == (1, 80)


@pytest.mark.parametrize(
    ("base", "kind", "words"),
    [
        ("-1", "wage", "负数"), (None, "wage", "填写每月基数"), ("1000000", "wage", "请核对"),
        ("0.001", "wage", "两位小数"), ("2", "farmer", r"0.20 至 1.00 元\(《关于中国共产党党费"),
        ("5", "student", "不填基数"), ("5", "clerk", "人员类别"),
    ],
)  # fmt: skip
def test_what_is_no_base_is_told_in_one_sentence(town, base, kind, words):
    with pytest.raises(Refused, match=words):
        earn(qian(town), town.second, base, kind)
    assert not DuesBase.objects.exists()


@pytest.mark.parametrize("month", [date(2008, 3, 1), date(2026, 5, 1)])
def test_months_before_the_rule_or_far_ahead_are_refused(town, month):
    with pytest.raises(Refused, match="不能"):
        earn(qian(town), town.second, month=month)


def test_a_base_is_set_in_the_own_branch(town):
    with pytest.raises(Refused, match="由所在支部核定"):
        earn(qian(town), town.first)


def test_a_temporary_branch_collects_nothing(town):
    temporary = make_organization(Organization.Kind.TEMPORARY_BRANCH, "抗洪临时党支部", town.committee)
    with pytest.raises(Refused, match=r"不收缴党费\(《中国共产党支部工作条例\(试行\)》第八条\)"):
        earn(qian(town), temporary)


def test_bases_are_kept_by_officers_and_the_own_secretary_only(town):
    earn(zhao(town), town.first, by=town.secretary)
    with pytest.raises(Refused, match="书记、副书记或党务干部"):
        earn(qian(town), town.second, by=town.secretary)
    above = make_person(town.bureau, "上书")
    join(above, town.first)
    appoint(above, town.committee, Post.Role.SECRETARY)
    with pytest.raises(Refused, match="书记、副书记或党务干部"):
        earn(zhao(town), town.first, by=make_user("above", person=above))


def test_who_was_admitted_in_the_month_pays_from_the_vote_on(town):
    person = make_person(town.bureau, "新预备", standing="probationary_member", joined_on=date(2026, 3, 20))
    join(person, town.second)
    assert qian(town) in [one.person for one in sheet_of(town.second, FEBRUARY).lines]
    assert person not in [one.person for one in sheet_of(town.second, FEBRUARY).lines]
    earn(person, town.second)
    assert "支部大会通过" in line(town.second, person).why


def test_members_of_groups_are_members_of_the_branch(town):
    group = make_organization(Organization.Kind.GROUP, "窗口党小组", town.first)
    person = make_person(town.bureau, "冯组")
    join(person, group)
    assert {one.person for one in sheet_of(town.first, MARCH).lines} == {zhao(town), person}


def test_whoever_moves_stands_on_one_sheet_a_month(town):
    earn(qian(town), town.second)
    receive(within(qian(town), town.first, paid_until=MARCH))
    assert line(town.second, qian(town)).amount == 81
    assert (line(town.first, qian(town)).state, line(town.first, qian(town)).amount) == ("elsewhere", None)
    assert line(town.first, qian(town), APRIL).amount == 81
    assert not sheet_of(town.second, APRIL).lines


def test_without_a_word_of_the_letter_the_branch_of_the_last_day_collects(town):
    receive(out(qian(town), paid_until=None))
    assert not sheet_of(town.second, MARCH).lines
    person = make_person(town.bureau, "周新")
    receive(come(person, town.second))
    assert line(town.second, person).state == "missing"


def test_the_matrix_counts_members_and_those_without_a_base(town):
    earn(qian(town), town.second, month=FEBRUARY)
    found = matrix_of([town.first, town.second], 2026, TODAY)
    cells = [(cell.members, cell.missing) if cell else None for cell in found[town.second.pk]]
    assert cells[:4] == [(1, 1), (1, 0), (1, 0), None]
    assert [cell.missing for cell in found[town.first.pk][:3]] == [1, 1, 1]


def test_one_sees_the_own_months(town):
    earn(qian(town), town.second, month=FEBRUARY)
    told = own_months(qian(town), 2026, TODAY)
    assert [(month.month, one.amount) for month, one in told] == [(3, 81), (2, 81), (1, None)]
