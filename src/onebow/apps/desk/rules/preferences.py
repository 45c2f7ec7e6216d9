"""When one may ask to be told."""

from datetime import time

from onebow.apps.base.refusals import Refused
from onebow.cores.timekeeping import Quiet


def check_hours(hour: int, starts: time | None, ends: time | None) -> None:
    """The quiet hours have two ends and leave the hour of the digest free.

    Raises:
        Refused: one end alone, no length, or the hour lies in them.
    """
    if (starts is None) != (ends is None):
        raise Refused("免打扰时段的开始和结束要么都填,要么都不填。")
    if starts is not None and starts == ends:
        raise Refused("免打扰时段的开始和结束相同;不需要免打扰的,请都不填。")
    if Quiet(starts, ends).holds(time(hour)):
        raise Refused(f"汇总时间 {hour}:00 落在免打扰时段内,请改其中一个。")
