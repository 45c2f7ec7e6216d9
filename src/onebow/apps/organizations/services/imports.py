"""Importing a roster: hand in, check, apply, discard."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any

from django.db import OperationalError, transaction
from django.utils import timezone
from django_q.tasks import async_task

from onebow.apps.accounts.models import User
from onebow.apps.base.errors import AWAY, BUSY, FULL, trouble_of
from onebow.apps.base.files import drop_file, keep_file, path_of
from onebow.apps.base.memory import without_collection
from onebow.apps.base.models import File
from onebow.apps.base.progress import clear_progress, read_progress, write_progress
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write_alone
from onebow.apps.documents.reading import read_workbook
from onebow.apps.documents.tables import Limits, Workbook
from onebow.apps.ledger.services import Event, record
from onebow.apps.organizations import rules
from onebow.apps.organizations.models import Organization, RosterImport
from onebow.apps.organizations.queries.imports_state import stamp_of
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.organizations.services.imports_plan import Plan, Progress, Task, make_plan, read_ahead
from onebow.apps.organizations.services.imports_report import kept_report_of
from onebow.apps.organizations.services.imports_root import find_root, rooted, unsaved_root
from onebow.apps.organizations.services.imports_writing import record_in_batches, write_plan

State = RosterImport.State
LIMITS = Limits()
CHECK_TASK = "onebow.apps.organizations.tasks.check_import"
APPLY_TASK = "onebow.apps.organizations.tasks.apply_import"
INTERRUPTED = "导入中断,没有写入任何内容。可以重新开始。"
REASONS = {
    FULL: "磁盘空间不足,没有写入任何内容。请清理磁盘后重新导入。",
    BUSY: "另一项写入正在进行,没有写入任何内容。请稍后重新导入。",
    AWAY: "数据库没有应答,没有写入任何内容。请稍后重新导入。",
}


def progress_key(import_id: int) -> str:
    """The name of an import's progress in the data folder."""
    return f"import-{import_id}"


def _teller(import_id: int) -> Progress:
    return lambda done, total, text: write_progress(progress_key(import_id), done, total, text)


def hand_in_roster(upload: Any, *, root_id: int, on: date | None, by: User | None, at: datetime) -> RosterImport:
    """Keep a roster's file; checking it is the next step.

    Raises:
        Refused: `by` does not manage the root, or the file is too large.
    """
    root = Organization.objects.get(pk=root_id)
    rules.check_can_manage(root, authority_of(by, timezone.localdate(at)))
    file = keep_file(upload, at=at, limit_bytes=LIMITS.file_bytes)
    roster = open_import(file, root, on=on, by=by, at=at)
    write_progress(progress_key(roster.pk), 0, 0, "正在排队")
    async_task(CHECK_TASK, roster.pk)
    return roster


@transaction.atomic
def open_import(file: File, root: Organization, *, on: date | None, by: User | None, at: datetime) -> RosterImport:
    """A new import row in the state of being checked."""
    roster, event = _opened(file, root, on=on, by=by, at=at)
    record(event, by_id=by.pk if by else None, at=at)
    return roster


def _opened(
    file: File, root: Organization, *, on: date | None, by: User | None, at: datetime
) -> tuple[RosterImport, Event]:
    roster = RosterImport.objects.create(
        root=root,
        file=file,
        effective_on=on or timezone.localdate(at),
        report={"on_given": on is not None},
        made_by=by,
        made_at=at,
    )
    return roster, Event("import.checked", organization_id=root.pk, source=roster)


@without_collection()
def check_roster(import_id: int, *, at: datetime) -> Plan | None:
    """Read and plan, and keep the report; None if the file is refused or there is nothing to check any more."""
    roster = RosterImport.objects.select_related("root", "file").get(pk=import_id)
    if roster.state not in (State.CHECKING, State.FAILED):
        return None
    tell = _teller(import_id)
    tell(0, 0, "正在读取文件")
    try:
        plan = make_plan(*_work(roster, at), tell)
    except Refused as refused:
        _fail(import_id, str(refused))
        return None
    given = roster.report.get("on_given", False)
    report = {**kept_report_of(plan), "on_given": given}
    RosterImport.objects.filter(pk=import_id, state__in=[State.CHECKING, State.FAILED]).update(
        state=State.CHECKED, report=report, effective_on=plan.on, failure=""
    )
    clear_progress(progress_key(import_id))
    return plan


