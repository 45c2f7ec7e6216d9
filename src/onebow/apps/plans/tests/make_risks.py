"""Builders for integrity-risk points."""

from datetime import date, timedelta
from typing import Any

from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.tests.make import NOON, TODAY, Town
from onebow.apps.plans.models import RiskPoint
from onebow.apps.plans.services.risks import ReviewDraft, RiskDraft, register_risk

NEXT = TODAY + timedelta(days=300)


def risk_of(organization: Organization, owner_id: int, **facts: Any) -> RiskDraft:
    told: dict[str, Any] = {"matter": "提前退休审批", "measure": "双人审核、结果公示"}
    return RiskDraft(organization.pk, owner_id=owner_id, **(told | facts))


def make_risk(town: Town, held: tuple[int, ...] = (1, 2, 3), review_on: date = NEXT, **facts: Any) -> RiskPoint:
    """A risk point of the wages section, kept by the member."""
    draft = risk_of(town.wages, town.member.person.pk, **facts)
    return register_risk(draft, held, review_on, by=None, at=NOON)


def review_of(**facts: Any) -> ReviewDraft:
    told: dict[str, Any] = {"on": TODAY, "held": (1,), "next_on": NEXT, "remark": "措施有效"}
    return ReviewDraft(**(told | facts))
