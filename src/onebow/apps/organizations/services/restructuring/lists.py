"""The member lists of all branches of a plan: asked for, made by the worker, kept for some days, dropped."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from django.utils import timezone
from django_q.tasks import async_task

from onebow.apps.accounts.models import User
from onebow.apps.base.files import drop_file, keep_file
from onebow.apps.base.models import File
from onebow.apps.base.progress import clear_progress, read_progress, write_progress
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.documents.official.rendering import Order, render_many
from onebow.apps.ledger.access import Look, log_access
from onebow.apps.ledger.models import AccessRecord
from onebow.apps.organizations import rules
from onebow.apps.organizations.models import ListBatch, Restructuring
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.queries.restructuring.papers.lists import planned_lists
from onebow.apps.organizations.queries.restructuring.papers.records import records_of_lists
from onebow.apps.organizations.services.member_lists import about, draft_word, order_of, origin_of, read_at

State = ListBatch.State
TASK = "onebow.apps.organizations.tasks.make_lists"
INTERRUPTED = "生成中断,没有留下文件。可以重新生成。"
# After so long a batch has been fetched, or never will be.
KEPT = timedelta(days=7)
LARGEST_BYTES = 500_000_000


def progress_key(batch_id: int) -> str:
    """The name of a batch's progress in the data folder."""
    return f"lists-{batch_id}"


@write()
def request_lists(plan_id: int, *, reason: str, by: User, at: datetime, queue: bool = True) -> ListBatch:
    """Have the lists of all planned branches made; while that runs, asking again gives the same batch.

    Raises:
        Refused: `by` does not keep the unit, the plan has no branches, or no reason is given.
    """
    # Locked, so that of two clicks the second one sees the batch of the first.
    plan = Restructuring.objects.select_for_update(of=("self",)).select_related("root").get(pk=plan_id)
    rules.check_can_manage(plan.root, reach_of(by, timezone.localdate(at)))
    rules.check_reason(reason, "用途")
    lists = plan.planned.exclude(kind="general_branch").count()
    if not lists:
        raise Refused("方案中没有支部,没有名册可以生成。")
    running = plan.list_batches.filter(made_by=by, state=State.RUNNING).first()
    if running is not None:
        if not is_silent(running):
            return running
        _fail(running.pk, INTERRUPTED)
    batch = ListBatch.objects.create(
        restructuring=plan, reason=" ".join(reason.split())[:200], lists=lists, made_by=by, made_at=at
    )
    write_progress(progress_key(batch.pk), 0, 0, "正在排队")
    if queue:
        async_task(TASK, batch.pk)
    return batch


def make_lists(batch_id: int, *, at: datetime, now: Callable[[], datetime]) -> None:
    """Make the files of a batch; delivered twice it does nothing the second time."""
    batch = ListBatch.objects.select_related("made_by").get(pk=batch_id)
    if batch.state != State.RUNNING:
        return
    try:
        orders = _read(batch, at)
        packed = render_many(orders, "docx", at=at, tell=_teller(batch_id, 0, "正在生成 Word 名册"))
        merged = render_many(orders, "pdf", at=at, tell=_teller(batch_id, len(orders), "正在生成 PDF 名册"))
        _keep(batch_id, packed, merged, at=now())
    except Refused as refused:
        _fail(batch_id, str(refused))
    except Exception:
        _fail(batch_id, INTERRUPTED)
        raise
    clear_progress(progress_key(batch_id))


@write()
def _read(batch: ListBatch, at: datetime) -> list[Order]:
    """What the lists hold, read on the authority of whoever asked, and told in the access log."""
    by = batch.made_by
    reach = reach_of(by, timezone.localdate(at))
    plan = Restructuring.objects.select_related("root", "committee").get(pk=batch.restructuring_id)
    rules.check_can_manage(plan.root, reach)
    found = planned_lists(plan, reach)
    rows = sum(len(one.people) for one in found)
    what = AccessRecord.What.EXPORT_PLAN
    look = Look(what, organization_id=plan.root_id, reason=batch.reason, rows=rows, as_of=plan.facts_on)
    origin = origin_of(log_access(look, by_id=by.pk, at=at), by, about(plan))
    records = records_of_lists(plan, until=read_at(plan) or at)
    return [order_of(one, records.get(one.id, 0), origin) for one in found]


@write()
def _keep(batch_id: int, packed: bytes, merged: bytes, *, at: datetime) -> None:
    """Keep the files, unless the batch was given up meanwhile."""
    rows = ListBatch.objects.select_for_update(of=("self",)).select_related("restructuring")
    batch = rows.filter(pk=batch_id, state=State.RUNNING).first()
    if batch is None:
        return
    name = f"{batch.restructuring.name}-党员名册{draft_word(batch.restructuring)}"
    batch.archive, batch.merged = (_file(f"{name}.{end}", data, at) for end, data in (("zip", packed), ("pdf", merged)))
    batch.state, batch.done_at = State.DONE, at
    batch.save(update_fields=["archive", "merged", "state", "done_at"])


def _file(name: str, data: bytes, at: datetime) -> File:
    return keep_file(SimpleUploadedFile(name, data), at=at, limit_bytes=LARGEST_BYTES)


def is_silent(batch: ListBatch) -> bool:
    """Whether the work on a batch has died: it says that it runs, but nothing was heard for long."""
    progress = read_progress(progress_key(batch.pk))
    return progress is None or progress.silent


def forget_lists(*, at: datetime) -> int:
    """Drop the batches of some days ago with their files. Returns how many."""
    return drop_lists(ListBatch.objects.filter(made_at__lt=at - KEPT))


@write()
def drop_lists(batches: QuerySet[ListBatch]) -> int:
    """Drop batches with their files."""
    rows = list(batches.select_related("archive", "merged"))
    for row in rows:
        clear_progress(progress_key(row.pk))
        row.delete()
        for file in filter(None, (row.archive, row.merged)):
            drop_file(file)
    return len(rows)


def _fail(batch_id: int, reason: str) -> None:
    clear_progress(progress_key(batch_id))
    ListBatch.objects.filter(pk=batch_id, state=State.RUNNING).update(state=State.FAILED, failure=reason[:500])


def _teller(batch_id: int, before: int, text: str) -> Callable[[int, int], None]:
    """Both forms count as one work: what was done before comes first."""
    return lambda done, total: write_progress(progress_key(batch_id), before + done, 2 * total, text)
