"""The meeting: its day, chair, scrutineers and tellers, and who is not counted among those who should attend."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.filters import day
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.ledger.services import record
from onebow.apps.organizations.models import Absence, Election, Helper
from onebow.apps.organizations.queries.elections.electorate import full_members_on
from onebow.apps.organizations.rules import elections as rules
from onebow.apps.organizations.services.elections.prepare import changed, check_day, event_of, opened

State = Election.State


@dataclass(frozen=True)
class MeetingDraft:
    """When, who chairs, who watches and counts, and who is not counted (person -> reason)."""

    held_on: date
    chair_id: int | None = None
    scrutineers: tuple[int, ...] = ()
    tellers: tuple[int, ...] = ()
    absences: Mapping[int, str] = field(default_factory=dict)


@write()
def arrange_meeting(election_id: int, draft: MeetingDraft, *, by: User, at: datetime) -> Election:
    """Arrange the meeting, until the first ballot is recorded.

    Raises:
        Refused: a ballot is recorded, a scrutineer who stands for election, or somebody who is no full member here.
    """
    election, today = opened(election_id, by, at), timezone.localdate(at)
    rules.check_state(election, State.PREPARING, State.SUBMITTED, State.APPROVED)
    if election.ballots.filter(struck="").exists():
        raise Refused("已经登记了投票,会议安排不能再改;要改日期或应到,请先作废已登记的投票。")
    election.held_on = draft.held_on
    check_day(election)
    full = full_members_on(election.organization, min(draft.held_on, today), today)
    people = {
        "scrutineer": draft.scrutineers,
        "teller": draft.tellers,
        "absent": tuple(draft.absences),
        "chair": (draft.chair_id,) if draft.chair_id else (),
    }
    for person_id in {one for group in people.values() for one in group}:
        if person_id not in full:
            raise Refused(f"所选的人中有 {day(draft.held_on)}不是“{election.organization.name}”正式党员的,请重新选择。")
    rules.check_meeting(election, people, full)
    election.chair_id = draft.chair_id
    _replace(election, draft)
    changed(election, at)
    election.save()
    data = {"occasion": election.occasion, "manner": election.manner}
    record(event_of("election.prepared", election, data), by_id=by.pk, at=at)
    return election


def _replace(election: Election, draft: MeetingDraft) -> None:
    parts = ((Helper.Part.SCRUTINEER, draft.scrutineers), (Helper.Part.TELLER, draft.tellers))
    election.helpers.all().delete()
    Helper.objects.bulk_create(
        Helper(election=election, person_id=person_id, part=part) for part, ids in parts for person_id in ids
    )
    election.absences.all().delete()
    Absence.objects.bulk_create(
        Absence(election=election, person_id=person_id, why=why) for person_id, why in draft.absences.items()
    )