def _work(roster: RosterImport, at: datetime) -> tuple[Workbook, Task]:
    """What there is to plan."""
    path = path_of(roster.file.sha256)
    if not path.is_file():
        raise Refused("上传的文件已不在系统中,请重新上传。")
    on = roster.effective_on if roster.report.get("on_given") or roster.state == State.APPLYING else None
    return read_workbook(path, LIMITS), Task(roster.root, on, at, roster)


def begin_applying(import_id: int, *, by: User | None, at: datetime) -> RosterImport:
    """Mark a checked import as being applied; the work itself is `apply_roster`.

    Raises:
        Refused: not checked, discarded, applied already, or `by` does not manage the root.
    """
    with transaction.atomic():
        roster = RosterImport.objects.select_for_update().select_related("root").get(pk=import_id)
        rules.check_can_manage(roster.root, authority_of(by, timezone.localdate(at)))
        if roster.state not in (State.CHECKED, State.FAILED, State.APPLYING) or not roster.report.get("format"):
            raise Refused(f"这次导入的状态是“{roster.get_state_display()}”,不能执行导入。")
        roster.state, roster.failure = State.APPLYING, ""
        roster.save(update_fields=["state", "failure"])
    write_progress(progress_key(import_id), 0, 0, "正在排队")
    return roster


def request_application(import_id: int, *, by: User, at: datetime) -> RosterImport:
    """Have a checked import applied by the worker.

    Raises:
        Refused: see `begin_applying`.
    """
    roster = begin_applying(import_id, by=by, at=at)
    async_task(APPLY_TASK, roster.pk, by.pk)
    return roster


def request_check(import_id: int, *, by: User, at: datetime) -> RosterImport:
    """Have an import checked again that failed or whose check died.

    Raises:
        Refused: it is checked or applied already, or `by` does not manage the root.
    """
    with transaction.atomic():
        roster = RosterImport.objects.select_for_update().select_related("root").get(pk=import_id)
        rules.check_can_manage(roster.root, authority_of(by, timezone.localdate(at)))
        if roster.state not in (State.CHECKING, State.FAILED):
            raise Refused(f"这次导入的状态是“{roster.get_state_display()}”,不需要再预检。")
        roster.state, roster.failure = State.CHECKING, ""
        roster.save(update_fields=["state", "failure"])
    write_progress(progress_key(import_id), 0, 0, "正在排队")
    async_task(CHECK_TASK, import_id)
    return roster


@without_collection()
def apply_roster(import_id: int, *, by_id: int | None, at: datetime) -> Plan | None:
    """Plan anew and write all of it in one transaction; delivered twice it does nothing the second time."""
    roster = RosterImport.objects.select_related("root", "file").get(pk=import_id)
    if roster.state != State.APPLYING:
        return None
    tell = _teller(import_id)
    try:
        plan = make_plan(*_work(roster, at), tell)
        with write_alone():
            # With no other writer beside it: if anything was written since the plan was made, it is made anew.
            if RosterImport.objects.select_for_update().get(pk=import_id).state != State.APPLYING:
                return None
            if stamp_of() != plan.state.stamp:
                plan = make_plan(*_work(roster, at), tell, plan)
            _finish(plan, roster, [], by_id=by_id, at=at, tell=tell)
    except Refused as refused:
        _fail(import_id, str(refused))
        return None
    except Exception as error:
        _fail(import_id, _reason_of(error))
        raise
    clear_progress(progress_key(import_id))
    return plan


