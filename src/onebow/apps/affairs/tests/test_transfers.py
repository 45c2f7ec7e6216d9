"""Letters of transfer: what they need, and that they move nobody."""

from datetime import date, timedelta

import pytest
from django.db.utils import IntegrityError

from onebow.apps.affairs.models import Transfer
from onebow.apps.affairs.queries.transfers import issuer_of, next_number
from onebow.apps.affairs.services.transfers import EndDraft, Newcomer, close_transfer
from onebow.apps.affairs.tests.make import come, out, qian, within, zhao
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import Organization, Person
from onebow.apps.organizations.services.people import PersonDraft
from onebow.apps.organizations.tests.make import NOON, TODAY, grant, make_organization, make_person, make_user

NUMBER = "990101199003070083"
pytestmark = pytest.mark.django_db


def told(kind: str) -> Entry:
    return Entry.objects.get(kind=kind)


def test_a_letter_alone_moves_nobody(town):
    transfer = out(qian(town), by=town.officer)
    assert (transfer.state, transfer.source, transfer.issuer) == ("issued", town.second, town.committee)
    assert transfer.valid_until == TODAY + timedelta(days=90)
    assert qian(town).memberships.filter(side="party", ends_on=None).exists()
    entry = told("transfer.issued")
    assert (entry.organization_id, entry.data) == (town.second.pk, {"direction": "out", "reason": "work"})
    assert list(entry.people.values_list("person_id", "part")) == [(qian(town).pk, "subject")]


def test_the_number_that_is_proposed_follows_the_last_one(town):
    assert next_number(town.committee, 2026) == "2026-001"
    out(qian(town), number="2026-017")
    assert next_number(town.committee, 2026) == "2026-018"


def test_a_letter_is_written_by_the_nearest_committee(town):
    assert issuer_of(town.first) == town.committee


def test_a_member_has_one_open_letter(town):
    out(qian(town))
    with pytest.raises(Refused, match="已有一封待回执"):
        out(qian(town), number="2026-002")


def test_two_letters_of_one_committee_never_bear_one_number(town):
    out(qian(town))
    with pytest.raises(Refused, match="编号为 2026-001"):
        out(zhao(town))


def test_who_stands_in_no_branch_is_not_sent(town):
    with pytest.raises(Refused, match="不在这里的任何支部"):
        out(make_person(town.bureau, "周新"))


def test_a_letter_needs_the_committee_that_receives(town):
    with pytest.raises(Refused, match="接收的党委"):
        out(qian(town), committee=" ")


def test_a_letter_for_longer_than_the_rule_says_needs_a_ground(town):
    with pytest.raises(Refused, match=r"一般不超过 90 天\(《关于进一步加强"):
        out(qian(town), valid_days=120)
    assert out(qian(town), valid_days=120, valid_basis="援藏,路途较远").valid_basis


@pytest.mark.parametrize(
    ("facts", "words"), [({"issued_on": TODAY + timedelta(days=1)}, "晚于今天"), ({"valid_days": 0}, "有效天数")]
)
def test_days_that_cannot_be_are_refused(town, facts, words):
    with pytest.raises(Refused, match=words):
        out(qian(town), **facts)


def test_a_temporary_branch_takes_no_part(town):
    temporary = make_organization(Organization.Kind.TEMPORARY_BRANCH, "抗洪临时党支部", town.committee)
    with pytest.raises(Refused, match=r"不转接党员组织关系\(《中国共产党支部工作条例\(试行\)》第八条\)"):
        within(qian(town), temporary)


def test_members_go_to_branches_only(town):
    with pytest.raises(Refused, match="不是党支部"):
        within(qian(town), town.committee)


def test_nobody_goes_to_the_branch_where_they_are(town):
    with pytest.raises(Refused, match="同一个支部"):
        within(qian(town), town.second)


def test_another_tree_is_elsewhere(town):
    alien = make_organization(Organization.Kind.BRANCH, "水务局党支部", set_in_id=town.neighbour.pk)
    with pytest.raises(Refused, match="请按“转出”办理"):
        within(qian(town), alien)


def test_only_officers_of_the_sending_side_write_letters(town):
    with pytest.raises(Refused, match="党务干部转接"):
        out(qian(town), by=town.secretary)
    other = make_user("other")
    grant(other, town.neighbour)
    with pytest.raises(Refused, match="党务干部转接"):
        out(qian(town), by=other)


