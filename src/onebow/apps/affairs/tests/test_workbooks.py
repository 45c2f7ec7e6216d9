"""党支部工作手册: what its chapters tell, of which days, who may print it, one and many."""

from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from django.db import connection
from django.utils import timezone

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.affairs.models import WorkbookBatch
from onebow.apps.affairs.queries.branches import span_of
from onebow.apps.affairs.queries.workbook.book import CHAPTERS, book_of
from onebow.apps.affairs.queries.workbook.chapters import Case
from onebow.apps.affairs.services import workbooks
from onebow.apps.affairs.services.talks import record_talks
from onebow.apps.affairs.services.workbooks import Choice, print_workbook, request_workbooks
from onebow.apps.affairs.tests.make import earn, out
from onebow.apps.affairs.tests.make_talks import pair
from onebow.apps.base.batches import KEPT, drop_naming
from onebow.apps.base.progress import clear_progress
from onebow.apps.base.refusals import Refused
from onebow.apps.documents.official.rendering import render
from onebow.apps.ledger.models import AccessRecord, Entry
from onebow.apps.meetings.models import Meeting
from onebow.apps.meetings.services.drafts import ResolutionDraft
from onebow.apps.meetings.tests.make import hold, make_group
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.tests.make import NOON, TODAY, make_user
from onebow.apps.plans.services.duties import generate
from onebow.apps.plans.tests.make_duties import MEETING, make_duty

DAY = timedelta(days=1)
WHY = "年度工作存档"


def choice(year=TODAY.year, on=TODAY, chapters=(), reason=WHY):
    return Choice(year, on, tuple(chapters), reason)


def book(branch, *keys, on=TODAY, **facts):
    reach = reach_of(branch.town.secretary, TODAY)
    return book_of(Case(branch.here, span_of(branch.here, on.year, on), TODAY, reach, **facts), keys)


def rows(branch, key, sheet=0, **facts):
    return book(branch, key, **facts).chapters[0].sheets[sheet].rows


def test_the_register_names_the_members_and_is_made_of_their_records(branch):
    chapter = book(branch, "members").chapters[0]
    assert {row["name"] for row in chapter.sheets[0].rows} >= {person.name for person in branch.members}
    assert chapter.records > 0


def test_groups_are_told_with_leader_and_size(branch):
    group = make_group(branch, *branch.members[:2])
    assert rows(branch, "facts", 1) == [{"name": group.name, "leader": branch.members[0].name, "size": 2}]
    # With the secretary and the candidate.
    assert "6 名，其中正式党员 5 名" in dict(book(branch, "facts").chapters[0].facts)["党员"]


def test_meetings_stand_in_order_and_a_month_begins_once(branch):
    hold(branch, "theme_day", date(2026, 2, 10), at=NOON)
    hold(branch, resolutions=(ResolutionDraft("同意年度计划"),))
    hold(branch, "lecture")
    # The one of February was told late and waits for approval: it counts as nothing.
    assert [row["month"] for row in rows(branch, "meetings")] == ["3月", ""]
    assert rows(branch, "meetings")[0]["resolutions"] == "同意年度计划"


def test_minutes_are_told_only_if_asked_for_and_never_of_restricted_kinds(branch):
    hold(branch, minutes="讨论了三件事")
    hold(branch, "life_meeting", minutes="批评和自我批评")
    assert {row["minutes"] for row in rows(branch, "meetings")} == {""}
    assert {row["minutes"] for row in rows(branch, "meetings", with_minutes=True)} == {"讨论了三件事", ""}


def test_letters_and_dues_are_told_as_totals(branch):
    out(branch.members[0], by=branch.town.officer)
    earn(branch.members[1], branch.here)
    [letter] = rows(branch, "transfers")
    assert (letter["name"], letter["way"], letter["state"]) == (branch.members[0].name, "转出", "待回执")
    assert rows(branch, "dues")[-1] == {"month": "3月", "members": 6, "known": 1, "missing": 5}
    assert book(branch, "transfers", "dues").records == 2


def test_without_any_base_nothing_is_told_of_dues(branch):
    assert rows(branch, "dues") == []


def test_talks_are_pairs_and_days(branch):
    record_talks(branch.here.pk, TODAY, [pair(*branch.members[:2])], by=branch.town.secretary, at=NOON)
    [row] = rows(branch, "talks")
    assert row["last"] == TODAY
    assert set(row) == {"no", "names", "sort", "times", "last"}
    assert rows(branch, "meetings") == []


