"""Pages of transfers."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.affairs.models import Transfer
from onebow.apps.affairs.services.receipts import ReceiptDraft, receive_transfer
from onebow.apps.affairs.tests.make import come, out, qian, within, zhao
from onebow.apps.ledger.models import AccessRecord
from onebow.apps.organizations.models import Membership, Person
from onebow.apps.organizations.tests.make import NOON, TODAY, join, make_person

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
MOST = 12


@pytest.fixture
def officer(town) -> Client:
    return client_of(town.officer)


def text_of(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def letter(**facts):
    told = {"committee": "市水务局机关党委", "elsewhere": "", "number": "2026-001", "issued_on": TODAY.isoformat()}
    return told | {"reason": "work", "paid_until": "2026-03", "valid_days": "90", "valid_basis": ""} | facts


def test_an_empty_list_says_what_to_do_first(officer):
    assert "办理第一件" in text_of(officer.get("/transfers/"))


def test_the_list_shows_state_and_reminders(officer, town):
    out(qian(town), issued_on=date(2026, 1, 5), valid_days=30)
    page = text_of(officer.get("/transfers/"))
    assert 'data-state="issued"' in page
    assert 'data-reminder="over"' in page


def test_lists_are_narrowed_and_stand_for_their_day(officer, town):
    transfer = out(qian(town), issued_on=date(2026, 2, 2))
    receive_transfer(transfer.pk, ReceiptDraft(TODAY), version=1, by=None, at=NOON)
    assert 'data-state="received"' in text_of(officer.get("/transfers/?state=received"))
    assert "data-transfer" not in text_of(officer.get("/transfers/?state=issued"))
    assert 'data-state="issued"' in text_of(officer.get("/transfers/?on=2026-02-20"))
    assert "data-transfer" not in text_of(officer.get("/transfers/?on=2026-01-20"))
    assert "data-transfer" in text_of(officer.get(f"/transfers/?branch={town.second.pk}"))
    assert "data-transfer" not in text_of(officer.get("/transfers/?direction=in"))


def test_the_list_asks_the_same_number_of_statements_for_many(officer, town, django_assert_max_num_queries):
    for number in range(5):
        person = make_person(town.bureau, f"周{number}")
        join(person, town.second)
        out(person, number=f"2026-1{number}")
    officer.get("/transfers/")
    with django_assert_max_num_queries(MOST):
        officer.get("/transfers/")


def test_who_moves_is_chosen_first(officer, town):
    page = text_of(officer.get("/transfers/new/"))
    assert f'value="{qian(town).pk}"' in page
    assert "登记新来的党员" in text_of(officer.get("/transfers/new/?direction=in"))


def test_all_that_is_known_is_filled_in(officer, town):
    page = text_of(officer.get(f"/transfers/new/?person={zhao(town).pk}"))
    for words in (f'value="{timezone.localdate().year}-', 'value="90"', "第1党支部", "办公室", "书记"):
        assert words in page


def test_a_letter_is_written(officer, town):
    answer = officer.post(f"/transfers/new/?person={qian(town).pk}&direction=out", letter())
    transfer = Transfer.objects.get()
    assert answer.headers["Location"] == f"/transfers/{transfer.pk}/"
    assert (transfer.committee, transfer.paid_until) == ("市水务局机关党委", date(2026, 3, 1))


def test_a_letter_within_is_written(officer, town):
    told = letter(target=town.first.pk)
    officer.post(f"/transfers/new/?person={qian(town).pk}&direction=within", told)
    assert Transfer.objects.get().target == town.first


def test_somebody_new_is_registered_with_the_letter(officer, town):
    told = letter(target=town.first.pk, root=town.bureau.pk, name="吴 来", id_number="", standing="full_member")
    officer.post("/transfers/new/?direction=in&new=1", told | {"joined_on": "", "full_on": "", "phone": ""})
    assert Transfer.objects.get().person.name == "吴来"


@pytest.mark.parametrize(
    ("facts", "words"),
    [({"paid_until": "2026-3月"}, "请填写年月"), ({"issued_on": "昨天"}, "完整日期"), ({"committee": ""}, "committee"),
     ({"valid_days": "0"}, "valid_days"), ({"valid_days": "200"}, "一般不超过 90 天")],
)  # fmt: skip
def test_bad_input_is_told_beside_the_field_and_nothing_is_lost(officer, town, facts, words):
    told = letter(number="甲字7号") | facts
    answer = officer.post(f"/transfers/new/?person={qian(town).pk}", told, **HTMX)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert not Transfer.objects.exists()
    assert "甲字7号" in page or "notice" in page


def test_pickers_find_by_name_and_initials(officer, town):
    found = officer.get("/transfers/people/?q=钱").json()["options"]
    assert [one["value"] for one in found] == [qian(town).pk]
    assert officer.get("/transfers/people/?q=钱&direction=in").json()["options"] == []
    branches = officer.get("/transfers/branches/?q=第1").json()["options"]
    assert [one["value"] for one in branches] == [town.first.pk]


def test_a_page_says_where_the_letter_stands_and_is_told_in_the_access_log(officer, town):
    transfer = out(zhao(town))
    page = text_of(officer.get(f"/transfers/{transfer.pk}/"))
    assert "登记回执" in page
    assert "同时免去" in page
    assert AccessRecord.objects.filter(person_id=zhao(town).pk, what="record").count() == 1
    assert "登记回执" not in text_of(officer.get(f"/transfers/{transfer.pk}/?on={TODAY.isoformat()}"))


def test_a_receipt_is_recorded(officer, town):
    transfer = out(qian(town))
    page = text_of(officer.get(f"/transfers/{transfer.pk}/receipt/"))
    assert "起不在“第2党支部”" in page
    told = {"version": 1, "on": TODAY.isoformat(), "receiver": "王科员"}
    assert officer.post(f"/transfers/{transfer.pk}/receipt/", told).status_code == 302
    assert not Membership.objects.filter(person=qian(town), side="party", ends_on=None).exists()


def test_a_stale_receipt_is_refused_and_keeps_what_was_typed(officer, town):
    transfer = out(qian(town))
    told = {"version": 5, "on": TODAY.isoformat(), "receiver": "王科员"}
    assert officer.post(f"/transfers/{transfer.pk}/receipt/", told, **HTMX).status_code == 422
    assert Transfer.objects.get().is_open


def test_a_letter_is_taken_back(officer, town):
    transfer = out(qian(town))
    told = {"version": 1, "on": TODAY.isoformat(), "state": "withdrawn", "reason": "填错"}
    officer.post(f"/transfers/{transfer.pk}/closure/", told)
    assert Transfer.objects.get().state == "withdrawn"
    assert "已撤回" in text_of(officer.get(f"/transfers/{transfer.pk}/"))


def test_our_receipt_goes_back(officer, town):
    transfer = come(make_person(town.bureau, "周新"), town.first)
    receive_transfer(transfer.pk, ReceiptDraft(TODAY), version=1, by=None, at=NOON)
    assert "登记寄回回执" in text_of(officer.get(f"/transfers/{transfer.pk}/"))
    officer.post(f"/transfers/{transfer.pk}/answer/", {"version": 2, "on": TODAY.isoformat()})
    assert Transfer.objects.get().answered_on == TODAY


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_the_letter_is_printed_and_told(officer, town, kind):
    transfer = out(qian(town))
    answer = officer.get(f"/transfers/{transfer.pk}/letter.{kind}")
    assert answer.content[:2] == (b"PK" if kind == "docx" else b"%P")
    look = AccessRecord.objects.get(what="letter")
    assert (look.person_id, look.fields) == (qian(town).pk, "id_number,phone")


def test_a_letter_of_another_side_is_not_ours_to_print(officer, town):
    transfer = come(make_person(town.bureau, "周新"), town.first)
    assert officer.get(f"/transfers/{transfer.pk}/letter.pdf").status_code == 404
    assert officer.get(f"/transfers/{out(qian(town)).pk}/letter.txt").status_code == 404


def test_the_list_leaves_for_a_reason_only(officer, town):
    out(qian(town))
    assert "导出 Excel" in text_of(officer.get("/transfers/export/"))
    assert officer.post("/transfers/export/", {"reason": "看"}).status_code == 422
    answer = officer.post("/transfers/export/", {"reason": "报送组织部"})
    assert answer.content[:2] == b"PK"
    assert AccessRecord.objects.get(what="export_letters").rows == 1


def test_a_secretary_reads_the_own_branch_and_writes_nothing(town):
    mine, other = within(zhao(town), town.second), out(qian(town), number="2026-9")
    secretary = client_of(town.secretary)
    assert secretary.get(f"/transfers/{mine.pk}/").status_code == 200
    assert secretary.get(f"/transfers/{other.pk}/").status_code == 404
    for address in ("/transfers/new/", f"/transfers/{mine.pk}/receipt/", f"/transfers/{mine.pk}/letter.pdf"):
        assert secretary.get(address).status_code == 404


@pytest.mark.parametrize("who", ["stranger", "staff", "member"])
def test_others_find_nothing(town, who):
    transfer, client = out(qian(town)), client_of(getattr(town, who))
    assert client.get("/transfers/").status_code == 404
    assert client.get(f"/transfers/{transfer.pk}/").status_code == 404


@pytest.mark.parametrize("path", ["", "receipt/", "closure/", "new"])
def test_pages_ask_few_statements(officer, town, path, django_assert_max_num_queries):
    transfer = out(zhao(town))
    address = f"/transfers/new/?person={qian(town).pk}" if path == "new" else f"/transfers/{transfer.pk}/{path}"
    officer.get(address)
    with django_assert_max_num_queries(MOST):
        officer.get(address)


def test_who_works_here_and_belongs_elsewhere_is_reminded_of(officer, town):
    person = make_person(town.bureau, "周外")
    join(person, town.wages, relation_elsewhere="市水务局河道科党支部")
    lent = make_person(town.bureau, "周借")
    join(lent, town.wages, relation_elsewhere="市水务局", engagement="seconded")
    page = text_of(officer.get("/transfers/"))
    assert page.count('data-reminder="elsewhere"') == 1
    assert f"person={person.pk}&amp;direction=in" in page


def test_who_left_work_half_a_year_ago_is_reminded_of(officer, town):
    Membership.objects.filter(person=qian(town), side="staff").update(ends_on=date(2025, 9, 2))
    assert 'data-reminder="away"' in text_of(officer.get("/transfers/"))
    Membership.objects.filter(person=qian(town), side="staff").update(ends_on=date.max)
    Person.objects.filter(pk=qian(town).pk).update(standing="full_member")
    assert 'data-reminder="away"' not in text_of(officer.get("/transfers/"))


def test_the_front_page_counts_letters_without_a_receipt(officer, town):
    out(qian(town))
    page = text_of(officer.get("/"))
    assert 'data-waits="receipt"' in page
    assert "转到市水务局机关党委" in page
