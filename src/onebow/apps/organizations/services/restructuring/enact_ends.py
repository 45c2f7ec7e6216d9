"""Dissolving what the plan does not continue, and keeping papers, reasons and lines."""

from django.utils import timezone

from onebow.apps.organizations.models import (
    Approval,
    Organization,
    RestructuringLine,
    SetAside,
)
from onebow.apps.organizations.queries.restructuring.checks import findings_of
from onebow.apps.organizations.queries.restructuring.lines import Change
from onebow.apps.organizations.services.restructuring.enactment import Enactment
from onebow.apps.organizations.services.tree_deeds import dissolved, moved

K = Organization.Kind
LEVEL_RULE = "ORG-LEVEL"


def end(deed: Enactment) -> None:
    """Dissolve from the bottom up; groups end with their branch, what else stands below comes under the successor."""
    gone = {one.pk for one in deed.ending}
    for one in sorted(deed.ending, key=lambda one: -one.depth):
        for child in Organization.objects.filter(parent=one, ends_on=None).exclude(pk__in=gone).order_by("rank", "pk"):
            _end_child(child, deed)
        organization = Organization.objects.select_for_update().get(pk=one.pk)
        deed.events.append(dissolved(organization, on=deed.on, basis=deed.basis[:200], at=deed.at))


def _end_child(child: Organization, deed: Enactment) -> None:
    if child.kind == K.GROUP:
        deed.events.append(dissolved(child, on=deed.on, basis=deed.basis[:200], at=deed.at))
    else:
        committee, today = deed.plan.restructuring.committee, timezone.localdate(deed.at)
        deed.events.append(moved(child, committee, on=deed.on, basis=deed.basis, today=today))


def keep_papers(deed: Enactment) -> None:
    """The decision stands with every organization that it founded, let stand at its level, or dissolved."""
    levels = {one.planned_id for one in findings_of(deed.plan) if one.finding.rule.id == LEVEL_RULE}
    papers = []
    for one in deed.plan.organizations:
        organization = deed.made[one.row.pk]
        if one.row.continues_id is None:
            papers.append(_paper(deed, organization, Approval.Step.FOUNDING))
        if one.row.is_general and one.row.pk in levels:
            papers.append(_paper(deed, organization, Approval.Step.LEVEL))
    papers += [_paper(deed, one, Approval.Step.DISSOLUTION) for one in deed.ending]
    Approval.objects.bulk_create(papers)
    _keep_reasons(deed)


def _paper(deed: Enactment, organization: Organization, step: str) -> Approval:
    decision = deed.plan.restructuring.approval
    assert decision is not None  # noqa: S101 (an approved plan has one, the database says so)
    return Approval(
        subject=organization._meta.label_lower,
        subject_id=organization.pk,
        step=step,
        organization=organization,
        decision=decision.decision,
        reason=deed.basis[:500],
        decided_by_id=decision.decided_by_id,
        decided_at=decision.decided_at,
        document_number=decision.document_number,
        # A decision in the product may bear no number, but it has its day: by it the checks find the paper.
        document_on=decision.document_on or timezone.localdate(decision.decided_at),
        scan_id=decision.scan_id,
    )


def _keep_reasons(deed: Enactment) -> None:
    """Those that something found still rests on; for the level of a general branch its paper stands."""
    generals = {one.row.pk for one in deed.plan.generals}
    found = [
        one for one in findings_of(deed.plan) if one.finding.rule.id != LEVEL_RULE or one.planned_id not in generals
    ]
    reasons = [one.reason for one in found if one.reason]
    kept = [
        SetAside(
            organization=deed.made[reason.planned_id],
            rule=reason.rule,
            facts=reason.facts,
            reason=reason.reason,
            approval=None,
            since=deed.on,
            made_by_id=reason.made_by_id,
            made_at=deed.at,
        )
        for reason in reasons
    ]
    SetAside.objects.bulk_create(kept)


def keep_lines(deed: Enactment, changes: list[Change]) -> None:
    """What was done, for whoever asks later who succeeded whom."""
    RestructuringLine.objects.bulk_create([_line(deed, change, order) for order, change in enumerate(changes, start=1)])


def _line(deed: Enactment, change: Change, order: int) -> RestructuringLine:
    planned = change.planned
    organization = change.organization or (deed.made[planned.pk] if planned else None)
    assert organization is not None  # noqa: S101 (a line is about one of the two)
    successor = deed.made[change.successor.pk] if change.successor else None
    if change.kind == RestructuringLine.Kind.DISSOLVE and successor is None:
        successor = deed.plan.restructuring.committee
    return RestructuringLine(
        restructuring=deed.plan.restructuring,
        kind=change.kind,
        organization=organization,
        successor=successor,
        person_id=planned.leader_id if planned and change.kind == RestructuringLine.Kind.APPOINT else None,
        members=change.members,
        order=order,
        on=deed.on,
    )
