"""Integrity-risk points: registered, corrected, looked at again, lifted."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.ledger.services import Event, record
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.organizations.services.versions import bump_version
from onebow.apps.plans.models import RiskLevel, RiskPoint, RiskReview, RiskTie
from onebow.apps.plans.queries.owners import people_of
from onebow.apps.plans.queries.risks.words import words_for
from onebow.apps.plans.rules import risks as rules
from onebow.apps.plans.rules.access import check_can_write, check_stands
from onebow.apps.plans.rules.secrecy import check_not_secret

TEXTS = {"matter": "权力事项或环节", "measure": "防控措施"}


@dataclass(frozen=True)
class RiskDraft:
    """What is said of a risk point; `roles` are words of `Post.Role`."""

    organization_id: int
    matter: str
    owner_id: int
    measure: str
    roles: tuple[str, ...] = ()
    kind_ids: tuple[int, ...] = ()
    item_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class ReviewDraft:
    """What came of looking again: which criteria hold now (numbers from 1), and when the next time is."""

    on: date
    held: tuple[int, ...]
    next_on: date
    remark: str


@write()
def register_risk(
    draft: RiskDraft, held: Iterable[int], review_on: date, *, by: User | None, at: datetime
) -> RiskPoint:
    """Register a risk point of which these criteria hold; its level follows.

    Raises:
        Refused: `by` does not keep or lead the organization, it stands no more, the owner does not belong to it, the
            matter stands there already, no criterion holds, the review is too far, or a text bears a marking of 密级.
    """
    today = timezone.localdate(at)
    _check(draft, by, today)
    rules.check_next_review(review_on, today, today)
    point, event = registered(draft, tuple(held), review_on, at)
    record(event, by_id=by.pk if by else None, at=at)
    return point


def registered(draft: RiskDraft, held: Collection[int], review_on: date, at: datetime) -> tuple[RiskPoint, Event]:
    """The point with its level, and what is to be recorded of it once all else is written. Runs in a transaction."""
    today = timezone.localdate(at)
    level = rules.level_of(held, today)
    point = RiskPoint.objects.create(
        organization_id=draft.organization_id, matter=draft.matter, owner_id=draft.owner_id, measure=draft.measure,
        registered_on=today, review_on=review_on, created_at=at, updated_at=at,
    )  # fmt: skip
    _put_ties(point, draft)
    _put_level(point, level, held, today)
    return point, _event("risk.registered", point, {"level": level.label, "held": len(set(held))})


@write()
def change_risk(risk_id: int, draft: RiskDraft, *, version: int, by: User | None, at: datetime) -> RiskPoint:
    """Correct the words of a risk point, who keeps it, and what it hangs on. Its level changes by a review alone.

    Raises:
        Refused: as for registering, it was lifted, nothing changed, or somebody changed it since.
    """
    point = _locked(risk_id, by, at)
    today = timezone.localdate(at)
    _check(draft, by, today, point)
    values = {"matter": draft.matter, "owner_id": draft.owner_id, "measure": draft.measure}
    changed = [name for name, value in values.items() if getattr(point, name) != value]
    if _tied(point) != _wanted(draft):
        changed.append("ties")
    if not changed:
        raise Refused("没有改动,不必保存。")
    bump_version(point, version)
    _put_ties(point, draft)
    _store(point, values, at)
    _tell("risk.changed", point, {"fields": changed}, by, at)
    return point


@write()
def review_risk(risk_id: int, review: ReviewDraft, *, version: int, by: User | None, at: datetime) -> RiskReview:
    """Tell that a risk point was looked at again, and what level it has now.

    Raises:
        Refused: `by` does not keep or lead the organization, it was lifted, the days do not fit, no criterion holds,
            or somebody changed it since.
    """
    point = _locked(risk_id, by, at)
    today = timezone.localdate(at)
    rules.check_review_day(review.on, _last_look(point), today)
    rules.check_next_review(review.next_on, review.on, review.on)
    check_not_secret("复查情况", review.remark)
    level, former = rules.level_of(review.held, review.on), point.levels.get(ends_on=None)
    bump_version(point, version)
    row = RiskReview.objects.create(
        point=point, on=review.on, next_on=review.next_on, remark=review.remark, reviewed_by=by, made_at=at
    )
    if sorted(set(review.held)) != former.held:
        _end_level(former, review.on)
        _put_level(point, level, review.held, review.on)
    _store(point, {}, at)
    data = {"level": level.label, "former": former.get_level_display(), "next_on": review.next_on.isoformat()}
    _tell("risk.reviewed", point, data, by, at, review.on)
    return row


@write()
def lift_risk(risk_id: int, reason: str, *, version: int, by: User | None, at: datetime) -> RiskPoint:
    """Say that a risk is no more, and why; the record stays to be read.

    Raises:
        Refused: `by` does not keep or lead the organization, it was lifted already, or somebody changed it since.
    """
    point = _locked(risk_id, by, at)
    check_not_secret("解除原因", reason)
    bump_version(point, version)
    values = {"state": RiskPoint.State.LIFTED, "lifted_on": timezone.localdate(at), "lift_reason": reason}
    _store(point, values, at)
    _tell("risk.lifted", point, {"reason": reason}, by, at)
    return point


def _locked(risk_id: int, by: User | None, at: datetime) -> RiskPoint:
    rows = RiskPoint.objects.select_for_update(of=("self",)).select_related("organization")
    point = rows.get(pk=risk_id)
    check_can_write(point.organization, authority_of(by, timezone.localdate(at)))
    rules.check_stands_yet(point)
    return point


def _check(draft: RiskDraft, by: User | None, today: date, point: RiskPoint | None = None) -> None:
    # Two who name the same matter at once: the second must find the first one's.
    organization = Organization.objects.select_for_update(no_key=True).get(pk=draft.organization_id)
    check_can_write(organization, authority_of(by, today))
    check_stands(organization, today)
    for name, label in TEXTS.items():
        check_not_secret(label, getattr(draft, name))
    # Who left may stand there until somebody else is named.
    stays = point is not None and point.owner_id == draft.owner_id
    if not stays and not people_of(organization, today).filter(pk=draft.owner_id).exists():
        raise Refused(f"责任人不属于“{organization.name}”或它覆盖的单位,请另选。")
    same = RiskPoint.objects.filter(organization=organization, matter=draft.matter, state=RiskPoint.State.ACTIVE)
    if same.exclude(pk=point.pk if point else 0).exists():
        raise Refused(f"“{organization.name}”已经登记过“{draft.matter}”,请在列表中查找。")


def _last_look(point: RiskPoint) -> date:
    last = point.reviews.order_by("-on").values_list("on", flat=True).first()
    return last or point.registered_on


def _put_level(point: RiskPoint, level: RiskLevel.Level, held: Iterable[int], on: date) -> None:
    numbers = sorted(set(held))
    words = words_for(point.organization, on).said(numbers)
    RiskLevel.objects.create(point=point, level=level, held=numbers, words=words, starts_on=on)


def _end_level(row: RiskLevel, on: date) -> None:
    # What held for no day is no history.
    if row.starts_on is not None and row.starts_on >= on:
        row.delete()
        return
    row.ends_on = on
    row.save(update_fields=["ends_on"])


def _tied(point: RiskPoint) -> set[tuple[str, int]]:
    rows = point.ties.values_list("role", "kind", "item")
    return {(role or ("kind" if kind else "item"), kind or item or 0) for role, kind, item in rows}


def _wanted(draft: RiskDraft) -> set[tuple[str, int]]:
    roles = {(role, 0) for role in draft.roles}
    return roles | {("kind", pk) for pk in draft.kind_ids} | {("item", pk) for pk in draft.item_ids}


def _put_ties(point: RiskPoint, draft: RiskDraft) -> None:
    point.ties.all().delete()
    rows = [RiskTie(point=point, role=role) for role in dict.fromkeys(draft.roles)]
    rows += [RiskTie(point=point, kind_id=pk) for pk in dict.fromkeys(draft.kind_ids)]
    rows += [RiskTie(point=point, item_id=pk) for pk in dict.fromkeys(draft.item_ids)]
    RiskTie.objects.bulk_create(rows)


def _store(point: RiskPoint, values: dict[str, Any], at: datetime) -> None:
    for name, value in values.items():
        setattr(point, name, value)
    point.updated_at = at
    point.save(update_fields=[*values, "updated_at"])


def _tell(
    kind: str, point: RiskPoint, data: dict[str, Any], by: User | None, at: datetime, on: date | None = None
) -> None:
    record(_event(kind, point, data, on), by_id=by.pk if by else None, at=at)


def _event(kind: str, point: RiskPoint, data: dict[str, Any], on: date | None = None) -> Event:
    return Event(kind, point.organization_id, source=point, data=data, happened_on=on)