def test_somebody_known_who_stands_nowhere_may_come_in(town):
    person = make_person(town.bureau, "周新")
    transfer = come(person, town.first, by=town.officer)
    assert (transfer.person, transfer.source, transfer.target, transfer.issuer) == (person, None, town.first, None)
    assert transfer.from_words == "市水务局机关党委 河道科党支部"
    assert not person.memberships.filter(side="party").exists()


def test_who_stands_in_a_branch_already_moves_within(town):
    with pytest.raises(Refused, match="办理内部调整"):
        come(qian(town), town.first)


def test_who_is_registered_as_no_member_does_not_come_in(town):
    sun = Person.objects.get(user=town.staff)
    with pytest.raises(Refused, match="不是党员"):
        come(sun, town.first)


def newcomer(town, name, *, is_other=False, **facts):
    return Newcomer(town.bureau.pk, PersonDraft(name, standing="full_member", **facts), is_other)


def test_a_newcomer_is_registered_with_the_letter(town):
    transfer = come(None, town.first, newcomer=newcomer(town, "吴来", id_number=NUMBER), by=town.officer)
    assert (transfer.person.name, transfer.person.root) == ("吴来", town.bureau)
    assert Entry.objects.filter(kind="person.registered", source_id=transfer.person.pk).exists()


def test_a_known_number_is_never_registered_twice(town):
    make_person(town.bureau, "吴来", id_number=NUMBER)
    with pytest.raises(Refused, match="已登记给吴来"):
        come(None, town.first, newcomer=newcomer(town, "吴来", id_number=NUMBER))


def test_a_namesake_must_be_chosen_or_said_to_be_another(town):
    make_person(town.bureau, "吴来")
    with pytest.raises(Refused, match="同名的吴来"):
        come(None, town.first, newcomer=newcomer(town, "吴来"))
    with pytest.raises(Refused, match="可能就是这个人"):
        come(None, town.first, newcomer=newcomer(town, "吴来", id_number=NUMBER))
    transfer = come(None, town.first, newcomer=newcomer(town, "吴来", id_number=NUMBER, is_other=True))
    assert Person.objects.filter(name="吴来").count() == 2
    assert transfer.person.id_number == NUMBER


@pytest.mark.parametrize("state", ["withdrawn", "returned"])
def test_a_letter_may_end_without_moving_anybody(town, state):
    transfer = out(qian(town))
    close_transfer(transfer.pk, EndDraft(state, TODAY, "对方单位变更"), version=1, by=town.officer, at=NOON)
    transfer.refresh_from_db()
    assert (transfer.state, transfer.ended_on, transfer.version) == (state, TODAY, 2)
    assert told(f"transfer.{state}").data == {"reason": "对方单位变更"}
    assert out(qian(town), number="2026-002").is_open


def test_a_letter_lapses_only_after_its_last_day(town):
    transfer = out(qian(town), issued_on=date(2026, 2, 1), valid_days=29)
    with pytest.raises(Refused, match="2026年3月2日仍然有效,2026年3月3日起"):
        close_transfer(transfer.pk, EndDraft("lapsed", TODAY, "没有回音"), version=1, by=None, at=NOON)
    Transfer.objects.update(valid_until=date(2026, 3, 1))
    assert (
        close_transfer(transfer.pk, EndDraft("lapsed", TODAY, "没有回音"), version=1, by=None, at=NOON).state
        == "lapsed"
    )


def test_an_end_says_why_and_only_once_and_by_whom(town):
    transfer = out(qian(town))
    with pytest.raises(Refused, match="写明原因"):
        close_transfer(transfer.pk, EndDraft("withdrawn", TODAY, " "), version=1, by=None, at=NOON)
    with pytest.raises(Refused, match="党务干部撤回"):
        close_transfer(transfer.pk, EndDraft("withdrawn", TODAY, "填错"), version=1, by=town.secretary, at=NOON)
    with pytest.raises(Refused, match="请选择"):
        close_transfer(transfer.pk, EndDraft("received", TODAY, "填错"), version=1, by=None, at=NOON)
    close_transfer(transfer.pk, EndDraft("withdrawn", TODAY, "填错"), version=1, by=None, at=NOON)
    with pytest.raises(Refused, match="已撤回,请重新开具"):
        close_transfer(transfer.pk, EndDraft("returned", TODAY, "填错"), version=2, by=None, at=NOON)


def test_the_database_itself_knows_one_open_letter(town):
    transfer = out(qian(town))
    transfer.pk, transfer.number = None, "2026-002"
    with pytest.raises(IntegrityError):
        transfer.save(force_insert=True)
