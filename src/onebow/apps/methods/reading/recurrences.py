"""Whether a recurrence is one that a duty can follow."""

import re
from datetime import datetime
from functools import cache

from dateutil.rrule import rrulestr

PARTS = ("FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "BYWEEKNO", "BYYEARDAY", "WKST")
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
# dateutil searches to the end of its calendar, so a rule that never fires is searched for in its last twelve years:
# their leap years lie like those of our time.
FIRST = datetime(9988, 1, 1)  # noqa: DTZ001 (days, no moments)
PART = re.compile(r"([A-Z]+)=([A-Z0-9,+-]+)")


@cache
def fault_of_recurrence(text: str) -> str:
    """What is wrong with a recurrence, in Chinese; empty where it is good.

    >>> fault_of_recurrence("FREQ=MONTHLY"), fault_of_recurrence("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")
    ('', '这个周期在十年内一次也不会到')
    """
    parts = [PART.fullmatch(part) for part in text.split(";")]
    words = {part[1]: part[2] for part in parts if part}
    if not all(parts) or len(words) < len(parts):
        return "周期应写成 RFC 5545 的样子,例如 FREQ=MONTHLY;BYMONTHDAY=10"
    if strange := [word for word in words if word not in PARTS]:
        return f"周期中不能用 {strange[0]};可用 {'、'.join(PARTS)}"
    if words.get("FREQ") not in FREQUENCIES:
        return f"周期的 FREQ 应为 {'、'.join(FREQUENCIES)} 之一"
    try:
        first = next(iter(rrulestr(text, dtstart=FIRST)), None)
    except (ValueError, TypeError, OverflowError):
        return "周期的数字不正确"
    return "" if first else "这个周期在十年内一次也不会到"
