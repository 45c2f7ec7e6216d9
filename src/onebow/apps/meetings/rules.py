"""Who may plan and record meetings, when one is quorate, and what passes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from onebow.apps.base.filters import day
from onebow.apps.base.refusals import Refused
from onebow.apps.meetings.models import Meeting, MeetingKind
from onebow.apps.organizations.models import Organization, Post
from onebow.apps.organizations.queries.reach import Operator, Reach
from onebow.cores.regulations.table import rule
from onebow.cores.regulations.votes import Attendance, ordinary_vote

Q = MeetingKind.Quorum
MOST_HOURS = Decimal(24)
PLANNED = Meeting.State.PLANNED


def check_can_write(
    organization: Organization, reach: Reach | Operator, today: date, recorder_id: int | None = None
) -> None:
    """Meetings are planned and recorded by secretaries and officers, a group's by its leader, one by its recorder."""
    if reach.leads(organization.path):
        return
    person_id = reach.person_id if isinstance(reach, Reach) else None
    if person_id and person_id == recorder_id:
        return
    if person_id and organization.kind == Organization.Kind.GROUP:
        held = Post.objects.on(today).filter(organization=organization, person=person_id, role=Post.Role.GROUP_LEADER)
        if held.exists():
            return
    raise Refused(f"“{organization.name}”的会议由它的书记、负责人、指定的记录人或党务干部安排和记录。")


def check_state(meeting: Meeting, *states: str) -> None:
    """A deed fits some states only."""
    if meeting.state not in states:
        raise Refused(f"“{meeting.title}”{meeting.get_state_display()},不能再这样办理。")


def check_day(organization: Organization, on: date, today: date) -> None:
    """A meeting is recorded once it was held, by an organization that stood that day."""
    if on > today:
        raise Refused("召开日期不能晚于今天;将来的会议请先“安排会议”。")
    check_stood(organization, on)


def check_stood(organization: Organization, on: date) -> None:
    """What did not exist on a day held no meeting on it."""
    if organization.starts_on is not None and on < organization.starts_on:
        raise Refused(f"“{organization.name}”{day(organization.starts_on)}才设立,{day(on)}不会有它的会议。")
    if organization.ends_on is not None and on >= organization.ends_on:
        raise Refused(f"“{organization.name}”已于{day(organization.ends_on)}撤销,{day(on)}不会有它的会议。")


def check_hours(hours: Decimal) -> None:
    """Longer than nothing, not longer than a day."""
    if not 0 < hours <= MOST_HOURS:
        raise Refused("时长应大于 0、不超过 24 小时;几天的培训请按天分别记录。")


def needed_of(quorum: str, due: int, on: date) -> int:
    """How many of those who count must be present; 0 where the kind asks for none, never 0 where it does."""
    if quorum == Q.NONE:
        return 0
    if quorum == Q.COMMITTEE:
        return max(1, -(-due // 2))
    if rule("VOTE-ORDINARY", on=on) is None:
        return 1
    return max(1, ordinary_vote(Attendance(due, 0), 0, on=on).present_needed)


def quorum_kind(kinds: Iterable[MeetingKind]) -> MeetingKind | None:
    """Of all that a meeting is at once, the kind whose quorum it needs."""
    return next((kind for kind in kinds if kind.quorum), None)


@dataclass(frozen=True)
class Count:
    """Who counts at a meeting: due, present of them, and how many of them must be."""

    due: int
    present: int
    needed: int

    @property
    def is_quorate(self) -> bool:
        """Whether enough are present."""
        return self.present >= self.needed


def check_votes(text: str, count: Count, yes: int | None, no: int | None, abstained: int | None) -> None:
    """No more votes than voters; all counts or none."""
    if yes is None and (no is not None or abstained is not None):
        raise Refused(f"决议“{text[:20]}”:请填写赞成票数;一致同意的可以都不填。")
    total = (yes or 0) + (no or 0) + (abstained or 0)
    if total > count.present:
        raise Refused(f"决议“{text[:20]}”:票数合计 {total},多于到会有表决权的 {count.present} 人。")


def has_passed(count: Count, yes: int | None) -> bool:
    """More than half of those who should attend are in favour; without a count all who were present agreed."""
    return count.is_quorate and 2 * (count.present if yes is None else yes) > count.due


def check_keeps(kinds: Sequence[MeetingKind], *contents: object) -> None:
    """Where a kind keeps no content there is none, and it is never one of several kinds."""
    kind = next((one for one in kinds if not one.keeps_minutes), None)
    if kind is None:
        return
    if len(kinds) > 1:
        raise Refused(f"“{kind.name}”只单独记录,不与其他会议合并。")
    if any(contents):
        raise Refused(f"“{kind.name}”只记录参加人和日期,不记录内容、议程和决议,不附文件。")


def check_resolves(kinds: Iterable[MeetingKind], count: Count) -> None:
    """Resolutions are passed by kinds that may, and with a quorum alone."""
    if not any(kind.passes for kind in kinds):
        raise Refused("这类会议不形成决议;需要表决的事项请另作为支部党员大会或委员会会议记录。")
    if not count.is_quorate:
        raise Refused(
            f"应到 {count.due} 人,实到 {count.present} 人,法定人数 {count.needed} 人,"
            f"还差 {count.needed - count.present} 人:只能作为讨论记录,不能形成决议。"
        )
