"""Duties as a pack says them: put in place once, changed for the periods to come."""

from datetime import date, datetime
from typing import Any

from onebow.apps.accounts.models import User
from onebow.apps.organizations.models import Organization
from onebow.apps.plans.models import Duty
from onebow.apps.plans.services.duties.drafts import (
    CadenceDraft,
    DutyDraft,
    begun,
    check_draft,
    first_day,
    followed,
    said_by,
    terms_said,
)
from onebow.apps.plans.services.kinds import PackMark, end_packed
from onebow.cores.timekeeping import read_recurrence

# What a duty means; with another meaning it is another row.
MEANING = ("kinds", "condition", "measure")
ONE_DAY = date.resolution


def put_duty(scope: Organization, draft: DutyDraft, mark: PackMark, *, on: date, by: User | None, at: datetime) -> str:
    """Put a duty in place: `same`, `added`, `changed`, or `kept`. Runs in a transaction; `generate` follows.

    A new duty is asked from the period on that holds the day. Other terms or another meaning follow with the next
    period; what began stays. Terms that the office set itself stay, however the pack's read: all else equal that is
    `kept`.

    Raises:
        Refused: kinds, condition or measure are no words of ours, or the terms can never be kept.
    """
    check_draft(draft)
    former = Duty.objects.select_for_update().filter(scope=scope, key=draft.key, ends_on=None).first()
    if former is None:
        holding = read_recurrence(draft.recurrence).holding(on)
        starts_on = holding.starts_on if holding else first_day(draft.terms, on)
        begun(_added(scope, draft, mark, starts_on), draft.terms, starts_on, by=None if mark.key else by, at=at)
        return "added"
    said, own = said_by(former), former.cadences.filter(ends_on=None, made_by__isnull=False).first()
    terms = terms_said(own) if own else draft.terms
    if any(getattr(said, name) != getattr(draft, name) for name in MEANING):
        _replace(former, draft, mark, terms=terms, on=on, by=own.made_by if own else None, at=at)
        return "changed"
    told = _write(former, draft, mark)
    if said.terms == draft.terms:
        return "changed" if told else "same"
    if own:
        return "changed" if told else "kept"
    followed(former, draft.terms, on + ONE_DAY, by=None if mark.key else by, at=at)
    return "changed"


def end_duty(duty: Duty, on: date) -> None:
    """Ask a duty no more: periods that begin on that day or later are not made. `generate` follows."""
    for cadence in duty.cadences.filter(ends_on=None):
        if cadence.starts_on is not None and cadence.starts_on >= on:
            # It never came into force.
            duty.cadences.filter(ends_on=cadence.starts_on).update(ends_on=on)
            cadence.starts_on = on - ONE_DAY
        cadence.ends_on = on
        cadence.save(update_fields=["starts_on", "ends_on"])
    end_packed(duty, on)


def _replace(
    former: Duty, draft: DutyDraft, mark: PackMark, *, terms: CadenceDraft, on: date, by: User | None, at: datetime
) -> None:
    """End the former row where the first period of the new one begins."""
    starts_on = first_day(terms, on + ONE_DAY)
    end_duty(former, starts_on)
    begun(_added(former.scope, draft, mark, starts_on), terms, starts_on, by=by, at=at)


def _added(scope: Organization, draft: DutyDraft, mark: PackMark, starts_on: date) -> Duty:
    return Duty.objects.create(
        scope=scope, key=draft.key, starts_on=starts_on, pack=mark.key, pack_version=mark.version, **_facts(draft)
    )


def _facts(draft: DutyDraft) -> dict[str, Any]:
    return {
        "name": draft.name,
        "kinds": list(draft.kinds),
        "condition": draft.condition,
        "measure": draft.measure,
        "proof": list(draft.proof),
        "basis": draft.basis,
        "order": draft.order,
    }


def _write(duty: Duty, draft: DutyDraft, mark: PackMark) -> bool:
    """Words that change no meaning are written into the row; whether any did change (the mark is no word)."""
    changed = [name for name, value in _facts(draft).items() if getattr(duty, name) != value]
    for name, value in {**_facts(draft), "pack": mark.key, "pack_version": mark.version}.items():
        setattr(duty, name, value)
    duty.save()
    return bool(changed)