def test_duties_are_counted_by_how_they_stand(branch):
    make_duty(branch.town.committee, MEETING)
    generate(None, TODAY.year, at=NOON)
    hold(branch)
    [line] = rows(branch, "duties")
    assert (line["asked"], line["done"], line["coming"]) == (4, 1, 3)


def test_what_is_not_recorded_says_so(branch):
    text = render("workbook", book(branch).data(), "text", records=1, at=NOON).decode()
    assert text.count("无记录") >= 6
    assert "由 0 条台账生成" in text


def test_each_entry_counts_once_over_all_chapters(branch):
    meeting = hold(branch)
    both = book(branch, "meetings", "duties")
    assert both.records == 1
    assert both.chapters[1].entries == {meeting.entry_id}


def test_the_manual_of_an_earlier_day_knows_nothing_later(branch):
    hold(branch)
    assert rows(branch, "meetings", on=TODAY - DAY) == []


def test_a_branch_founded_in_may_has_a_manual_from_may_on(branch):
    branch.here.starts_on = date(TODAY.year, 5, 1)
    told = book(branch, "facts", on=date(TODAY.year, 12, 1)).data()
    assert told["period"].startswith(f"{TODAY.year}年5月1日")


@pytest.mark.parametrize(("year", "words"), [(TODAY.year - 1, "才成立"), (TODAY.year + 1, "还没有开始")])
def test_of_years_in_which_it_did_not_stand_there_is_none(branch, year, words):
    Organization.objects.filter(pk=branch.here.pk).update(starts_on=date(TODAY.year, 1, 5))
    with pytest.raises(Refused, match=words):
        print_workbook(branch.here.pk, choice(year), "docx", by=branch.town.secretary, at=NOON)


def test_who_prints_it_is_told_in_the_access_log(branch):
    made = print_workbook(branch.here.pk, choice(), "docx", by=branch.town.secretary, at=NOON)
    look = AccessRecord.objects.get(what="export_list")
    assert (look.organization_id, look.reason, look.as_of) == (branch.here.pk, WHY, TODAY)
    assert "党支部工作手册" in made.name
    text = "\n".join(line.text for line in docx.Document(BytesIO(made.content)).paragraphs)
    assert WHY in text
    assert Entry.objects.count()


def test_chapters_are_chosen(branch):
    chapters = ("members", "talks")
    made = print_workbook(branch.here.pk, choice(chapters=chapters), "docx", by=branch.town.secretary, at=NOON)
    text = "\n".join(line.text for line in docx.Document(BytesIO(made.content)).paragraphs)
    assert "党员名册" in text
    assert "学习培训学时" not in text


def test_without_a_reason_and_for_a_stranger_nothing_is_printed(branch):
    with pytest.raises(Refused, match="用途"):
        print_workbook(branch.here.pk, choice(reason=" "), "docx", by=branch.town.secretary, at=NOON)
    with pytest.raises(Organization.DoesNotExist):
        print_workbook(branch.here.pk, choice(), "docx", by=branch.town.member, at=NOON)


def ask(branch, ids=None, by=None, **facts):
    ids = ids or [branch.here.pk, branch.town.second.pk]
    return request_workbooks(ids, choice(**facts), by=by or branch.town.officer, at=NOON, queue=False)


def test_many_are_made_by_the_worker_and_packed(branch):
    batch = ask(branch)
    workbooks.make_workbooks(batch.pk, at=NOON, now=lambda: NOON)
    batch.refresh_from_db()
    assert batch.state == "done"
    response = client_of(branch.town.officer).get(f"/workbooks/batches/{batch.pk}.zip")
    assert len(ZipFile(BytesIO(response.content)).namelist()) == 2
    assert AccessRecord.objects.filter(what="export_list").count() == 2
    workbooks.make_workbooks(batch.pk, at=NOON, now=lambda: NOON)
    assert AccessRecord.objects.filter(what="export_list").count() == 2


def test_while_manuals_are_read_others_may_write(branch):
    batch, depths = ask(branch), {}

    def look(execute, sql, *rest):
        # On SQLite a transaction of Django's has the only lock for writing: how deep in such ones a statement is asked.
        for table in ("meetings_meeting", "ledger_access"):
            depths.setdefault(table, set()).update({len(connection.savepoint_ids)} if f'"{table}"' in sql else ())
        return execute(sql, *rest)

    outside = len(connection.savepoint_ids)
    with connection.execute_wrapper(look):
        workbooks.make_workbooks(batch.pk, at=NOON, now=lambda: NOON)
    assert depths == {"meetings_meeting": {outside}, "ledger_access": {outside + 1}}


