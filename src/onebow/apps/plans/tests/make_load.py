"""Builders for load: ceilings, and items with hours."""

from datetime import date
from decimal import Decimal
from typing import Any

from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.tests.make import NOON, TODAY
from onebow.apps.plans.models import LoadCeiling
from onebow.apps.plans.services.ceilings import CeilingDraft, set_ceiling

JANUARY = date(TODAY.year, 1, 1)


def ceiling_of(organization: Organization, value: int = 100, **facts: Any) -> CeilingDraft:
    told = {"measure": "hours", "strength": "refuse", "basis": "内部规定第3条", "starts_on": JANUARY} | facts
    return CeilingDraft(organization.pk, value=Decimal(value), **told)


def make_ceiling(organization: Organization, value: int = 100, **facts: Any) -> LoadCeiling:
    return set_ceiling(ceiling_of(organization, value, **facts), by=None, at=NOON)
