"""Verifying the ledger and remembering what came of it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from onebow import home
from onebow.apps.accounts.models import User
from onebow.apps.ledger.services import ClockSetBack, Event, record
from onebow.apps.ledger.verification import Report, verify
from onebow.apps.organizations.queries.ledger import missing

SHOWN = 200


@dataclass(frozen=True)
class Checked:
    """The last verification, as the page shows it."""

    at: str
    size: int
    root: str
    fault_count: int
    faults: list[str]
    notes: list[str]


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
        # Verification must be possible just when something is wrong; the lines say so.
        report.note("服务器时间早于最后一条记录,这次校验没有记入台账。")
    return report


def last_checked() -> Checked | None:
    """What the last verification found; None if there was none in this data folder."""
    try:
        return Checked(**json.loads(_path().read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _keep(report: Report, at: datetime) -> None:
    checked = Checked(
        timezone.localtime(at).strftime("%Y-%m-%d %H:%M"),
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
    return home.folder("run") / "ledger-verification.json"
