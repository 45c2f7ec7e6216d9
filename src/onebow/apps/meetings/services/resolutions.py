"""What a meeting resolved, and the items that came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.ledger.services import Event, record
from onebow.apps.meetings import rules
from onebow.apps.meetings.models import Meeting, MeetingKind, Resolution
from onebow.apps.meetings.services.drafts import ResolutionDraft, id_of, local_day
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.plans.models import Item
from onebow.apps.plans.services.from_resolutions import ResolvedDraft, adopt


def set_resolutions(
    meeting: Meeting, drafts: Sequence[ResolutionDraft], kinds: Sequence[MeetingKind], count: rules.Count
) -> int:
    """Write the resolutions in their order; tells how many passed. What became an item stays tied to it.

    Raises:
        Refused: the meeting may pass none, votes that cannot be, or one that is in a plan was left out.
    """
    if drafts:
        rules.check_resolves(kinds, count)
    items = {row.order: row.item_id for row in meeting.resolutions.all() if row.item_id}
    if items and max(items) > len(drafts):
        raise Refused(f"第 {max(items)} 项决议已列入计划,不能删去;请先在计划中取消该事项。")
    meeting.resolutions.all().delete()
    rows = []
    for order, one in enumerate(drafts, 1):
        rules.check_votes(one.text, count, one.yes, one.no, one.abstained)
        passed = rules.has_passed(count, one.yes)
        facts = {name: getattr(one, name) for name in ("text", "yes", "no", "abstained", "person_id", "due_on")}
        rows.append(Resolution(meeting=meeting, order=order, passed=passed, item_id=items.get(order), **facts))
    Resolution.objects.bulk_create(rows)
    return sum(row.passed for row in rows)


@dataclass(frozen=True)
class AdoptionDraft:
    """How a resolution enters the plan: its kind of item, who answers for it, and by when."""

    kind_id: int
    person_id: int | None
    due_on: date | None


@write()
def adopt_resolution(
    meeting_id: int, resolution_id: int, draft: AdoptionDraft, *, by: User | None, at: datetime
) -> Item:
    """Make a resolution that passed a draft item of that year's plan.

    Raises:
        Refused: `by` may not, it did not pass, it is in a plan already, or there is no plan that takes it.
    """
    today = local_day(at)
    rows = Resolution.objects.select_for_update(of=("self",)).select_related("meeting__organization", "meeting__kind")
    row = rows.get(pk=resolution_id, meeting=meeting_id)
    meeting = row.meeting
    rules.check_can_write(meeting.organization, authority_of(by, today), today, meeting.recorder_id)
    rules.check_state(meeting, Meeting.State.HELD)
    if not row.passed:
        raise Refused("没有通过的决议不能列入计划。")
    if row.item_id:
        raise Refused("这项决议已经列入计划。")
    year = (draft.due_on or meeting.held_on or today).year
    text = f"{meeting.held_on:%Y年%-m月%-d日}{meeting.kind.name}“{meeting.title}”决议"
    worded = ResolvedDraft(draft.kind_id, row.text[:200], text, draft.person_id, draft.due_on)
    row.item = adopt(meeting.organization, year, worded, at=at)
    row.save(update_fields=["item"])
    event = Event("meeting.resolved", meeting.organization_id, source=meeting, data={"item": row.item.pk})
    record(event, by_id=id_of(by), at=at)
    return row.item
