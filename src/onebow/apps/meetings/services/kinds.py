"""Kinds of meetings as a pack says them: put in place once, replaced when they say something else."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from onebow.apps.base.refusals import Refused
from onebow.apps.meetings.models import MeetingKind
from onebow.apps.organizations.models import Organization
from onebow.apps.plans.services.kinds import PackMark, end_packed, mark_packed

SIDES = ("party", "business", "both")


@dataclass(frozen=True)
class MeetingKindDraft:
    """A kind: `due_to` and `quorum` are words of `MeetingKind`, `side` is party, business or both."""

    key: str
    name: str
    side: str = "party"
    due_to: str = MeetingKind.DueTo.MEMBERS
    quorum: str = MeetingKind.Quorum.NONE
    is_study: bool = False
    is_restricted: bool = False
    usual_hours: Decimal = Decimal(1)
    passes: bool = False
    order: int = 0
    keeps_minutes: bool = True


def put_meeting_kind(scope: Organization, draft: MeetingKindDraft, mark: PackMark, *, on: date) -> str:
    """Put a kind in place from a day on: `same`, `added`, or `changed` (the former row ends). Runs in a transaction.

    Meetings keep the row under which they were planned or held.

    Raises:
        Refused: a word that the kind does not know, or hours that no meeting takes.
    """
    _check(draft)
    former = MeetingKind.objects.filter(scope=scope, key=draft.key, ends_on=None).first()
    if former is not None and said_by(former) == draft:
        mark_packed(former, mark)
        return "same"
    if former is not None:
        end_packed(former, on)
    MeetingKind.objects.create(
        scope=scope, pack=mark.key, pack_version=mark.version, starts_on=on, **asdict(draft)
    )  # fmt: skip
    return "changed" if former else "added"


def said_by(kind: MeetingKind) -> MeetingKindDraft:
    """What a kind says, as it stands."""
    return MeetingKindDraft(**{name: getattr(kind, name) for name in MeetingKindDraft.__dataclass_fields__})


def _check(draft: MeetingKindDraft) -> None:
    if draft.side not in SIDES:
        raise Refused(f"会议类别“{draft.name}”的归属“{draft.side}”不存在。")
    if draft.due_to not in MeetingKind.DueTo.values:
        raise Refused(f"会议类别“{draft.name}”的应到范围“{draft.due_to}”不存在。")
    if draft.quorum not in MeetingKind.Quorum.values:
        raise Refused(f"会议类别“{draft.name}”的到会规则“{draft.quorum}”不存在。")
    if not draft.keeps_minutes and (draft.passes or draft.quorum or draft.is_study):
        raise Refused(f"会议类别“{draft.name}”不保留内容,不能形成决议、要求法定人数或计学时。")
    if not 0 < draft.usual_hours <= 24:
        raise Refused(f"会议类别“{draft.name}”的通常时长应在 0 到 24 小时之间。")