def _finish(
    plan: Plan, roster: RosterImport, before: list[Event], *, by_id: int | None, at: datetime, tell: Progress
) -> None:
    """Write the plan, and last of all record it, after the events of what was made for it."""
    events = write_plan(plan, roster, at=at, progress=tell)
    report = {**kept_report_of(plan), "on_given": True}
    RosterImport.objects.filter(pk=roster.pk).update(state=State.APPLIED, applied_at=at, failure="", report=report)
    tell(1, 1, "正在登记工作台账")
    record_in_batches(chain(before, events), by_id=by_id, at=at)


@dataclass(frozen=True)
class Delivery:
    """A file as the command line hands it in; without a root one is made of that name. `under` is what was asked."""

    book: Workbook
    file: File
    root: Organization | None
    name: str
    on: date | None
    under: str = ""


@without_collection()
def import_at_once(delivery: Delivery, *, at: datetime, tell: Progress) -> Plan:
    """Check and apply in one go. What is refused leaves nothing behind, not even the root of an empty database.

    Raises:
        Refused: the file is no roster, older than the last one, or the database takes nothing now.
    """
    try:
        return _import(delivery, at=at, tell=tell)
    except Refused:
        drop_file(delivery.file)
        raise
    except OperationalError as error:
        raise Refused(_reason_of(error)) from error


def _import(delivery: Delivery, *, at: datetime, tell: Progress) -> Plan:
    root, book, on = delivery.root, delivery.book, delivery.on
    if root is None:
        return _import_first(delivery, at=at, tell=tell)
    plan = make_plan(book, Task(root, on, at), tell)
    with write_alone():
        if stamp_of() != plan.state.stamp:
            plan = make_plan(book, Task(root, on, at), tell, plan)
        roster, opened = _opened(delivery.file, root, on=plan.on, by=None, at=at)
        _finish(plan, roster, [opened], by_id=None, at=at, tell=tell)
    return plan


def _import_first(delivery: Delivery, *, at: datetime, tell: Progress) -> Plan:
    """Into an empty database: the rows are read against a root that is only thought of, the rest under the lock."""
    read = read_ahead(delivery.book, Task(unsaved_root(delivery.name), delivery.on, at), tell)
    with write_alone():
        # Another import may have made the root meanwhile.
        present = find_root(delivery.under)
        top, events = (present, []) if present else rooted(delivery.name, at=at)
        plan = make_plan(delivery.book, Task(top, delivery.on, at), tell, read)
        roster, opened = _opened(delivery.file, top, on=plan.on, by=None, at=at)
        _finish(plan, roster, [*events, opened], by_id=None, at=at, tell=tell)
    return plan


def _reason_of(error: Exception) -> str:
    """What a failed transaction means to whoever waits for it."""
    return REASONS.get(trouble_of(error), INTERRUPTED)


def _fail(import_id: int, reason: str) -> None:
    clear_progress(progress_key(import_id))
    RosterImport.objects.filter(pk=import_id).exclude(state=State.APPLIED).update(
        state=State.FAILED, failure=reason[:500]
    )


def discard_roster(import_id: int, *, by: User | None, at: datetime) -> RosterImport:
    """Give an import up before it is applied.

    Raises:
        Refused: applied already or being applied, or `by` does not manage the root.
    """
    with transaction.atomic():
        roster = RosterImport.objects.select_for_update().select_related("root").get(pk=import_id)
        rules.check_can_manage(roster.root, authority_of(by, timezone.localdate(at)))
        if roster.state == State.APPLIED:
            raise Refused("这份名册已经导入,不能放弃。需要更正时请导入更正后的名册。")
        if roster.state == State.APPLYING and not is_silent(roster):
            raise Refused("正在导入,请等待完成。")
        roster.state, roster.failure = State.DISCARDED, ""
        roster.save(update_fields=["state", "failure"])
    return roster


def is_silent(roster: RosterImport) -> bool:
    """Whether work on an import has died: it says that it runs, but nothing was heard for long."""
    progress = read_progress(progress_key(roster.pk))
    return progress is None or progress.silent
