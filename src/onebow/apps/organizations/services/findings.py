"""Recording why an organization stands out against a rule that says 一般, and taking it back."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.ledger.services import Event, record, record_all
from onebow.apps.organizations import rules
from onebow.apps.organizations.models import Approval, Organization, SetAside
from onebow.apps.organizations.queries.findings import finding_of
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.organizations.services.approvals import PaperDraft, decided


@dataclass(frozen=True)
class ReasonDraft:
    """Why a rule is set aside, until which day (its last), and the paper that allows it."""

    rule: str
    reason: str
    until: date | None = None
    number: str = ""
    paper_on: date | None = None


@write()
def set_aside(organization_id: int, draft: ReasonDraft, *, by: User, at: datetime) -> SetAside:
    """Record a reason for a finding of today. The finding stays; the reason holds while its facts are the same.

    Raises:
        Refused: `by` does not manage the organization, there is no such finding today, its rule allows no exception,
            a reason holds already, the last day has passed, or the paper is named by half.
    """
    # Locked: of two officers who give a reason at once, the second is told of the first.
    organization = Organization.objects.select_for_update().get(pk=organization_id)
    today = timezone.localdate(at)
    rules.check_can_manage(organization, authority_of(by, today))
    rules.check_reason_dates(draft.until, today)
    row = finding_of(organization, draft.rule, today)
    rules.check_can_set_aside(row.finding if row else None, organization)
    assert row is not None  # noqa: S101 (the rule above refused)
    if row.reason is not None:
        raise Refused(f"这一条已由{row.reason.made_by.display_name}说明过理由,请先撤回再重新说明。")
    approval, events = _paper(organization, draft, by=by, at=at)
    reason = SetAside.objects.create(
        organization=organization,
        rule=draft.rule,
        facts=dict(row.finding.facts),
        reason=draft.reason,
        approval=approval,
        since=today,
        until=draft.until,
        made_by=by,
        made_at=at,
    )
    events.append(Event("finding.set_aside", organization.pk, source=reason, data=_told(reason)))
    record_all(events, by_id=by.pk, at=at)
    return reason


@write()
def reopen(organization_id: int, rule: str, *, by: User, at: datetime) -> SetAside:
    """Take the reason for a rule back; from today on the finding is open again.

    Raises:
        Refused: `by` does not manage the organization, or no reason holds today.
    """
    organization = Organization.objects.select_for_update().get(pk=organization_id)
    today = timezone.localdate(at)
    rules.check_can_manage(organization, authority_of(by, today))
    reason = SetAside.objects.on(today).filter(organization=organization, rule=rule).order_by("pk").last()
    if reason is None:
        raise Refused(f"“{organization.name}”的这一条没有可以撤回的理由。")
    reason.reopened_on = today
    reason.save(update_fields=["reopened_on"])
    event = Event("finding.reopened", organization.pk, source=reason, data={"rule": rule})
    record(event, by_id=by.pk, at=at)
    return reason


def _told(reason: SetAside) -> dict[str, Any]:
    until = {"until": reason.until.isoformat()} if reason.until else {}
    return {"rule": reason.rule, "facts": [f"{name}={value}" for name, value in reason.facts.items()], **until}


def _paper(
    organization: Organization, draft: ReasonDraft, *, by: User, at: datetime
) -> tuple[Approval | None, list[Event]]:
    """The paper that allows it: the one on record, or a new one and what is to be recorded of it."""
    if not draft.number and draft.paper_on is None:
        return None, []
    if not draft.number or draft.paper_on is None:
        raise Refused("批复的文号和成文日期要一起填写,或者都不填。")
    same = Approval.objects.filter(
        organization=organization, document_number=draft.number, document_on=draft.paper_on
    ).first()
    if same is not None:
        return same, []
    paper = PaperDraft(Approval.Step.OTHER, draft.number, draft.paper_on, draft.reason)
    approval, event = decided(organization.pk, paper, by=by, at=at)
    return approval, [event]
