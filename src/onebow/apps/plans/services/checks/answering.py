"""What is said of a gap by who answers for it, and what is sent back."""

from datetime import datetime

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.ledger.services import Event, record
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.organizations.services.versions import bump_version
from onebow.apps.plans.models import Gap, GapStep
from onebow.apps.plans.queries.checks.visible import RELATED
from onebow.apps.plans.rules import checks as rules


@write()
def answer_gap(gap_id: int, text: str, *, version: int, by: User | None, at: datetime) -> Gap:
    """Say in a sentence what was done; again to correct it.

    Raises:
        Refused: it is closed or void, `by` neither answers for it nor leads its organization, or nothing is said.
    """
    gap = _locked(gap_id)
    rules.check_can_answer(gap, authority_of(by, timezone.localdate(at)))
    if by is None:
        raise Refused("补救情况要由登录的人说明,不能在命令行进行。")
    if not text.strip():
        raise Refused("请写明做了什么。")
    bump_version(gap, version)
    gap.state, gap.answer, gap.answered_by, gap.answered_at = Gap.State.ANSWERED, text.strip(), by, at
    _store(gap, at)
    GapStep.objects.create(gap=gap, deed=GapStep.Deed.ANSWERED, by=by, at=at, text=gap.answer)
    _tell("gap.answered", gap, by, at)
    return gap


@write()
def return_gap(gap_id: int, reason: str, *, version: int, by: User | None, at: datetime) -> Gap:
    """Send back what was answered; the gap is open again.

    Raises:
        Refused: nothing was answered, no reason is given, or `by` does not lead its organization or one above it.
    """
    gap = _locked(gap_id)
    rules.check_can_return(gap, authority_of(by, timezone.localdate(at)))
    if not reason.strip():
        raise Refused("请写明退回的原因。")
    bump_version(gap, version)
    gap.state, gap.answer, gap.answered_by, gap.answered_at = Gap.State.OPEN, "", None, None
    _store(gap, at)
    GapStep.objects.create(gap=gap, deed=GapStep.Deed.RETURNED, by=by, at=at, text=reason.strip())
    _tell("gap.returned", gap, by, at)
    return gap


def _locked(gap_id: int) -> Gap:
    rows = Gap.objects.select_for_update(of=("self",)).select_related(*RELATED, "closed_by")
    return rows.get(pk=gap_id)


def _store(gap: Gap, at: datetime) -> None:
    gap.updated_at = at
    gap.save(update_fields=["state", "answer", "answered_by", "answered_at", "updated_at"])


def _tell(kind: str, gap: Gap, by: User | None, at: datetime) -> None:
    event = Event(kind, gap.organization_id, source=gap, data={"sort": gap.sort})
    record(event, by_id=by.pk if by else None, at=at)
