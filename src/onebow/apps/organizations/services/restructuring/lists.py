"""The member lists of all branches of a plan: asked for, made by the worker, kept for some days, dropped."""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone
from django_q.tasks import async_task

from onebow.apps.accounts.models import User
from onebow.apps.base import batches
from onebow.apps.base.progress import clear_progress
from onebow.apps.base.refusals import Refused
from onebow.apps.base.snapshots import snapshot
from onebow.apps.base.transactions import write
from onebow.apps.documents.official.rendering import Order, render_many
from onebow.apps.ledger.access import Look, log_access
from onebow.apps.ledger.models import AccessRecord
from onebow.apps.organizations import rules
from onebow.apps.organizations.models import ListBatch, Restructuring
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.queries.restructuring.papers.lists import MemberList, planned_lists
from onebow.apps.organizations.queries.restructuring.papers.records import records_of_lists
from onebow.apps.organizations.services.member_lists import about, draft_word, order_of, origin_of, read_at

State = ListBatch.State
TASK = "onebow.apps.organizations.tasks.make_lists"


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
    if running := batches.still_running(plan.list_batches.filter(made_by=by)):
        return running
    batch = ListBatch.objects.create(
        restructuring=plan, reason=" ".join(reason.split())[:200], lists=lists, made_by=by, made_at=at
    )
    batches.begin(batch)
    if queue:
        async_task(TASK, batch.pk)
    return batch


def make_lists(batch_id: int, *, at: datetime, now: Callable[[], datetime]) -> None:
    """Make the files of a batch; delivered twice it does nothing the second time."""
    batch = ListBatch.objects.select_related("made_by", "restructuring").get(pk=batch_id)
    if batch.state != State.RUNNING:
        return
    try:
        orders = _read(batch, at)
        # Both forms count as one work.
        count = len(orders)
        packed = render_many(orders, "docx", at=at, tell=batches.teller(batch, 0, 2 * count, "正在生成 Word 名册"))
        merged = render_many(orders, "pdf", at=at, tell=batches.teller(batch, count, 2 * count, "正在生成 PDF 名册"))
        name = f"{batch.restructuring.name}-党员名册{draft_word(batch.restructuring)}"
        files = {"archive": (f"{name}.zip", packed), "merged": (f"{name}.pdf", merged)}
        batches.keep(batch, files, at=now())
    except Refused as refused:
        batches.fail(batch, str(refused))
    except Exception:
        batches.fail(batch, batches.INTERRUPTED)
        raise
    clear_progress(batch.progress_key)


def _read(batch: ListBatch, at: datetime) -> list[Order]:
    """What the lists hold, read on the authority of whoever asked, and told in the access log before they leave.

    Read without the lock for writing, so that nobody waits.
    """
    by = batch.made_by
    with snapshot():
        reach = reach_of(by, timezone.localdate(at))
        plan = Restructuring.objects.select_related("root", "committee").get(pk=batch.restructuring_id)
        rules.check_can_manage(plan.root, reach)
        found = planned_lists(plan, reach)
        records = records_of_lists(plan, until=read_at(plan) or at)
    origin = _told(plan, batch, found, at)
    return [order_of(one, records.get(one.id, 0), origin) for one in found]


@write()
def _told(plan: Restructuring, batch: ListBatch, found: list[MemberList], at: datetime) -> str:
    """That the lists leave, in the access log; the words that each of them says of it."""
    rows = sum(len(one.people) for one in found)
    what = AccessRecord.What.EXPORT_PLAN
    look = Look(what, organization_id=plan.root_id, reason=batch.reason, rows=rows, as_of=plan.facts_on)
    return origin_of(log_access(look, by_id=batch.made_by_id, at=at), batch.made_by, about(plan))


def forget_lists(*, at: datetime) -> int:
    """Drop the batches of some days ago with their files. Returns how many."""
    return batches.forget(ListBatch, at=at)
