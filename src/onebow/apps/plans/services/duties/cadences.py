"""Changing how often a duty is asked: from a coming period on."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write_alone
from onebow.apps.ledger.services import Event, record
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.plans.models import Duty, Occurrence
from onebow.apps.plans.rules.access import check_can_set
from onebow.apps.plans.services.duties.drafts import CadenceDraft, check_cadence, check_version, followed, said_by
from onebow.apps.plans.services.duties.generating import generate_within

Planned = dict[int, list[tuple[date, str]]]


@write_alone()
def change_cadence(
    duty_id: int, draft: CadenceDraft, *, from_on: date, version: int | None = None, by: User | None, at: datetime
) -> date:
    """Let other terms follow with the first period that begins on `from_on` or later; returns that day.

    Periods that began stay as they are. Those to come are made anew; days planned in them go to the new ones that
    hold them.

    Raises:
        Refused: `by` does not manage the duty's scope, the day is not to come, the terms can never be kept or are
            those in force, others were said since the form was opened (`version`), or the duty is asked no more.
    """
    duty, today = (
        Duty.objects.select_for_update(of=("self",)).select_related("scope").get(pk=duty_id),
        timezone.localdate(at),
    )
    check_can_set(duty.scope, authority_of(by, today))
    if duty.ends_on is not None:
        raise Refused(f"“{duty.name}”已经停用,不能再调整频次。")
    if from_on <= today:
        raise Refused("新的频次只能从以后的日期开始,已经开始的周期不变。")
    check_cadence(draft)
    if said_by(duty).terms == CadenceDraft(
        draft.recurrence, draft.count, draft.window_from, draft.window_to, draft.proposed
    ):
        raise Refused("与现行的频次相同,没有需要保存的改动。")
    check_version(duty, version)
    starts_on = followed(duty, draft, from_on, by=by, at=at)
    planned = _taken_from(duty, starts_on)
    generate_within(None, _years(starts_on, planned, today), at=at)
    _given_to(duty, starts_on, planned)
    event = Event("duty.changed", duty.scope_id, source=duty, data={"duty": duty.pk, "basis": draft.basis})
    record(event, by_id=by.pk if by else None, at=at)
    return starts_on


def _years(starts_on: date, planned: Planned, today: date) -> list[int]:
    """The years that have occurrences already."""
    known = Occurrence.objects.filter(starts_on__gte=starts_on).dates("starts_on", "year")
    return sorted(
        {today.year, *(day.year for day in known), *(day.year for rows in planned.values() for day, _ in rows)}
    )


def _taken_from(duty: Duty, starts_on: date) -> Planned:
    """Take what was planned off the occurrences to come, so that nothing hangs on them for that reason alone."""
    rows = duty.occurrences.filter(~Q(planned_on=None) | ~Q(topic=""), starts_on__gte=starts_on, proofs=None)
    found: Planned = defaultdict(list)
    for organization_id, day, begins, topic in rows.values_list("organization_id", "planned_on", "starts_on", "topic"):
        found[organization_id].append((day or begins, topic))
    Occurrence.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).update(planned_on=None, topic="")
    return found


def _given_to(duty: Duty, starts_on: date, planned: Planned) -> None:
    """Each planned day to the new occurrence that holds it; several in one: the first day, and all topics."""
    rows = duty.occurrences.filter(starts_on__gte=starts_on, organization__in=planned)
    for row in rows:
        told = sorted(one for one in planned[row.organization_id] if row.starts_on <= one[0] < row.ends_on)
        if told:
            row.planned_on, row.topic = told[0][0], _topics(topic for _, topic in told)
            row.save(update_fields=["planned_on", "topic"])


def _topics(topics: Iterable[str]) -> str:
    return ";".join(dict.fromkeys(filter(None, topics)))[:200]
