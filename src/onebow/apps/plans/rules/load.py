"""What must hold of a ceiling."""

from datetime import date
from decimal import Decimal

from onebow.apps.base.refusals import Refused
from onebow.apps.plans.models import LoadCeiling


def check_value(value: Decimal) -> None:
    """A ceiling of nothing is none."""
    if value <= 0:
        raise Refused("上限应大于 0。")


def check_follows(former: LoadCeiling | None, starts_on: date) -> None:
    """A new value begins after the one that it follows."""
    if former and former.starts_on and starts_on <= former.starts_on:
        raise Refused(f"现行上限自 {former.starts_on:%Y-%m-%d} 起执行,新的上限应晚于这一天。")


def check_is_open(ceiling: LoadCeiling) -> None:
    """What has ended is not ended again."""
    if ceiling.ends_on is not None:
        raise Refused("这项上限已经停止执行。")
