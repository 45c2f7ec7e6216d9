"""The pages of the work ledger."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from onebow.apps.accounts.tests.make import client_of, make_administrator
from onebow.apps.base.guards import take_down_guards
from onebow.apps.base.progress import clear_progress, write_progress
from onebow.apps.ledger.models import Entry, Head
from onebow.apps.organizations.models import Membership
from onebow.apps.organizations.services.ledger_proof import PROGRESS, check_with_progress, last_checked
from onebow.apps.organizations.services.notes import NoteDraft, note_work

TOLD = {"kind": "business.noted", "text": "接待来访 5 批", "hours": "2"}


def address(name: str, *ids: int) -> str:
    return reverse(f"organizations:{name}", args=ids)


@pytest.fixture
def note(town) -> Entry:
    draft = NoteDraft("business.noted", town.wages.pk, timezone.localdate(), "走访企业", (town.member.person.pk,))
    return note_work(draft, by=town.member, at=timezone.now())


def test_a_member_tells_corrects_and_takes_back_on_the_pages(town):
    client, today = client_of(town.member), timezone.localdate().isoformat()
    told = {**TOLD, "organization": town.wages.pk, "happened_on": today, "people": [town.member.person.pk]}
    answer = client.post(address("ledger_new"), told)
    entry = Entry.objects.get(kind="business.noted")
    assert answer["Location"] == address("ledger_entry", entry.pk)
    shown = client.get(answer["Location"]).content.decode()
    assert "接待来访 5 批" in shown
    assert "2 小时" in shown
    assert "内容与存证摘要一致" in shown
    client.post(address("ledger_correction", entry.pk), {**told, "text": "接待来访 6 批"})
    right = Entry.objects.get(correction_of=entry)
    assert "已更正" in client.get(address("ledger")).content.decode()
    assert client.get(address("ledger_correction", entry.pk)).status_code == 422
    client.post(address("ledger_voiding", right.pk), {"reason": "登记错了组织"})
    chain = client.get(address("ledger_entry", right.pk)).content.decode()
    assert chain.count("data-chain") == 3
    assert "登记错了组织" in chain
    assert '<span class="badge is-warn">作废</span>' in chain


def test_the_form_keeps_what_was_typed_when_something_is_missing(town):
    answer = client_of(town.member).post(address("ledger_new"), {**TOLD, "text": "", "people": [town.member.person.pk]})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "有 3 处需要改" in html
    assert 'value="2"' in html
    assert f'value="{town.member.person.pk}" selected' in html


def test_people_of_other_organizations_cannot_be_named(town):
    told = {
        **TOLD,
        "organization": town.wages.pk,
        "happened_on": timezone.localdate(),
        "people": [town.neighbour_person.pk],
    }
    answer = client_of(town.member).post(address("ledger_new"), told)
    assert answer.status_code == 422
    assert "请从列表中选择人员" in answer.content.decode()
    hits = client_of(town.member).get(address("ledger_people"), {"q": "李河"}).json()
    assert hits == {"options": []}
    hits = client_of(town.member).get(address("ledger_people"), {"q": "钱进"}).json()
    assert [one["value"] for one in hits["options"]] == [town.member.person.pk]


@pytest.mark.parametrize(("who", "status"), [("officer", 200), ("member", 200), ("staff", 404), ("secretary", 404)])
def test_an_entry_is_open_to_those_whom_it_concerns(town, note, who, status):
    assert client_of(getattr(town, who)).get(address("ledger_entry", note.pk)).status_code == status


def test_the_list_asks_few_questions_whatever_its_length(town, note, django_assert_max_num_queries):
    client = client_of(town.officer)
    client.get(address("ledger"))
    with django_assert_max_num_queries(12):
        html = client.get(address("ledger")).content.decode()
    assert f'data-entry="{note.pk}"' in html


@pytest.mark.parametrize(
    ("query", "found"),
    [("side=business", True), ("side=party", False), ("kind=void", False), ("state=late", False), ("mine=1", False)],
)
def test_the_list_is_filtered_by_its_address(town, note, query, found):
    html = client_of(town.officer).get(f"{address('ledger')}?{query}").content.decode()
    assert (f'data-entry="{note.pk}"' in html) is found


def test_the_list_of_a_month_and_of_an_organization(town, note):
    client, today = client_of(town.officer), timezone.localdate()
    before = (today.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
    mark = f'data-entry="{note.pk}"'
    assert mark in client.get(f"{address('ledger')}?month={today:%Y-%m}").content.decode()
    assert mark not in client.get(f"{address('ledger')}?month={before}").content.decode()
    assert mark in client.get(f"{address('ledger')}?organization={town.wages.pk}").content.decode()
    assert mark not in client.get(f"{address('ledger')}?organization={town.office.pk}").content.decode()
    assert client.get(f"{address('ledger')}?organization={town.neighbour.pk}").status_code == 404


def test_late_work_is_accepted_in_one_batch_and_returned_with_a_reason(town):
    now, long_ago = timezone.now(), timezone.localdate() - timedelta(days=40)
    person = town.member.person.pk
    drafts = [NoteDraft("business.noted", town.wages.pk, long_ago, f"补{number}", (person,)) for number in (1, 2, 3)]
    late = [note_work(draft, by=town.member, at=now) for draft in drafts]
    client = client_of(town.officer)
    html = client.get(address("ledger_late")).content.decode()
    assert html.count("data-late=") == 3
    chosen = [late[0].pk, late[1].pk]
    assert client.post(address("ledger_late"), {"entries": chosen, "decision": "accept"}).status_code == 302
    refused = client.post(address("ledger_late"), {"entries": [late[2].pk], "decision": "return"})
    assert (refused.status_code, "写明原因" in refused.content.decode()) == (422, True)
    assert client.post(address("ledger_late"), {"entries": [], "decision": "accept"}).status_code == 422
    client.post(address("ledger_late"), {"entries": [late[2].pk], "decision": "return", "reason": "没有依据"})
    assert "没有等待审批的补录" in client.get(address("ledger_late")).content.decode()
    assert "补录已退回" in client.get(address("ledger_entry", late[2].pk)).content.decode()


def test_who_has_only_own_late_work_to_decide_gets_no_buttons(town):
    long_ago = timezone.localdate() - timedelta(days=40)
    draft = NoteDraft("business.noted", town.wages.pk, long_ago, "补报", (town.member.person.pk,))
    note_work(draft, by=town.officer, at=timezone.now())
    html = client_of(town.officer).get(address("ledger_late")).content.decode()
    assert "本人补录,由他人审批" in html
    assert 'name="decision"' not in html
    note_work(replace(draft, text="另一件"), by=town.member, at=timezone.now())
    assert 'name="decision"' in client_of(town.officer).get(address("ledger_late")).content.decode()


def test_the_proof_page_signs_verifies_and_hands_out_head_and_key(town):
    client = client_of(town.officer)
    assert "还没有签署过" in client.get(address("ledger_proof")).content.decode()
    client.post(address("ledger_head"))
    head = Head.objects.get()
    assert json.loads(client.get(address("ledger_head_file")).content)["root"] == head.root
    assert client.get(address("ledger_key_file")).content.startswith(b"-----BEGIN PUBLIC KEY-----")
    client.post(address("ledger_check"))
    assert "等待校验" in client.get(address("ledger_proof")).content.decode()
    check_with_progress(town.officer.pk, at=timezone.now())
    assert client.get(address("ledger_progress")).status_code == 200
    assert (last_checked().fault_count, last_checked().size) == (0, head.size)
    html = client.get(address("ledger_proof")).content.decode()
    assert "全部与存证一致" in html
    assert Entry.objects.get(kind="ledger.verified").by_id == town.officer.pk


def test_the_audit_administrator_proves_the_ledger_and_reads_none_of_it(town, note):
    client = client_of(make_administrator("audit"))
    assert client.get(address("ledger_proof")).status_code == 200
    assert client.get(address("ledger")).status_code == 404
    assert client.get(address("ledger_entry", note.pk)).status_code == 404


def test_a_progress_opened_by_itself_leads_to_its_page_while_work_goes_on(town):
    write_progress(PROGRESS, 1, 2, "正在逐条校验")
    try:
        answer = client_of(town.officer).get(address("ledger_progress"))
    finally:
        clear_progress(PROGRESS)
    assert (answer.status_code, answer["Location"]) == (302, address("ledger_proof"))


def test_the_command_verifies_exports_and_signs(town, tmp_path, capsys):
    call_command("ledger", "head")
    call_command("ledger", "verify")
    assert "校验通过" in capsys.readouterr().out
    call_command("ledger", "export", tmp_path / "out", "--reason", "上级核查台账")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "leaves.jsonl", "head.json", "schema.json", "ledger-public.pem",
    }  # fmt: skip
    call_command("ledger", "verify", "--head", tmp_path / "out" / "head.json")
    with pytest.raises(SystemExit) as ended:
        call_command("ledger", "clock", "--reason", "没有必要")
    assert ended.value.code == 2


def test_what_an_entry_speaks_of_and_is_gone_is_a_note_and_no_fault(town, note, capsys):
    Membership.objects.filter(person=town.member.person, organization=town.wages).delete()
    call_command("ledger", "verify")
    out = capsys.readouterr().out
    assert "提示:" in out
    assert "organizations.membership" in out
    assert "校验通过" in out


def test_a_correction_keeps_whom_it_names_though_they_have_left(town, note):
    staff = town.staff.person
    draft = NoteDraft("business.noted", town.wages.pk, timezone.localdate(), "一起走访", (staff.pk,))
    entry = note_work(draft, by=town.member, at=timezone.now())
    Membership.objects.filter(person=staff).update(ends_on=timezone.localdate())
    client = client_of(town.member)
    assert f'value="{staff.pk}" selected' in client.get(address("ledger_correction", entry.pk)).content.decode()
    told = {**TOLD, "organization": town.wages.pk, "happened_on": timezone.localdate(), "people": [staff.pk]}
    assert client.post(address("ledger_correction", entry.pk), told).status_code == 302
    right = Entry.objects.get(correction_of=entry)
    assert list(right.people.values_list("person_id", flat=True)) == [staff.pk]


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        ("UPDATE ledger_tree SET size = size - 1", "不在存证树中"),
        ("DELETE FROM ledger_tree", "存证树"),
        ("UPDATE ledger_entry SET kind = 'void' WHERE id = 2", "第 2 条"),
        ("DELETE FROM ledger_entrybody WHERE entry_id = 2", "第 2 条"),
        ("UPDATE ledger_head SET size = 3", "签名存证"),
    ],
)
def test_whatever_was_damaged_the_command_names_it_also_after_another_head(town, note, capsys, damage, named):
    call_command("ledger", "head")
    with transaction.atomic():
        take_down_guards(connection)
        with connection.cursor() as cursor:
            cursor.execute(damage)
    for _ in range(2):
        with pytest.raises(SystemExit) as ended:
            call_command("ledger", "verify")
        assert ended.value.code == 1
        assert named in capsys.readouterr().out
        if "ledger_tree" in damage:
            # Without its tree the ledger takes nothing more, not even a head.
            break
        call_command("ledger", "head")
    shown = client_of(town.officer).get("/").content.decode()
    assert "可能被改动" in shown
