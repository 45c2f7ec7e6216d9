"""Builders for transfers and dues over the town of `organizations`."""

from datetime import date
from decimal import Decimal
from typing import Any

from onebow.apps.accounts.models import User
from onebow.apps.affairs.models import DuesBase, DuesRelief, Transfer
from onebow.apps.affairs.services.bases import BaseDraft, set_base
from onebow.apps.affairs.services.reliefs import ReliefDraft, ask_relief
from onebow.apps.affairs.services.transfers import TransferDraft, issue_transfer
from onebow.apps.organizations.models import Organization, Person
from onebow.apps.organizations.tests.make import NOON, TODAY, Town

MARCH = date(2026, 3, 1)


def zhao(town: Town) -> Person:
    """Secretary of the first branch."""
    return Person.objects.get(user=town.secretary)


def qian(town: Town) -> Person:
    """Member of the second branch."""
    return Person.objects.get(user=town.member)


def out(person: Person, *, by: User | None = None, **facts: Any) -> Transfer:
    told: dict[str, Any] = {"number": "2026-001", "valid_days": 90, "reason": "work", "committee": "市水务局机关党委"}
    told |= {"issued_on": TODAY, "paid_until": MARCH} | facts
    return issue_transfer(TransferDraft("out", person_id=person.pk, **told), by=by, at=NOON)


def within(person: Person, target: Organization, *, by: User | None = None, **facts: Any) -> Transfer:
    told: dict[str, Any] = {"number": "2026-001", "valid_days": 30, "reason": "work", "issued_on": TODAY} | facts
    draft = TransferDraft("within", person_id=person.pk, target_id=target.pk, **told)
    return issue_transfer(draft, by=by, at=NOON)


def come(person: Person | None, target: Organization, *, by: User | None = None, **facts: Any) -> Transfer:
    told: dict[str, Any] = {"number": "水务〔2026〕7号", "valid_days": 90, "reason": "work", "issued_on": TODAY}
    told |= {"committee": "市水务局机关党委", "elsewhere": "河道科党支部"} | facts
    draft = TransferDraft("in", person_id=person.pk if person else None, target_id=target.pk, **told)
    return issue_transfer(draft, by=by, at=NOON)


def earn(person: Person, branch: Organization, base: str | None = "5400", kind: str = "wage", **facts: Any) -> DuesBase:
    month, by = facts.get("month", MARCH), facts.get("by")
    amount = None if base is None else Decimal(base)
    return set_base(BaseDraft(branch.pk, person.pk, kind, amount, month), by=by, at=NOON)


def ask(person: Person, branch: Organization, *, by: User | None = None, **facts: Any) -> DuesRelief:
    told: dict[str, Any] = {"kind": "reduced", "amount": Decimal(10), "first": MARCH, "last": date(2026, 6, 1)}
    told |= {"applied_on": date(2026, 2, 20), "studied_on": date(2026, 2, 25), "reason": "家属长期住院"} | facts
    return ask_relief(ReliefDraft(branch.pk, person.pk, **told), by=by, at=NOON)
