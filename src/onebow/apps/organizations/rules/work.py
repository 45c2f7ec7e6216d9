"""What may be told of work, corrected, decided on and erased."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from django.utils import timezone

from onebow.apps.base.filters import day
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.kinds import LATE_DAYS, NOTES
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import Organization, Person, RosterImport
from onebow.cores.timekeeping import working_days_later


class Seat(Protocol):
    """Where somebody stands, as far as a rule needs to know."""

    @property
    def user_id(self) -> int | None:
        """The account."""

    @property
    def managed(self) -> tuple[str, ...]:
        """Paths of subtrees that an officer keeps."""

    @property
    def led(self) -> tuple[str, ...]:
        """Paths of subtrees that a secretary or head leads."""

    def covers(self, organization: Organization) -> bool:
        """Whether the organization is theirs to open."""


def check_can_note(organization: Organization, reach: Seat, happened_on: date, today: date) -> None:
    """Work is told by those who belong to, lead or keep the organization, once it has happened."""
    if not reach.covers(organization):
        raise Refused(f"您不在“{organization.name}”,不能替它登记工作。")
    if not organization.holds_on(happened_on):
        raise Refused(f"“{organization.name}”在{day(happened_on)}还没有设立或已经撤销。")
    if happened_on > today:
        raise Refused("工作发生的日期不能晚于今天。")


def check_not_succeeded(
    organization: Organization, reach: Seat, happened_on: date, successor: Organization | None
) -> None:
    """For what was dissolved nobody tells of later work, nor of earlier work but those who still keep it."""
    if organization.ends_on is None or (happened_on < organization.ends_on and reach.covers(organization)):
        return
    gone = f"“{organization.name}”已于{day(organization.ends_on)}撤销"
    if successor is None:
        raise Refused(f"{gone},不能再替它登记工作。")
    raise Refused(f"{gone},由“{successor.name}”承继,请登记到“{successor.name}”。")


def leads(reach: Seat, organization: Organization | None) -> bool:
    """Whether the user keeps or leads the organization."""
    return organization is not None and any(organization.path.startswith(top) for top in (*reach.managed, *reach.led))


def check_can_correct(entry: Entry, organization: Organization | None, reach: Seat, today: date) -> None:
    """What was noted is corrected by its recorder within the days allowed, later by a secretary or officer."""
    if entry.kind not in NOTES:
        raise Refused("这类条目由系统随办理自动记录,请在相应的页面更正(例如人员、组织页面)。")
    if hasattr(entry, "correction"):
        raise Refused(f"第 {entry.pk} 条已经更正过,请在最新的一条上更正。")
    if leads(reach, organization):
        return
    if entry.by_id != reach.user_id:
        raise Refused("只有记录人、书记或党务干部可以更正。")
    if today > working_days_later(timezone.localdate(entry.recorded_at), LATE_DAYS):
        raise Refused(f"记录已超过 {LATE_DAYS} 个工作日,请由书记或党务干部更正。")


def check_can_decide_late(reach: Seat) -> None:
    """Late entries are decided on by secretaries, heads and officers."""
    if not (reach.managed or reach.led):
        raise Refused("补录由书记或党务干部审批。")


def check_can_erase(person: Person, rosters: Iterable[RosterImport], today: date) -> None:
    """Nobody is erased who still belongs somewhere or holds a post, nor while a roster of the unit waits.

    The originals of the unit's rosters go with the person: one that waits would take others' work with it.
    """
    belongs = person.memberships.not_ended(today).select_related("organization").first()
    if belongs:
        raise Refused(f"{person.name}仍在“{belongs.organization.name}”,请先登记调离,再删除个人信息。")
    if post := person.posts.not_ended(today).select_related("organization").first():
        raise Refused(f"{person.name}仍任“{post.organization.name}”{post.get_role_display()},请先免职,再删除个人信息。")
    State = RosterImport.State  # noqa: N806 (a class)
    waiting = (State.CHECKING, State.CHECKED, State.APPLYING)
    if roster := next((one for one in rosters if one.state in waiting), None):
        raise Refused(
            f"花名册“{roster.file.name}”(第 {roster.pk} 次导入,{roster.get_state_display()})还没有办完,"
            "删除个人信息会一并删除它的原件。请先完成或放弃这次导入。"
        )
