"""Checks of the ledger for `onebow doctor`."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from onebow.apps.base.checks_machine import why_not_writable
from onebow.apps.base.filters import moment
from onebow.apps.ledger.models import Entry
from onebow.apps.ledger.witness import witness_path, witnessed

# Two machines that are set by the same time server differ by less.
TOLERANCE = timedelta(minutes=2)
# The head is signed every hour.
WITNESS_AGE = timedelta(hours=2.5)
SIGNING = "onebow.apps.ledger.tasks.sign_head"


def clock_faults() -> Iterator[str]:
    """The clock is not behind what was recorded already."""
    last = Entry.objects.order_by("-pk").values_list("recorded_at", flat=True).first()
    now = timezone.now()
    if last and last - now > TOLERANCE:
        told = timezone.localtime(now), timezone.localtime(last)
        yield (
            f"系统时钟({moment(told[0])})早于台账最后一条的时间({moment(told[1])})。"
            "请对准时钟(timedatectl 查看),在此之前不要录入。"
        )


def witness_faults() -> Iterator[str]:
    """The file of signed heads can be written, and the last one is fresh."""
    file = witness_path()
    if why := why_not_writable(file):
        yield f"见证文件 {file} 不可写({why})。请检查目录权限;在共享目录上时检查它是否已挂载。"
    elif SIGNING in settings.HOURLY and Entry.objects.exists():
        yield from _age_faults(file)


def _age_faults(file: Path) -> Iterator[str]:
    # By what was signed, not by when the file changed: alarms are written there too.
    times = [line["time"] for line in witnessed() if "signature" in line and isinstance(line.get("time"), str)]
    if not times:
        yield f"见证文件 {file} 还没有签名存证。请确认 onebow work 在运行,一小时内会自动签名。"
    elif (age := timezone.now() - datetime.fromisoformat(times[-1])) > WITNESS_AGE:
        hours = age.total_seconds() / 3600
        yield f"见证文件 {file} 已 {hours:.0f} 小时没有新的签名存证,应每小时一次。请确认 onebow work 在运行。"