def test_two_clicks_make_one_batch_and_a_dead_one_is_given_up(branch):
    first = ask(branch)
    assert ask(branch) == first
    clear_progress(first.progress_key)
    second = ask(branch)
    assert second != first
    assert WorkbookBatch.objects.get(pk=first.pk).state == "failed"


@pytest.mark.parametrize("of", ["secretary", "member"])
def test_branches_of_others_are_refused(branch, of):
    with pytest.raises(Refused, match="不归您管理"):
        ask(branch, by=getattr(branch.town, of))


def test_no_branch_and_no_reason_are_refused(branch):
    with pytest.raises(Refused, match="勾选"):
        request_workbooks([], choice(), by=branch.town.officer, at=NOON, queue=False)
    with pytest.raises(Refused, match="用途"):
        ask(branch, reason="x")


def test_rights_are_those_of_the_moment_in_which_it_is_made(branch):
    batch = ask(branch)
    branch.town.officer.grants.all().delete()
    workbooks.make_workbooks(batch.pk, at=NOON, now=lambda: NOON)
    batch.refresh_from_db()
    assert (batch.state, "不归您管理" in batch.failure) == ("failed", True)


def test_batches_are_dropped_after_some_days_and_when_somebody_is_erased(branch):
    for drop in (lambda: workbooks.forget_workbooks(at=NOON + KEPT + DAY), lambda: drop_naming([1])):
        batch = ask(branch)
        workbooks.make_workbooks(batch.pk, at=NOON, now=lambda: NOON)
        drop()
        assert not WorkbookBatch.objects.exists()


def page(client, address, status=200, **headers):
    response = client.get(address, headers=headers)
    assert response.status_code == status, response.content.decode()[:1500]
    return response.content.decode()


@pytest.mark.parametrize("key", CHAPTERS)
def test_every_chapter_is_shown_in_few_statements(branch, key, django_assert_max_num_queries):
    make_duty(branch.town.committee, MEETING)
    generate(None, TODAY.year, at=NOON)
    for _ in range(3):
        hold(branch, resolutions=(ResolutionDraft("同意"),))
    client = client_of(branch.town.secretary)
    address = f"/workbooks/{branch.here.pk}/{TODAY.year}/?chapter={key}"
    page(client, address)
    with django_assert_max_num_queries(12):
        assert f'data-chapter="{key}"' in page(client, address)


def test_the_list_of_branches_and_its_part(branch, django_assert_max_num_queries):
    client, address = client_of(branch.town.officer), f"/workbooks/?year={TODAY.year}"
    page(client, address)
    with django_assert_max_num_queries(12):
        assert f'data-branch="{branch.here.pk}"' in page(client, address)
    assert "<html" not in page(client, address, **{"HX-Request": "true"})


def test_strangers_find_nothing(branch):
    member = client_of(branch.town.member)
    page(member, f"/workbooks/{branch.here.pk}/{TODAY.year}/", 404)
    page(member, f"/workbooks/{branch.here.pk}/{TODAY.year}/workbook.docx?reason={WHY}", 404)
    batch = ask(branch)
    make_user("x")
    page(client_of(branch.town.secretary), f"/workbooks/batches/{batch.pk}.zip", 404)
    page(client_of(branch.town.secretary), f"/workbooks/batches/{batch.pk}/progress/", 404)


def test_a_year_before_it_was_founded_is_one_sentence(branch):
    Organization.objects.filter(pk=branch.here.pk).update(starts_on=date(TODAY.year, 1, 5))
    shown = page(client_of(branch.town.secretary), f"/workbooks/{branch.here.pk}/{TODAY.year - 1}/", 422)
    assert "才成立" in shown


def test_many_are_asked_for_on_the_page(branch):
    client, year = client_of(branch.town.officer), timezone.localdate().year
    wrong = client.post(f"/workbooks/?year={year}", {"reason": WHY})
    assert wrong.status_code == 422
    assert "请至少勾选一个党支部" in wrong.content.decode()
    typed = {"reason": WHY, "branches": [branch.here.pk], "chapters": ["talks"]}
    assert client.post(f"/workbooks/?year={year}", typed).status_code == 302
    assert WorkbookBatch.objects.get().chapters == ["talks"]
    assert Meeting.objects.count() == 0


def test_a_file_is_fetched_by_its_address(branch):
    client, year = client_of(branch.town.secretary), timezone.localdate().year
    address = f"/workbooks/{branch.here.pk}/{year}/workbook"
    assert client.get(f"{address}.pdf?reason={WHY}&chapters=facts").content.startswith(b"%PDF")
    assert client.get(f"{address}.docx").status_code == 422
    assert client.get(f"{address}.odt?reason={WHY}").status_code == 404
