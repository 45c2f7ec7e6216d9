"""Work manuals that leave the product: one at once, many by the worker. Each is told in the access log."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django_q.tasks import async_task

from onebow.apps.accounts.models import User
from onebow.apps.affairs.models import WorkbookBatch
from onebow.apps.affairs.queries.branches import branches_for, span_of, standing_in
from onebow.apps.affairs.queries.workbook.book import CHAPTERS, MINUTES, TEMPLATE, Book, book_of
from onebow.apps.affairs.queries.workbook.chapters import Case
from onebow.apps.base import batches
from onebow.apps.base.progress import clear_progress
from onebow.apps.base.refusals import Refused
from onebow.apps.base.snapshots import snapshot
from onebow.apps.base.transactions import write
from onebow.apps.documents.official.rendering import Order, render, render_many
from onebow.apps.ledger.access import Look, log_access
from onebow.apps.ledger.models import AccessRecord
from onebow.apps.organizations import rules
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.reach import Reach, reach_of
from onebow.apps.organizations.services.member_lists import origin_of

State = WorkbookBatch.State
TASK = "onebow.apps.affairs.tasks.make_workbooks"
MOST_BRANCHES = 500


@dataclass(frozen=True)
class Choice:
    """What of a year is to be printed, as of a day, and what for."""

    year: int
    on: date
    chapters: tuple[str, ...]
    reason: str

    @property
    def with_minutes(self) -> bool:
        """Whether meetings tell what was said, in short form."""
        return MINUTES in self.chapters


@dataclass(frozen=True)
class Printed:
    """A manual as a file, and its name."""

    name: str
    content: bytes


def print_workbook(organization_id: int, choice: Choice, form: str, *, by: User, at: datetime) -> Printed:
    """The manual of a branch, as .docx or .pdf.

    Raises:
        Refused: the branch did not stand in that year, or no reason is given.
        Organization.DoesNotExist: it is not theirs to read.
    """
    today = timezone.localdate(at)
    reach = reach_of(by, today)
    branch = branches_for(reach).get(pk=organization_id)
    rules.check_reason(choice.reason, "用途")
    order = _order(_book(branch, choice, reach, today), choice.reason, by, at)
    content = render(order.key, order.data, form, records=order.records, at=at, origin=order.origin)
    return Printed(f"{order.name}.{form}", content)


@write()
def request_workbooks(
    ids: Collection[int], choice: Choice, *, by: User, at: datetime, queue: bool = True
) -> WorkbookBatch:
    """Have the manuals of several branches made; while that runs, asking again gives the same batch.

    Raises:
        Refused: none or too many are chosen, one is not theirs to read, or no reason is given.
    """
    today = timezone.localdate(at)
    # Locked, so that of two clicks the second one sees the batch of the first.
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    rules.check_reason(choice.reason, "用途")
    found = _chosen(ids, choice, reach_of(by, today))
    if running := batches.still_running(WorkbookBatch.objects.filter(made_by=by)):
        return running
    batch = WorkbookBatch.objects.create(
        year=choice.year, as_of=choice.on, branches=[one.pk for one in found], chapters=list(choice.chapters),
        reason=" ".join(choice.reason.split())[:200], made_by=by, made_at=at,
    )  # fmt: skip
    batches.begin(batch)
    if queue:
        async_task(TASK, batch.pk)
    return batch


def make_workbooks(batch_id: int, *, at: datetime, now: Callable[[], datetime]) -> None:
    """Make the files of a batch; delivered twice it does nothing the second time."""
    batch = WorkbookBatch.objects.select_related("made_by").get(pk=batch_id)
    if batch.state != State.RUNNING:
        return
    try:
        count = len(batch.branches)
        orders = _read(batch, at)
        tell = batches.teller(batch, count, 2 * count, "正在生成 Word 手册")
        packed = render_many(orders, "docx", at=at, tell=tell)
        batches.keep(batch, {"archive": (f"党支部工作手册({batch.year}).zip", packed)}, at=now())
    except Refused as refused:
        batches.fail(batch, str(refused))
    except Exception:
        batches.fail(batch, batches.INTERRUPTED)
        raise
    clear_progress(batch.progress_key)


def _read(batch: WorkbookBatch, at: datetime) -> list[Order]:
    """What the manuals hold, on the authority of whoever asked."""
    by, today = batch.made_by, timezone.localdate(at)
    choice = Choice(batch.year, batch.as_of, tuple(batch.chapters), batch.reason)
    reach, orders = reach_of(by, today), []
    found = _chosen(batch.branches, choice, reach)
    tell = batches.teller(batch, 0, 2 * len(found), "正在汇总台账")
    for done, branch in enumerate(found):
        tell(done, 0)
        orders.append(_order(_book(branch, choice, reach, today), choice.reason, by, at))
    return orders


def _chosen(ids: Collection[int], choice: Choice, reach: Reach) -> list[Organization]:
    wanted = set(ids)
    if not 0 < len(wanted) <= MOST_BRANCHES:
        raise Refused(f"请勾选 1 至 {MOST_BRANCHES} 个党支部。")
    rows = standing_in(branches_for(reach), choice.year, choice.on).filter(pk__in=wanted)
    found = list(rows.order_by("path"))
    if len(found) < len(wanted):
        raise Refused("所选党支部中有的不归您管理,或者这一年还没有成立,请重新勾选。")
    return found


def _book(branch: Organization, choice: Choice, reach: Reach, today: date) -> Book:
    """Read as of one moment, without the lock for writing: forty of them would keep everybody else from it."""
    span = span_of(branch, choice.year, choice.on)
    chosen = [key for key in choice.chapters if key in CHAPTERS]
    with snapshot():
        return book_of(Case(branch, span, today, reach, choice.with_minutes), chosen)


def _order(book: Book, reason: str, by: User, at: datetime) -> Order:
    """A manual as the documents app takes it, told in the access log before anything of it leaves."""
    look = Look(
        AccessRecord.What.EXPORT_LIST, organization_id=book.case.branch.pk, reason=reason, rows=book.people,
        as_of=book.case.span.last,
    )  # fmt: skip
    with transaction.atomic():
        record = log_access(look, by_id=by.pk, at=at)
    return Order(TEMPLATE, book.data(), book.name, book.records, origin_of(record, by, ""))


def forget_workbooks(*, at: datetime) -> int:
    """Drop the batches of some days ago with their files. Returns how many."""
    return batches.forget(WorkbookBatch, at=at)
