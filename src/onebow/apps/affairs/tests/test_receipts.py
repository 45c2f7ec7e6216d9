"""Receipts: what a letter brings about on the day of its receipt."""

from datetime import date, timedelta

import pytest

from onebow.apps.affairs.models import Transfer
from onebow.apps.affairs.services.receipts import ReceiptDraft, receive_transfer, send_receipt
from onebow.apps.affairs.tests.make import come, out, qian, within, zhao
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import Membership, Organization
from onebow.apps.organizations.services.memberships import end_membership
from onebow.apps.organizations.tests.make import NOON, TODAY, grant, join, make_organization, make_person, make_user

pytestmark = pytest.mark.django_db


def receive(transfer: Transfer, on: date = TODAY, by=None) -> Transfer:
    return receive_transfer(transfer.pk, ReceiptDraft(on, "水务局 钱会计"), version=transfer.version, by=by, at=NOON)


def relation(person) -> Membership | None:
    return person.memberships.filter(side="party", ends_on=None).first()


def test_the_receipt_ends_the_relation_on_its_day(town):
    transfer = receive(out(qian(town)), by=town.officer)
    assert (transfer.state, transfer.received_on, transfer.receiver) == ("received", TODAY, "水务局 钱会计")
    assert transfer.membership.ends_on == TODAY
    assert relation(qian(town)) is None
    kinds = list(Entry.objects.order_by("-pk").values_list("kind", flat=True)[:2])
    assert kinds == ["transfer.received", "membership.ended"]


def test_party_posts_end_with_the_relation(town):
    receive(out(zhao(town)))
    assert not zhao(town).posts.filter(role="secretary", ends_on=None).exists()
    assert zhao(town).posts.filter(role="unit_head", ends_on=None).exists()


def test_within_both_sides_move_in_one_deed(town):
    receive(within(qian(town), town.first), by=town.officer)
    [old, new] = qian(town).memberships.filter(side="party").order_by("pk")
    assert (old.organization, old.ends_on) == (town.second, TODAY)
    assert (new.organization, new.starts_on, new.ends_on) == (town.first, TODAY, None)
    assert new.basis == "组织关系介绍信 2026-001"


def test_a_member_of_a_group_leaves_the_branch_of_the_group(town):
    group = make_organization(Organization.Kind.GROUP, "窗口党小组", town.first)
    person = make_person(town.bureau, "冯组")
    join(person, group)
    transfer = out(person)
    assert transfer.source == town.first
    receive(transfer)
    assert relation(person) is None


def test_who_comes_in_belongs_from_the_day_of_the_receipt_on(town):
    person = make_person(town.bureau, "周新")
    receive(come(person, town.first), by=town.officer)
    assert (relation(person).organization, relation(person).starts_on) == (town.first, TODAY)


def test_our_own_receipt_goes_back_once(town):
    transfer = receive(come(make_person(town.bureau, "周新"), town.first))
    sent = send_receipt(transfer.pk, on=TODAY, version=transfer.version, by=town.officer, at=NOON)
    assert sent.answered_on == TODAY
    assert Entry.objects.filter(kind="transfer.answered").count() == 1
    with pytest.raises(Refused, match="已于2026年3月2日寄回"):
        send_receipt(transfer.pk, on=TODAY, version=sent.version, by=None, at=NOON)


def test_a_receipt_goes_back_only_for_who_came_from_elsewhere_and_was_received(town):
    with pytest.raises(Refused, match="只有从外单位转入"):
        send_receipt(out(qian(town)).pk, on=TODAY, version=1, by=None, at=NOON)
    came = come(make_person(town.bureau, "周新"), town.first)
    with pytest.raises(Refused, match="先登记接收"):
        send_receipt(came.pk, on=TODAY, version=1, by=None, at=NOON)


@pytest.mark.parametrize("days", [-1, 1])
def test_a_receipt_lies_between_letter_and_today(town, days):
    with pytest.raises(Refused, match="接收日期不能"):
        receive(out(qian(town)), TODAY + timedelta(days=days))


def test_a_receipt_is_recorded_once(town):
    transfer = receive(out(qian(town)))
    with pytest.raises(Refused, match="不需要再次登记"):
        receive(transfer)


def test_two_officers_do_not_overwrite_each_other(town):
    transfer = out(qian(town))
    with pytest.raises(Refused, match="修改"):
        receive_transfer(transfer.pk, ReceiptDraft(TODAY), version=7, by=town.officer, at=NOON)
    assert relation(qian(town)) is not None


def test_a_secretary_records_no_receipt(town):
    with pytest.raises(Refused, match="党务干部登记"):
        receive(out(qian(town)), by=town.secretary)


def test_of_a_transfer_within_the_officer_of_the_receiving_branch_records_it(town):
    keeper = make_user("keeper")
    grant(keeper, town.first)
    assert receive(within(qian(town), town.first), by=keeper).state == "received"


def test_who_has_left_the_branch_since_is_not_received_by_an_old_letter(town):
    transfer = out(qian(town))
    end_membership(relation(qian(town)).pk, on=TODAY, by=None, at=NOON)
    with pytest.raises(Refused, match="已不在“第2党支部”,请撤回"):
        receive(transfer)


def test_a_branch_that_stands_no_more_receives_nobody(town):
    transfer = within(qian(town), town.first)
    Organization.objects.filter(pk=town.first.pk).update(ends_on=TODAY)
    with pytest.raises(Refused, match="已经撤销"):
        receive(transfer)
    assert relation(qian(town)) is not None
