"""Making the occurrences of a year: 15 duties of 2,000 organizations, for the first time and again."""

import time
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onebow.apps.organizations.models import Organization
from onebow.apps.plans.models import Cadence, Duty, Occurrence, Proof
from onebow.apps.plans.services.duties import DutyDraft, generate, put_duty
from onebow.apps.plans.services.kinds import PackMark

ORGANIZATIONS, BUDGET_S, YEAR = 2_000, 20, 2027
# Branches of a size of 2,000 organizations are few in any demonstration, so all kinds are asked.
KINDS = tuple(Organization.Kind.values)
MONTHLY = DutyDraft("m", "每月", KINDS, "FREQ=MONTHLY", proposed="FREQ=MONTHLY;BYMONTHDAY=5")
QUARTERLY = replace(MONTHLY, recurrence="FREQ=MONTHLY;INTERVAL=3", proposed="")
YEARLY = replace(QUARTERLY, recurrence="FREQ=YEARLY", window_from="10-01", window_to="12-31")
DRAFTS = (
    *(replace(MONTHLY, key=f"m{n}") for n in range(3)),
    replace(MONTHLY, key="committee", condition="committee"),
    replace(MONTHLY, key="groups", condition="groups"),
    replace(MONTHLY, key="study", recurrence="FREQ=WEEKLY;INTERVAL=2", proposed=""),
    *(replace(QUARTERLY, key=f"q{n}") for n in range(3)),
    *(replace(YEARLY, key=f"y{n}") for n in range(4)),
    replace(YEARLY, key="hours", count=Decimal(32), measure="hours"),
    replace(YEARLY, key="talks", measure="each"),
)


def main() -> None:
    """Print a table; everything is made in a transaction of which nothing stays."""
    at = timezone.now()
    with transaction.atomic():
        Proof.objects.all().delete()
        for model in (Occurrence, Cadence, Duty):
            model.objects.all()._raw_delete("default")
        tops = list(Organization.objects.filter(parent=None, ends_on=None).order_by("path"))
        for top in tops:
            for draft in DRAFTS:
                put_duty(top, draft, PackMark("bench", "1"), on=date(YEAR, 1, 1), by=None, at=at)
        there = Organization.objects.filter(ends_on=None).count()
        share = min(1.0, ORGANIZATIONS / there)
        print(f"\nduties, {there:,} organizations, {len(DRAFTS)} duties")
        print(f"{'s':>8} {'queries':>8}  (budget: {BUDGET_S} s for {ORGANIZATIONS:,} organizations)")
        for name in ("a year for the first time", "the same again"):
            started = time.perf_counter()
            with CaptureQueriesContext(connection) as queries:
                made = generate(None, YEAR, at=at)
            seconds = time.perf_counter() - started
            print(f"{seconds:8.2f} {len(queries):8d}  {name}: {made.added:,} added; {seconds * share:.1f} s of 2,000")
        transaction.set_rollback(True)


main()
