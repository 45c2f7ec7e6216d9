"""Keeping gaps in step with the facts: made good, void, and who answers for them now."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from onebow.apps.base.bulk import insert_rows, update_rows
from onebow.apps.base.transactions import write_alone
from onebow.apps.ledger.services import Event, record_all
from onebow.apps.plans.models import LIVING, Gap, GapStep
from onebow.apps.plans.queries.checks.answerers import answerers_of, item_of
from onebow.apps.plans.queries.checks.mending import mendings_of
from onebow.apps.plans.queries.checks.visible import ANSWERED
from onebow.apps.plans.queries.checks.voids import void_reason

FIELDS = ("organization", "person", "mended_on", "state", "void_reason", "updated_at")
PART = 5_000


@write_alone()
def look_after(*, at: datetime) -> int:
    """The daily look at all gaps that are not closed. Returns how many apply no more; the same again does nothing."""
    ids = list(Gap.objects.filter(state__in=LIVING).order_by("pk").values_list("pk", flat=True))
    voided: list[Gap] = []
    for start in range(0, len(ids), PART):
        voided += look_over(Gap.objects.filter(pk__in=ids[start : start + PART]), at=at)
    if voided:
        record_all(void_events(voided), by_id=None, at=at)
    return len(voided)


def look_over(gaps: QuerySet[Gap], *, at: datetime) -> list[Gap]:
    """Bring gaps that are not closed in step, inside a transaction that is told of in the ledger.

    Returns those that apply no more.
    """
    on, rows = timezone.localdate(at), list(gaps.filter(state__in=LIVING).select_related(*ANSWERED))
    before = {gap.pk: _values(gap) for gap in rows}
    voided = [gap for gap in rows if _voided(gap, on)]
    _follow([gap for gap in rows if gap.is_living], on)
    changed = [gap for gap in rows if _values(gap) != before[gap.pk]]
    for gap in changed:
        gap.updated_at = at
    update_rows(changed, FIELDS)
    steps = [GapStep(gap=gap, deed=GapStep.Deed.VOIDED, by=None, at=at, text=gap.void_reason) for gap in voided]
    insert_rows(steps)
    return voided


def void_events(gaps: Sequence[Gap]) -> list[Event]:
    """What the ledger is told of gaps that apply no more."""
    return [Event("gap.voided", gap.organization_id, source=gap, data={"sort": gap.sort}) for gap in gaps]


def _voided(gap: Gap, on: date) -> bool:
    gap.void_reason = void_reason(gap, on)
    if gap.void_reason:
        gap.state = Gap.State.VOID
    return bool(gap.void_reason)


def _follow(gaps: Sequence[Gap], on: date) -> None:
    """The day on which each was made good, who answers for it, and the organization to which its item went."""
    mendings, people = mendings_of(gaps, on), answerers_of(gaps, on)
    for gap in gaps:
        mending, item = mendings[gap.pk], item_of(gap)
        gap.mended_on = mending.on if mending.is_mended else None
        gap.person_id = people[gap.pk]
        if item is not None:
            gap.organization_id = item.organization_id


def _values(gap: Gap) -> tuple[object, ...]:
    return gap.organization_id, gap.person_id, gap.mended_on, gap.state
