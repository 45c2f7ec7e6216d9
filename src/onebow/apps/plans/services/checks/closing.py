"""销号: gaps that were made good are closed by another person, several at once or none."""

from collections.abc import Collection
from datetime import datetime

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.ledger.services import Event, record_all
from onebow.apps.organizations.queries.reach import Operator, Reach, authority_of
from onebow.apps.plans.checking.mending import Mending
from onebow.apps.plans.models import Gap, GapStep
from onebow.apps.plans.queries.checks.answerers import answerers_of
from onebow.apps.plans.queries.checks.mending import mendings_of
from onebow.apps.plans.queries.checks.visible import ANSWERED
from onebow.apps.plans.rules import checks as rules

MOST_AT_ONCE = 200


@write()
def close_gaps(ids: Collection[int], *, note: str = "", by: User | None, at: datetime) -> list[Gap]:
    """Close gaps, all or none; what the system sees mended needs no word of anybody.

    Raises:
        Refused: one of them (named) is not mended, is closed or void already, lies outside what `by` leads, or is by
            `by` answered for, answered, or mended.
    """
    if not 0 < len(set(ids)) <= MOST_AT_ONCE:
        raise Refused(f"请选择 1 至 {MOST_AT_ONCE} 项再销号。")
    gaps = _locked(ids)
    on = timezone.localdate(at)
    reach, mendings, people = authority_of(by, on), mendings_of(gaps, on), answerers_of(gaps, on)
    for gap in gaps:
        _check(gap, reach, mendings[gap.pk], people[gap.pk])
    for gap in gaps:
        gap.state, gap.closed_by, gap.closed_at, gap.updated_at = Gap.State.CLOSED, by, at, at
        gap.mended_on, gap.version = mendings[gap.pk].on, gap.version + 1
        gap.save(update_fields=["state", "closed_by", "closed_at", "mended_on", "version", "updated_at"])
    steps = [GapStep(gap=gap, deed=GapStep.Deed.CLOSED, by=by, at=at, text=note.strip()) for gap in gaps]
    GapStep.objects.bulk_create(steps)
    events = [Event("gap.closed", gap.organization_id, source=gap, data={"sort": gap.sort}) for gap in gaps]
    record_all(events, by_id=by.pk if by else None, at=at)
    return gaps


def _locked(ids: Collection[int]) -> list[Gap]:
    rows = Gap.objects.select_for_update(of=("self",)).select_related(*ANSWERED, "closed_by")
    return list(rows.filter(pk__in=set(ids)).order_by("pk"))


def _check(gap: Gap, reach: Reach | Operator, mending: Mending, person_id: int | None) -> None:
    rules.check_can_judge(gap, reach)
    if isinstance(reach, Reach):
        rules.check_is_another(gap, reach, mending, (gap.person_id, person_id))
    rules.check_is_mended(gap, mending)
