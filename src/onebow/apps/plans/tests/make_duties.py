"""Builders for duties over the town of `organizations`."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from onebow.apps.ledger.models import Entry
from onebow.apps.ledger.services import Event, record
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.tests.make import NOON, TODAY
from onebow.apps.plans.models import Duty, Occurrence
from onebow.apps.plans.services.duties import DutyDraft, generate, hold_for_proof, prove, prove_for, put_duty
from onebow.apps.plans.services.kinds import PackMark

MARK = PackMark("test", "1")
JANUARY = date(TODAY.year, 1, 1)
MEETING = DutyDraft(
    "members_meeting", "党员大会", ("branch",), "FREQ=MONTHLY;INTERVAL=3", proposed="FREQ=MONTHLY;BYMONTHDAY=15",
    proof=("members_meeting",), basis="MTG-CADENCE", order=1,
)  # fmt: skip
THEME = DutyDraft(
    "theme_day", "主题党日", ("branch",), "FREQ=MONTHLY", proposed="FREQ=MONTHLY;BYMONTHDAY=5", proof=("theme_day",),
    basis="MTG-CADENCE", order=2,
)  # fmt: skip
LIFE = DutyDraft(
    "life_meeting", "组织生活会", ("branch",), "FREQ=YEARLY", window_from="10-01", window_to="12-31",
    proof=("life_meeting",), order=3,
)  # fmt: skip
COMMITTEE = DutyDraft(
    "committee", "支委会", ("branch",), "FREQ=MONTHLY", condition="committee", proof=("committee",), order=4
)

GROUPS = DutyDraft("group_meeting", "党小组会", ("branch",), "FREQ=MONTHLY", condition="groups", order=5)
TERM = DutyDraft("term", "换届提醒", ("branch",), "FREQ=YEARLY", condition="term", order=6)
HOURS = DutyDraft(
    "hours", "集中学习", ("branch",), "FREQ=YEARLY", Decimal(32), measure="hours", proof=("study",), order=7
)

TALKS = DutyDraft("talks", "谈心谈话", ("branch",), "FREQ=YEARLY", measure="each", proof=("talk",), order=8)
READING = DutyDraft("reading", "周末大讲堂", ("section",), "FREQ=WEEKLY;INTERVAL=2", proof=("reading",), order=9)


def make_duty(scope: Organization, draft: DutyDraft, *, on: date = JANUARY) -> Duty:
    with transaction.atomic():
        put_duty(scope, draft, MARK, on=on, by=None, at=NOON)
    return Duty.objects.get(scope=scope, key=draft.key, ends_on=None)


def make_occurrences(duty: Duty, organization: Organization, year: int = TODAY.year) -> list[Occurrence]:
    generate(None, year, at=NOON)
    rows = Occurrence.objects.filter(duty=duty, organization=organization, starts_on__year=year)
    return list(rows.order_by("starts_on"))


def do(organization: Organization, *keys: str, on: date, at: Any = NOON, **facts: Any) -> Entry:
    """Something done on a day, and what it proves: as the apps above do it."""
    with transaction.atomic():
        hold_for_proof([organization.pk], on)
        entry = record(Event("party.noted", organization.pk, data={"text": "开会"}, happened_on=on), by_id=None, at=at)
        prove([organization.pk], keys, source=organization, entry_id=entry.pk, happened_on=on, **facts)
    return entry


def make_up(occurrence: Occurrence, *, on: date, at: Any = NOON) -> Entry:
    """Something done later for a period gone by."""
    with transaction.atomic():
        hold_for_proof([], on, [occurrence.pk])
        event = Event("party.noted", occurrence.organization_id, data={"text": "补课"}, happened_on=on)
        entry = record(event, by_id=None, at=at)
        prove_for([occurrence.pk], source=occurrence, entry_id=entry.pk, happened_on=on)
    return entry


def noon(day: date) -> Any:
    return NOON + (day - timezone.localdate(NOON))


def asked_of(organization: Organization, key: str) -> list[tuple[int, Decimal]]:
    """By month, how much is asked of an organization by a duty."""
    rows = Occurrence.objects.filter(organization=organization, duty__key=key).order_by("starts_on")
    return [(row.starts_on.month, row.asked) for row in rows]
