"""Verifying the ledger and remembering what came of it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django_q.tasks import async_task

from onebow import home
from onebow.apps.accounts.models import User
from onebow.apps.base.filters import moment
from onebow.apps.base.progress import clear_progress, read_progress, write_progress
from onebow.apps.ledger.access import Look, log_access
from onebow.apps.ledger.exporting import export
from onebow.apps.ledger.models import AccessRecord
from onebow.apps.ledger.services import ClockSetBack, Event, record, sign_head
from onebow.apps.ledger.verification import Report, verify
from onebow.apps.organizations import rules
from onebow.apps.organizations.queries.ledger import missing

SHOWN = 200
PROGRESS = "ledger-verification"
TASK = "onebow.apps.organizations.tasks.check_ledger"


@dataclass(frozen=True)
class Checked:
    """The last verification, as the page shows it."""

    at: str
    size: int
    root: str
    fault_count: int
    faults: list[str]
    notes: list[str]


@dataclass(frozen=True)
class Exported:
    """How many entries an export holds, and what it found amiss."""

    size: int
    faults: list[str]


def check_ledger(
    saved: Sequence[dict[str, Any]] = (), *, by: User | None, at: datetime, told: Any = lambda done, total: None
) -> Report:
    """Verify, record that it was done and with what result, and keep the lines for the page."""
    report = verify(saved, missing=missing, told=told)
    _keep(report, at)
    try:
        with transaction.atomic():
            data = {"size": report.size, "root": report.root, "faults": report.fault_count}
            record(Event("ledger.verified", data=data), by_id=by.pk if by else None, at=at)
    except ClockSetBack:
        report.note("服务器时间早于最后一条记录,这次校验没有记入台账。")
    except Exception:
        # Verification must be possible just when something is wrong; where nothing is, the failure is ours.
        if not report.fault_count:
            raise
        report.note("台账被改动,这次校验没有记入台账。")
    return report


def export_ledger(folder: Path, *, reason: str, at: datetime, told: Any = lambda done, total: None) -> Exported:
    """Sign the ledger and write it into a folder, for a reason that stands in the access log.

    Raises:
        Refused: no reason.
        OSError: the folder cannot be written.
    """
    rules.check_reason(reason, "用途")
    head = sign_head(at=at)
    # Before the files: no record, no file.
    with transaction.atomic():
        fields = (f"1-{head.size}",)
        log_access(Look(AccessRecord.What.EXPORT_LEDGER, fields=fields, reason=reason), by_id=None, at=at)
    return Exported(head.size, export(folder, head, lambda done: told(done, head.size)))


def request_check(*, by: User) -> None:
    """Queue a verification, unless one is under way."""
    running = read_progress(PROGRESS)
    if running is None or running.silent:
        write_progress(PROGRESS, 0, 0, "等待校验")
        async_task(TASK, by.pk)


def check_with_progress(by_id: int | None, *, at: datetime) -> int:
    """Verify, telling how far it has come. Returns how many faults there are."""
    by = User.objects.filter(pk=by_id or 0).first()
    try:
        report = check_ledger(
            by=by, at=at, told=lambda done, total: write_progress(PROGRESS, done, total, "正在逐条校验")
        )
    finally:
        clear_progress(PROGRESS)
    return report.fault_count


def last_checked() -> Checked | None:
    """What the last verification found; None if there was none in this data folder."""
    try:
        return Checked(**json.loads(_path().read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _keep(report: Report, at: datetime) -> None:
    checked = Checked(
        moment(at),
        report.size,
        report.root,
        report.fault_count,
        report.faults[:SHOWN],
        report.notes[:SHOWN],
    )
    draft = _path().with_suffix(".draft")
    draft.write_text(json.dumps(asdict(checked), ensure_ascii=False), encoding="utf-8")
    draft.replace(_path())


def _path() -> Any:
    return home.folder("run") / "ledger-checked.json"


def proof_faults() -> Iterator[str]:
    """For `onebow doctor`: what the last verification found."""
    checked = last_checked()
    if checked and checked.fault_count:
        yield (
            f"工作台账上次校验({checked.at})发现 {checked.fault_count} 处问题。"
            "请运行 onebow ledger verify 查看,保存现场,告诉审计管理员。"
        )
