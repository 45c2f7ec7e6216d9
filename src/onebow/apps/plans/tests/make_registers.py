"""Builders for the registers."""

from datetime import timedelta
from typing import Any

from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.tests.make import NOON, TODAY
from onebow.apps.plans.models import Directive
from onebow.apps.plans.services.directives import DirectiveDraft, register_directive


def draft_of(organization: Organization, **facts: Any) -> DirectiveDraft:
    told: dict[str, Any] = {
        "kind": "document", "source": "市委组织部", "title": "关于做好稳就业工作的通知", "number": "示组发〔2026〕3号",
        "received_on": TODAY - timedelta(days=10), "reply_due_on": TODAY + timedelta(days=20),
    }  # fmt: skip
    return DirectiveDraft(organization_id=organization.pk, **(told | facts))


def make_directive(organization: Organization, **facts: Any) -> Directive:
    return register_directive(draft_of(organization, **facts), by=None, at=NOON)
