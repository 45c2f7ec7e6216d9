"""Relief from dues: applied for, studied by the branch, decided by its superior."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.affairs.models import DuesRelief
from onebow.apps.affairs.queries.dues.visible import keeps
from onebow.apps.affairs.queries.transfers import issuer_of
from onebow.apps.affairs.rules import dues as rules
from onebow.apps.affairs.services.bases import people_of
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.ledger.services import Event, record, record_all
from onebow.apps.organizations.models import Approval, Organization, Person
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.organizations.services.approvals import DecisionDraft, PaperDraft, decided, decided_here
from onebow.apps.organizations.services.versions import bump_version

State, STEP = DuesRelief.State, Approval.Step.DUES_RELIEF


@dataclass(frozen=True)
class ReliefDraft:
    """What is asked for; months are their first days, the last one included."""

    organization_id: int
    person_id: int
    kind: str
    amount: Decimal
    first: date
    last: date
    applied_on: date
    studied_on: date
    reason: str


@write()
def ask_relief(draft: ReliefDraft, *, by: User | None, at: datetime) -> DuesRelief:
    """Ask the superior for relief that a member applied for and the branch studied.

    Raises:
        Refused: `by` does not keep the branch's dues, the person is not of the branch, months, days or amount do not
            fit, months that are relieved already, or no superior is known.
    """
    branch, today = Organization.objects.get(pk=draft.organization_id), timezone.localdate(at)
    rules.check_keeps(branch, keeps(branch, authority_of(by, today), today))
    rules.check_collects(branch, today)
    rules.check_relief_months(draft.first, draft.last)
    rules.check_relief_days(draft.applied_on, draft.studied_on, today)
    person = Person.objects.select_for_update().get(pk=draft.person_id)
    _check(draft, person, branch)
    superior = issuer_of(branch)
    if superior.pk == branch.pk:
        raise Refused(f"“{branch.name}”没有登记上级党组织,减免无法报批。")
    relief = DuesRelief.objects.create(
        person=person, organization=branch, superior=superior, kind=draft.kind, amount=draft.amount,
        first=draft.first, last=draft.last, applied_on=draft.applied_on, studied_on=draft.studied_on,
        reason=draft.reason.strip(), asked_by=by, created_at=at, updated_at=at,
    )  # fmt: skip
    event = _event("dues.relief_asked", relief, draft.studied_on, {"kind": relief.kind})
    record(event, by_id=by.pk if by else None, at=at)
    return relief


@write()
def decide_relief(
    relief_id: int, *, approved: bool, reason: str, number: str = "", by: User, at: datetime
) -> DuesRelief:
    """Decide in the product, for the superior.

    Raises:
        Refused: decided already, `by` does not decide for the superior or asked for it, or a return without a reason.
    """
    relief = _waiting(relief_id)
    draft, asked = DecisionDraft(STEP, approved, reason, number), relief.asked_by_id
    approval, event = decided_here(relief.superior, draft, subject=relief, asked_by_id=asked, by=by, at=at)
    return _follow(relief, approval, event, State.APPROVED if approved else State.RETURNED, by, at)


@write()
def record_relief_paper(
    relief_id: int, *, number: str, on: date, scan: UploadedFile | None = None, by: User, at: datetime
) -> DuesRelief:
    """Record that the superior agreed on paper.

    Raises:
        Refused: decided already, `by` is no officer of the branch, or a paper of a day ahead or recorded already.
    """
    relief = _waiting(relief_id)
    if on < relief.studied_on:
        raise Refused("成文日期不能早于支部研究日期。")
    draft = PaperDraft(STEP, number, on)
    approval, event = decided(relief.organization_id, draft, subject=relief, scan=scan, by=by, at=at)
    # An officer of the branch records it; decided has the superior.
    approval.organization = relief.superior
    approval.save(update_fields=["organization"])
    return _follow(relief, approval, event, State.APPROVED, by, at)


@write()
def withdraw_relief(relief_id: int, *, version: int, by: User | None, at: datetime) -> DuesRelief:
    """Take an application back before it is decided on.

    Raises:
        Refused: decided already, or `by` does not keep the branch's dues.
    """
    relief, today = _waiting(relief_id), timezone.localdate(at)
    rules.check_keeps(relief.organization, keeps(relief.organization, authority_of(by, today), today))
    bump_version(relief, version)
    relief.state, relief.updated_at = State.WITHDRAWN, at
    relief.save(update_fields=["state", "updated_at"])
    record(_event("dues.relief_withdrawn", relief, today), by_id=by.pk if by else None, at=at)
    return relief


def _check(draft: ReliefDraft, person: Person, branch: Organization) -> None:
    if person.pk not in people_of(branch, draft.first):
        raise Refused(f"{person.name}在起始月份不是“{branch.name}”的党员。")
    if draft.kind == DuesRelief.Kind.REDUCED and not draft.amount > 0:
        raise Refused("少交的请填写减免后每月应交的数额;不交的请选“免交”。")
    if draft.kind == DuesRelief.Kind.WAIVED and draft.amount:
        raise Refused("免交的不填数额。")
    if not draft.reason.strip():
        raise Refused("请写明困难情况。")
    others = DuesRelief.objects.filter(person=person, state__in=[State.ASKED, State.APPROVED])
    if others.filter(first__lte=draft.last, last__gte=draft.first).exists():
        raise Refused(f"{person.name}在这些月份已有减免申请,请先撤回,或错开月份。")


def _waiting(relief_id: int) -> DuesRelief:
    rows = DuesRelief.objects.select_for_update(of=("self",)).select_related("organization", "superior", "person")
    relief = rows.get(pk=relief_id)
    rules.check_relief_waits(relief)
    return relief


def _follow(relief: DuesRelief, approval: Approval, event: Event, state: str, by: User, at: datetime) -> DuesRelief:
    relief.state, relief.approval, relief.updated_at = state, approval, at
    relief.version += 1
    relief.save(update_fields=["state", "approval", "updated_at", "version"])
    record_all([event], by_id=by.pk, at=at)
    return relief


def _event(kind: str, relief: DuesRelief, on: date, data: dict[str, str] | None = None) -> Event:
    people = ((relief.person_id, "subject"),)
    return Event(kind, relief.organization_id, people, source=relief, data=data or {}, happened_on=on)
