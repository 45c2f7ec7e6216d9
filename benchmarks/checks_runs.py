"""Runs of checks: a bureau with a year, its pages, and 2,000 organizations of which a tenth of what was due is open.

`500`: on the demonstration of one bureau. `20000`: on that many people; the year is laid down and taken back.
"""

import sys
import time
from datetime import date
from random import Random

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks.timing import HEAD, tell
from onebow.apps.accounts.models import User
from onebow.apps.organizations.models import Organization
from onebow.apps.plans.models import CheckRun, Gap, Item, ItemKind, Occurrence, Plan, Proof
from onebow.apps.plans.services.checks import CheckDraft, run_check
from onebow.apps.plans.services.duties import DutyDraft, generate, put_duty
from onebow.apps.plans.services.kinds import PackMark
from onebow.apps.plans.tests.make import ROUTINE, make_kind

ORGANIZATIONS, BUDGET_S, BUREAU_S = 2_000, 60, 1
KINDS = tuple(Organization.Kind.values)
MARK = PackMark("bench", "1")
# Of what was due so much was done.
DONE, TIED = 0.9, 0.67
DUTIES = {
    **{f"m{n}": "FREQ=MONTHLY" for n in range(4)}, **{f"q{n}": "FREQ=MONTHLY;INTERVAL=3" for n in range(3)},
    "study": "FREQ=WEEKLY;INTERVAL=2",
}  # fmt: skip


def _run(organization: Organization, name: str, share: float, budget: float) -> None:
    year = timezone.localdate().year
    draft = CheckDraft(organization.pk, "half", date(year, 1, 1), date(year, 7, 1))
    started, at = time.perf_counter(), timezone.now()
    with CaptureQueriesContext(connection) as queries:
        made = run_check(draft, by=None, at=at)
    seconds = time.perf_counter() - started
    told = f"{made.found:,} found, {made.seen:,} seen; {seconds * share:.1f} s (budget {budget} s)"
    print(f"{seconds:8.2f} {len(queries):8d}  {name}: {told}", flush=True)


def bureau() -> None:
    """The half-year of a bureau as a new run and again, and the pages of what its year found."""
    root = Organization.objects.filter(kind="unit", parent=None).order_by("pk")[0]
    print(f"\nchecks, one bureau\n{'s':>8} {'queries':>8}")
    with transaction.atomic():
        _run(root, "half a year", 1, BUREAU_S)
        _run(root, "the same again", 1, BUREAU_S)
        transaction.set_rollback(True)
    client = Client()
    client.force_login(User.objects.get(username="officer"))
    run, gap = CheckRun.objects.filter(kind="half").latest("pk"), Gap.objects.filter(state="open").latest("pk")
    print(f"\n{HEAD}")
    pages = {"checks": "/checks/", "a check": f"/checks/{run.pk}/", "gaps": "/gaps/?state=living"}
    tell(client, {**pages, "a gap": f"/gaps/{gap.pk}/", "new": "/checks/new/"})


def many() -> None:
    """Half a year of 2,000 organizations."""
    with transaction.atomic():
        top = _lay_down()
        there = Organization.objects.filter(ends_on=None, path__startswith=top.path).count()
        share = min(1.0, ORGANIZATIONS / there)
        print(f"\nchecks, {there:,} organizations\n{'s':>8} {'queries':>8}")
        _run(top, "half a year", share, BUDGET_S)
        _run(top, "the same again", share, BUDGET_S)
        transaction.set_rollback(True)


def _lay_down() -> Organization:
    """Eight duties of every organization, most of them done; an item each, some of them tied to nothing."""
    year, at, random = timezone.localdate().year, timezone.now(), Random(1)
    # Everything hangs below the one that has the most under it.
    tops = Organization.objects.filter(parent=None, ends_on=None)
    top = max(tops, key=lambda one: Organization.objects.filter(path__startswith=one.path).count())
    for key, recurrence in DUTIES.items():
        put_duty(top, DutyDraft(key, key, KINDS, recurrence), MARK, on=date(year, 1, 1), by=None, at=at)
    generate(None, year, at=at)
    done = (pk for pk in Occurrence.objects.values_list("pk", flat=True).order_by("pk") if random.random() < DONE)
    Proof.objects.bulk_create(
        (
            Proof(occurrence_id=pk, source="bench.row", source_id=pk, entry_id=1, happened_on=date(year, 1, 5))
            for pk in done
        ),
        batch_size=5_000,
    )
    _items(top, random)
    return top


def _items(top: Organization, random: Random) -> None:
    year, at = timezone.localdate().year, timezone.now()
    stamps = {"created_at": at, "updated_at": at}
    kind = ItemKind.objects.filter(key="routine", ends_on=None).first() or make_kind(top, ROUTINE)
    plan = Plan.objects.get_or_create(organization=top, year=year, defaults={**stamps, "number": 1})[0]
    rows = Organization.objects.filter(path__startswith=top.path, ends_on=None).values_list("pk", flat=True)
    Item.objects.bulk_create(
        Item(
            plan=plan, kind=kind, side="business", organization_id=pk, title="日常业务", state="planned",
            due_on=date(year, 1 + pk % 12, 20), untied_reason="内部事务" if random.random() < TIED else "", **stamps,
        )
        for pk in rows
    )  # fmt: skip


if sys.argv[1:] == ["500"]:
    bureau()
else:
    many()
