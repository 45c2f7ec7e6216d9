"""Writing when a user is told."""

from dataclasses import asdict, dataclass
from datetime import datetime, time

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.desk.models import NoticePreference
from onebow.apps.desk.rules.preferences import check_hours
from onebow.apps.ledger.services import Event, record


@dataclass(frozen=True)
class PreferenceDraft:
    """What a user asks for; `mode` is a word of `NoticePreference.Mode`."""

    mode: str
    hour: int
    quiet_from: time | None = None
    quiet_until: time | None = None
    working_days_only: bool = True


@write()
def set_preference(draft: PreferenceDraft, *, version: int, by: User, at: datetime) -> NoticePreference:
    """Say when to be told.

    Raises:
        Refused: the hours contradict each other, nothing changed, or it was changed elsewhere since.
    """
    check_hours(draft.hour, draft.quiet_from, draft.quiet_until)
    row, _ = NoticePreference.objects.select_for_update().get_or_create(user=by)
    _check_changed(row, draft, version)
    for name, value in asdict(draft).items():
        setattr(row, name, value)
    return _store(row, by, at)


@write()
def silence(*, by: User, at: datetime) -> NoticePreference:
    """Be told nothing any more; the channels stay. Silent already is no error: that is what was wanted."""
    row, _ = NoticePreference.objects.select_for_update().get_or_create(user=by)
    if row.mode == NoticePreference.Mode.OFF:
        return row
    row.mode = NoticePreference.Mode.OFF
    return _store(row, by, at)


def _check_changed(row: NoticePreference, draft: PreferenceDraft, version: int) -> None:
    if all(getattr(row, name) == value for name, value in asdict(draft).items()):
        raise Refused("没有改动,不必保存。")
    if row.version != version:
        raise Refused("通知设置在您打开页面之后已经改过,请核对后再提交一次。", fresh={"version": row.version})


def _store(row: NoticePreference, by: User, at: datetime) -> NoticePreference:
    row.version += 1
    if row.mode == NoticePreference.Mode.OFF:
        # Who is told nothing is remembered for nothing.
        row.told, row.looked_on = [], None
    row.save()
    record(Event("notice.preference_set", source=by, data={"mode": row.mode}), by_id=by.pk, at=at)
    return row
