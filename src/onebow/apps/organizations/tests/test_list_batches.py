"""Lists of all branches of a plan: made by the worker, once, for one person, for some days."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.urls import reverse

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.base.batches import KEPT
from onebow.apps.base.files import path_of
from onebow.apps.base.models import File
from onebow.apps.base.progress import Progress, clear_progress, read_progress
from onebow.apps.ledger.models import AccessRecord
from onebow.apps.organizations.models import ListBatch, Person
from onebow.apps.organizations.services.erasure import erase_person
from onebow.apps.organizations.services.restructuring import lists
from onebow.apps.organizations.services.restructuring.lists import forget_lists, request_lists
from onebow.apps.organizations.tests.make import (
    NOON,
    TODAY,
)
from onebow.apps.organizations.tests.make_papers import make_bureau
from onebow.apps.organizations.tests.make_rosters import work

pytestmark = pytest.mark.django_db
WHAT_FOR = {"reason": "报批前核对名单", "kind": "docx"}
State = ListBatch.State


@pytest.fixture
def bureau():
    return make_bureau()


@pytest.fixture
def client(bureau):
    return client_of(bureau.officer)


@pytest.fixture
def wages(bureau):
    return bureau.plan.planned.get(continues=None)


def lists_of(bureau, *ids):
    return reverse("organizations:restructuring_lists", args=[bureau.plan.pk, *ids])


def test_lists_of_all_branches_are_made_by_the_worker(bureau, client):
    answer = client.post(lists_of(bureau), {**WHAT_FOR, "branch": "all"})
    assert answer["Location"] == lists_of(bureau)
    batch = ListBatch.objects.get()
    assert "data-running" in client.get(lists_of(bureau)).content.decode()
    progress = reverse("organizations:restructuring_lists_progress", args=[bureau.plan.pk, batch.pk])
    assert "data-running" in client.get(progress, headers={"HX-Request": "true"}).content.decode()
    assert client.get(progress)["Location"] == lists_of(bureau)
    work()
    page = client.get(lists_of(bureau)).content.decode()
    assert f'data-batch="{batch.pk}" data-state="done"' in page
    assert client.get(progress, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert [record.rows for record in AccessRecord.objects.all()] == [6]
    zipped, merged = (client.get(file_of(bureau, batch, kind)) for kind in ("zip", "pdf"))
    assert merged.content.startswith(b"%PDF")
    names = zipfile.ZipFile(io.BytesIO(zipped.content)).namelist()
    assert names == ["01-办公室党支部党员名册.docx", "02-工资科党支部党员名册.docx"]


def file_of(bureau, batch, kind):
    return reverse("organizations:restructuring_lists_file", args=[bureau.plan.pk, batch.pk, kind])


def made(bureau):
    batch = request_lists(bureau.plan.pk, reason="报批前核对名单", by=bureau.officer, at=NOON, queue=False)
    lists.make_lists(batch.pk, at=NOON, now=lambda: NOON)
    batch.refresh_from_db()
    return batch


def test_two_clicks_make_one_batch_and_a_second_delivery_nothing(bureau, client):
    for _ in range(2):
        client.post(lists_of(bureau), {**WHAT_FOR, "branch": "all"})
    batch = ListBatch.objects.get()
    work()
    batch.refresh_from_db()
    lists.make_lists(batch.pk, at=NOON, now=lambda: NOON)
    assert (ListBatch.objects.count(), File.objects.count(), AccessRecord.objects.count()) == (1, 2, 1)
    again = ListBatch.objects.get()
    assert (again.archive_id, again.merged_id) == (batch.archive_id, batch.merged_id)


def test_a_batch_is_only_for_the_one_who_asked(bureau):
    batch = made(bureau)
    other = client_of(bureau.other)
    assert other.get(file_of(bureau, batch, "zip")).status_code == 404
    assert "data-batch" not in other.get(lists_of(bureau)).content.decode()
    assert client_of(bureau.officer).get(file_of(bureau, batch, "exe")).status_code == 404


def test_progress_counts_both_forms(bureau):
    batch = request_lists(bureau.plan.pk, reason="报批前核对名单", by=bureau.officer, at=NOON, queue=False)
    seen = [read_progress(batch.progress_key)]

    def now():
        seen.append(read_progress(batch.progress_key))
        return NOON

    lists.make_lists(batch.pk, at=NOON, now=now)
    assert seen == [Progress(0, 0, "正在排队"), Progress(4, 4, "正在生成 PDF 名册")]
    assert read_progress(batch.progress_key) is None


def test_a_batch_that_died_is_replaced(bureau):
    first = request_lists(bureau.plan.pk, reason="报批前核对名单", by=bureau.officer, at=NOON, queue=False)
    clear_progress(first.progress_key)
    assert "data-notice" in client_of(bureau.officer).get(lists_of(bureau)).content.decode()
    second = request_lists(bureau.plan.pk, reason="报批前核对名单", by=bureau.officer, at=NOON, queue=False)
    assert second.pk != first.pk
    first.refresh_from_db()
    assert first.state == State.FAILED
    # What the dead one makes after all is dropped.
    lists.make_lists(first.pk, at=NOON, now=lambda: NOON)
    assert not File.objects.exists()


def test_who_lost_the_unit_meanwhile_gets_no_lists(bureau):
    batch = request_lists(bureau.plan.pk, reason="报批前核对名单", by=bureau.officer, at=NOON, queue=False)
    bureau.officer.grants.update(starts_on=date(2020, 1, 1), ends_on=TODAY)
    lists.make_lists(batch.pk, at=NOON, now=lambda: NOON)
    batch.refresh_from_db()
    assert batch.state == State.FAILED
    assert not AccessRecord.objects.exists()


def test_batches_and_their_files_go_after_some_days(bureau, django_capture_on_commit_callbacks):
    batch = made(bureau)
    paths = [path_of(file.sha256) for file in (batch.archive, batch.merged)]
    assert forget_lists(at=NOON + KEPT) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_lists(at=NOON + KEPT + timedelta(minutes=1)) == 1
    assert not ListBatch.objects.exists()
    assert not File.objects.exists()
    assert not any(path.exists() for path in paths)


def test_lists_that_name_an_erased_person_go_with_the_person(bureau):
    made(bureau)
    person = Person.objects.get(name="周己")
    person.memberships.update(starts_on=date(2020, 1, 1), ends_on=TODAY)
    erase_person(person.pk, basis="本人申请2026年3月2日", by=bureau.officer, at=NOON)
    assert not ListBatch.objects.exists()


def test_hostile_names_of_branches_stay_names(bureau, client, wages):
    wages.name = '../"支部\r\nX: 1'
    wages.save()
    answer = client.post(lists_of(bureau), {**WHAT_FOR, "branch": wages.pk})
    assert answer.status_code == 200
    assert "\n" not in answer["Content-Disposition"]
    client.post(lists_of(bureau), {**WHAT_FOR, "branch": "all"})
    work()
    batch = ListBatch.objects.get(state=State.DONE)
    with zipfile.ZipFile(path_of(batch.archive.sha256)) as packed:
        assert [name for name in packed.namelist() if "/" in name or "\n" in name] == []
        assert len(packed.namelist()) == 2
