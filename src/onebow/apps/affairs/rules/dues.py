"""What may be written of dues."""

from datetime import date
from decimal import Decimal

from onebow.apps.affairs.models import DuesBase, DuesRelief
from onebow.apps.affairs.months import FIRST, month_of, shifted, words_of
from onebow.apps.affairs.rules.citing import ground
from onebow.apps.base.filters import day
from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import Organization
from onebow.cores.regulations.dues import farmer_range

Kind = Organization.Kind
COLLECTING = (Kind.BRANCH, Kind.JOINT_BRANCH)
# More is a slip: nobody of a branch has so much a month.
MOST = Decimal(1_000_000)
LONGEST_MONTHS = 24


def check_keeps(branch: Organization, is_kept: bool) -> None:
    """Bases are kept, and seen, by officers and by secretary and deputy of the branch itself."""
    if not is_kept:
        raise Refused(f"“{branch.name}”的党费基数由它的书记、副书记或党务干部核定。")


def check_collects(branch: Organization, on: date) -> None:
    """Branches collect dues; temporary ones do not."""
    if branch.kind == Kind.TEMPORARY_BRANCH:
        told = f"“{branch.name}”是临时党支部,不收缴党费{ground('BR-TEMP-LIMITS', on)}。"
        raise Refused(f"{told}党费由党员组织关系所在的支部收缴{ground('DUES-BRANCH', on)}。")
    if branch.kind not in COLLECTING:
        raise Refused(f"“{branch.name}”不是党支部,党费按党支部测算{ground('DUES-BRANCH', on)}。")


def check_month(month: date, today: date) -> None:
    """Not before the rule, and at most the month after this one."""
    if month < FIRST:
        raise Refused(f"党费比例自{words_of(FIRST)}起施行,不能早于这个月。")
    if month > shifted(month_of(today), 1):
        raise Refused("起始月份不能晚于下个月。")


def check_base(kind: str, base: Decimal | None, month: date) -> None:
    """An amount that fits the kind; those who pay the same whatever they get have none."""
    if problem := problem_of(kind, base, month):
        raise Refused(problem)


def problem_of(kind: str, base: Decimal | None, month: date) -> str:
    """What is wrong with a base, in a sentence; empty if nothing is."""
    if kind not in DuesBase.Kind.values:
        return "请选择人员类别。"
    if kind in DuesBase.WITHOUT:
        return "" if base is None else f"{DuesBase.Kind(kind).label}党员每月定额交纳,不填基数。"
    if base is None:
        return "请填写每月基数。"
    if not base.is_finite() or base < 0:
        return "基数不能是负数。"
    if base >= MOST:
        return f"基数超过 {MOST:,} 元,请核对。"
    if base != round(base, 2):
        return "基数最多两位小数。"
    if kind == DuesBase.Kind.FARMER:
        least, most = farmer_range(month)
        if not least <= base <= most:
            return f"农民党员每月交纳 {least:f} 至 {most:f} 元{ground('DUES-FARMER', month)},请填写这个范围内的数额。"
    return ""


def check_relief_months(first: date, last: date) -> None:
    """In order, and not for ever."""
    if last < first:
        raise Refused("截止月份不能早于起始月份。")
    if last >= shifted(first, LONGEST_MONTHS):
        raise Refused(f"一次减免最长 {LONGEST_MONTHS} 个月,到期仍有困难的重新申请。")


def check_relief_days(applied_on: date, studied_on: date, today: date) -> None:
    """The member applies, then the branch studies it."""
    if studied_on < applied_on:
        raise Refused(f"支部研究日期不能早于本人申请日期({day(applied_on)}){ground('DUES-RELIEF', studied_on)}。")
    if studied_on > today:
        raise Refused("支部研究日期不能晚于今天:先由支部研究,再报上级批准。")


def check_relief_waits(relief: DuesRelief) -> None:
    """What was decided stays."""
    if relief.state != DuesRelief.State.ASKED:
        raise Refused(f"这份减免申请{relief.get_state_display()},不需要再次办理。")
