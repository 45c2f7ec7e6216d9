"""What may be written of transfers."""

from datetime import date, timedelta

from onebow.apps.affairs.models import Transfer
from onebow.apps.affairs.rules.citing import ground, number_of
from onebow.apps.base.filters import day
from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.models.organizations import SEGMENT
from onebow.apps.organizations.queries.reach import Operator, Reach
from onebow.cores.regulations.table import rule

Kind = Organization.Kind
Direction, State = Transfer.Direction, Transfer.State
# A letter that is good for longer is a slip of the pen.
LONGEST_DAYS = 366
# The way back: a member may come from any of them, and goes to these alone.
PLACES = (Kind.BRANCH, Kind.JOINT_BRANCH, Kind.GROUP)
WORDS = {State.WITHDRAWN: "撤回", State.RETURNED: "退回", State.LAPSED: "登记失效"}


def check_can_issue(branch: Organization, authority: Reach | Operator) -> None:
    """Letters are written, and incoming ones registered, by officers of the side that is ours."""
    if not authority.manages(branch.path):
        raise Refused(f"“{branch.name}”的组织关系由管理它的党务干部转接。")


def check_can_receive(transfer: Transfer, authority: Reach | Operator) -> None:
    """A receipt is recorded by the side that takes in; the letter speaks for the other one."""
    sides = [side for side in (transfer.target, transfer.source) if side]
    if not any(authority.manages(side.path) for side in sides):
        raise Refused(f"“{sides[0].name}”的回执由管理它的党务干部登记。")


def check_can_end(transfer: Transfer, authority: Reach | Operator) -> None:
    """A letter is taken back by the side that wrote it; what came in is sent back by the side to which it came."""
    side = transfer.source or transfer.target
    if side is not None and not authority.manages(side.path):
        raise Refused(f"这封介绍信由管理“{side.name}”的党务干部撤回或退回。")


def check_is_place(organization: Organization, on: date) -> None:
    """Members are placed in branches and groups that stand; temporary ones take part in no transfer."""
    if organization.kind == Kind.TEMPORARY_BRANCH:
        told = f"“{organization.name}”是临时党支部,不转接党员组织关系{ground('BR-TEMP-LIMITS', on)}。"
        raise Refused(f"{told}请转到党员所在的正式党支部。")
    if organization.kind not in PLACES:
        raise Refused(f"“{organization.name}”不是党支部,党员要编入支部{ground('MBR-BRANCH', on)}。")
    if not organization.holds_on(on):
        raise Refused(f"“{organization.name}”在{day(on)}还没有成立或已经撤销。")


def check_two_sides(source: Organization, target: Organization) -> None:
    """Within the product both sides are different branches of one tree."""
    if source.pk == target.pk:
        raise Refused("转出和转入是同一个支部,请另选转入的支部。")
    if source.path[:SEGMENT] != target.path[:SEGMENT]:
        raise Refused(f"“{target.name}”不在同一棵党组织树上,请按“转出”办理。")


def check_letter(issued_on: date, valid_days: int, basis: str, today: date) -> None:
    """Not of a day ahead; valid for longer than the rule says only with a ground."""
    if issued_on > today:
        raise Refused("开具日期不能晚于今天。")
    if not 0 < valid_days <= LONGEST_DAYS:
        raise Refused(f"有效天数应在 1 至 {LONGEST_DAYS} 天之间。")
    usual = number_of("MBR-LETTER", "days", issued_on)
    if valid_days > usual and not basis.strip():
        raise Refused(f"介绍信有效期一般不超过 {usual} 天{ground('MBR-LETTER', issued_on)};超过的请写明有效期说明。")


def check_waits(transfer: Transfer) -> None:
    """Nothing more happens to what is over."""
    if transfer.state == State.RECEIVED:
        raise Refused(f"{transfer.person.name}的组织关系已于{day(transfer.received_on)}接收,不需要再次登记。")
    if transfer.state != State.ISSUED:
        raise Refused(f"这封介绍信{transfer.get_state_display()},请重新开具。")


def check_receipt_day(transfer: Transfer, on: date, today: date) -> None:
    """The receipt is not of a day ahead, and not from before the letter."""
    if on > today:
        raise Refused("接收日期不能晚于今天;将来的接收请在当天登记。")
    if on < transfer.issued_on:
        raise Refused(f"接收日期不能早于介绍信的开具日期({day(transfer.issued_on)})。")


def check_end(transfer: Transfer, state: str, on: date, today: date) -> None:
    """A letter lapses only after its last valid day."""
    if state not in WORDS:
        raise Refused("请选择撤回、退回或失效。")
    if on > today:
        raise Refused("日期不能晚于今天。")
    if on < transfer.issued_on:
        raise Refused(f"日期不能早于介绍信的开具日期({day(transfer.issued_on)})。")
    if state == State.LAPSED and on <= transfer.valid_until:
        first = transfer.valid_until + timedelta(days=1)
        raise Refused(f"介绍信到{day(transfer.valid_until)}仍然有效,{day(first)}起才能登记失效。")


def check_can_print(transfer: Transfer) -> None:
    """A letter names its person, or is none."""
    if transfer.person.erased_on:
        raise Refused("这个人的个人信息已经删除,介绍信不能再打印。")


def check_can_answer(transfer: Transfer, on: date, today: date) -> None:
    """Our receipt goes back once, after somebody from elsewhere was received."""
    if transfer.direction != Direction.IN:
        raise Refused("只有从外单位转入的,才需要寄回回执。")
    if transfer.received_on is None:
        raise Refused("请先登记接收,再登记寄回回执。")
    if transfer.answered_on:
        raise Refused(f"回执已于{day(transfer.answered_on)}寄回。")
    if not transfer.received_on <= on <= today:
        raise Refused(f"寄回日期应在接收日期({day(transfer.received_on)})以后,且不晚于今天。")


def moves(on: date) -> str:
    """That a letter alone moves nobody, with its rule."""
    found = rule("MBR-MOVES", on=on)
    return found.text if found else ""


def effect_of(transfer: Transfer) -> str:
    """What the receipt will bring about, in a sentence."""
    if transfer.target is None:
        return f"登记后,组织关系从接收日期起不在“{transfer.from_words}”,在该支部的党内职务同时结束。"
    if transfer.source is None:
        return f"登记后,从接收日期起编入“{transfer.target.name}”;回执寄回后再登记一次寄回日期。"
    return (
        f"登记后,从接收日期起由“{transfer.source.name}”编入“{transfer.target.name}”,一次完成;原支部的党内职务同时结束。"
    )
