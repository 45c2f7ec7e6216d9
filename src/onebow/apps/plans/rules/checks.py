"""Who may check, answer, close and return; and what may be closed."""

from collections.abc import Collection
from datetime import date

from onebow.apps.base.filters import day
from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.reach import Operator, Reach
from onebow.apps.plans.checking.mending import Mending
from onebow.apps.plans.checking.periods import MONTHS, is_calendar
from onebow.apps.plans.checking.sorts import ABOUT, OF_DUTIES
from onebow.apps.plans.models import CheckRun, Gap

LONGEST_NAMED = 30


def check_can_run(organization: Organization, reach: Reach | Operator) -> None:
    """Officers, and who leads the organization or one above it."""
    if not reach.leads(organization.path):
        raise Refused(f"“{organization.name}”的检查由它或上级的书记、行政负责人、党务干部进行。")


def check_period(run: CheckRun, words: str, on: date) -> None:
    """Of the calendar, begun, and of an organization that was there in it; `words` says the period."""
    organization = run.organization
    if run.kind in MONTHS and not is_calendar(run.kind, run.starts_on, run.ends_on):
        raise Refused(f"{run.get_kind_display()}按自然月、季、半年进行,{words}不是这样的时段。")
    if run.starts_on > on:
        raise Refused(f"{words}还没有开始,到时候再检查。")
    if organization.starts_on and organization.starts_on >= run.ends_on:
        raise Refused(f"“{organization.name}”{day(organization.starts_on)}成立,不检查成立以前的{words}。")
    if organization.ends_on and organization.ends_on <= run.starts_on:
        raise Refused(f"“{organization.name}”{day(organization.ends_on)}已经撤销,不检查撤销以后的{words}。")


def check_campaign(run: CheckRun) -> None:
    """A special campaign says its name and what it looks for; no duty belongs to a drive."""
    if not run.title or not run.sorts:
        raise Refused("专项整治要写明名称,并至少选择一项检查内容。")
    if run.drive_id and set(run.sorts) & set(OF_DUTIES):
        raise Refused("应办事项不属于专项活动:限定专项活动时,请不选“应办未落实”和“应办不足”。")


def check_can_answer(gap: Gap, reach: Reach | Operator) -> None:
    """Who answers for it, or leads its organization or one above it, says what was done."""
    _check_living(gap)
    owns = isinstance(reach, Reach) and reach.person_id is not None and reach.person_id == gap.person_id
    if not owns and not reach.leads(gap.organization.path):
        raise Refused(f"“{short(gap)}”由责任人,或“{gap.organization.name}”的负责人、党务干部说明。")


def check_can_judge(gap: Gap, reach: Reach | Operator) -> None:
    """Who leads or keeps its organization or one above it closes and returns; the machine is nobody in particular."""
    _check_living(gap)
    if not isinstance(reach, Reach):
        raise Refused("销号和退回要由登录的另一个人办理,不能在命令行进行。")
    if not reach.leads(gap.organization.path):
        raise Refused(f"“{short(gap)}”由“{gap.organization.name}”或上级的书记、行政负责人、党务干部销号。")


def check_is_another(gap: Gap, reach: Reach, mending: Mending, answering: Collection[int | None]) -> None:
    """Another person than who answers for it, who said it was done, and who recorded what mended it."""
    if reach.person_id is not None and reach.person_id in answering:
        raise Refused(f"“{short(gap)}”由您负责,不能自己销号,请由另一个人核对后销号。")
    if gap.answered_by_id is not None and gap.answered_by_id == reach.user_id:
        raise Refused(f"“{short(gap)}”的补救情况是您说明的,不能自己销号,请由另一个人核对后销号。")
    if reach.user_id in mending.by:
        raise Refused(f"“{short(gap)}”的补办是您登记的,不能自己销号,请由另一个人核对后销号。")


def check_is_mended(gap: Gap, mending: Mending) -> None:
    """A sentence does not close it: the facts do."""
    if not mending.is_mended:
        raise Refused(f"“{short(gap)}”{ABOUT[gap.sort].missing},不能销号。")


def check_can_return(gap: Gap, reach: Reach | Operator) -> None:
    """What was answered may go back."""
    check_can_judge(gap, reach)
    if gap.state != Gap.State.ANSWERED:
        raise Refused(f"“{short(gap)}”还没有说明补救情况,不用退回。")


def short(gap: Gap) -> str:
    """Its title, cut."""
    title = gap.title
    return title if len(title) <= LONGEST_NAMED else f"{title[:LONGEST_NAMED]}…"


def _check_living(gap: Gap) -> None:
    if gap.state == Gap.State.CLOSED:
        who = gap.closed_by.display_name if gap.closed_by else "其他人"
        raise Refused(f"“{short(gap)}”已由{who}销号,不用重复办理。")
    if gap.state == Gap.State.VOID:
        raise Refused(f"“{short(gap)}”已不再适用:{gap.void_reason}")
