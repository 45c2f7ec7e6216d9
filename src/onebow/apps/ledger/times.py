"""The clock: what is recorded never lies before what was recorded."""

import logging
from datetime import datetime, timedelta

from onebow.apps.base.filters import moment
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.witness import write_alarm

# Somebody may have waited so long for the lock; a clock further behind was set back.
PATIENCE = timedelta(minutes=5)
log = logging.getLogger(__name__)


class ClockSetBack(Refused):
    """The clock lies behind the last record: nothing is recorded until it is right."""


def checked_time(last_at: datetime | None, at: datetime) -> datetime:
    """The time to record: never before the last one.

    Raises:
        ClockSetBack: the clock lies further behind than anybody waits for a lock.
    """
    if last_at is None or at >= last_at:
        return at
    if last_at - at <= PATIENCE:
        return last_at
    log.critical("the clock lies %s behind the last record; nothing is recorded", last_at - at)
    write_alarm("clock", at)
    raise ClockSetBack(
        f"服务器时间比最后一条记录({moment(last_at)})早,可能被调回,已停止写入,刚才的操作没有保存。"
        "请系统管理员校正服务器时间。"
    )
