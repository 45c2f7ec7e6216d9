"""Builders for the registers."""

from datetime import date, timedelta
from typing import Any

from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.tests.make import NOON, TODAY
from onebow.apps.plans.models import Bylaw, Directive, Drive
from onebow.apps.plans.services.bylaws import VersionDraft, make_bylaw
from onebow.apps.plans.services.directives import DirectiveDraft, register_directive
from onebow.apps.plans.services.drives import DriveDraft, open_drive

START = date(2025, 1, 1)


def draft_of(organization: Organization, **facts: Any) -> DirectiveDraft:
    told: dict[str, Any] = {
        "kind": "document", "source": "市委组织部", "title": "关于做好稳就业工作的通知", "number": "示组发〔2026〕3号",
        "received_on": TODAY - timedelta(days=10), "reply_due_on": TODAY + timedelta(days=20),
    }  # fmt: skip
    return DirectiveDraft(organization_id=organization.pk, **(told | facts))


def make_directive(organization: Organization, **facts: Any) -> Directive:
    return register_directive(draft_of(organization, **facts), by=None, at=NOON)


def drive_of(organization: Organization, **facts: Any) -> DriveDraft:
    told: dict[str, Any] = {"kind": "service", "name": "我为群众办实事", "starts_on": TODAY - timedelta(days=30)}
    return DriveDraft(organization.pk, **(told | facts))


def make_drive(organization: Organization, **facts: Any) -> Drive:
    return open_drive(drive_of(organization, **facts), by=None, at=NOON)


def make_bylaw_of(organization: Organization, name: str = "首问负责制", text: str = "第一条 首问必答") -> Bylaw:
    return make_bylaw(organization.pk, name, "服务", VersionDraft(START, text), by=None, at=NOON)
