"""Reading a plan of restructuring that moves everybody in the database: figures, list, sheets, two plans compared.

The plans are made up in a transaction that is rolled back: every section gets a branch of its own, in the second plan
two sections share one.
"""

import sys
from collections.abc import Callable

from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from benchmarks.timing import median_ms, statements_of
from onebow.apps.accounts.models import User
from onebow.apps.organizations.models import Membership, Organization, PlannedOrganization, Restructuring, Seat
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.queries.restructuring.comparison import comparison_of
from onebow.apps.organizations.queries.restructuring.sheets import people_sheets
from onebow.apps.organizations.queries.visible import roots_for

RUNS = 9
BUDGET_MS, BUDGET_QUERIES = 40, 12


def make_plan(root: Organization, committee: Organization, per_branch: int) -> Restructuring:
    """A plan that seats every member at work, so many sections to a branch."""
    now, today = timezone.now(), timezone.localdate()
    plan = Restructuring.objects.create(
        root=root, committee=committee, name="大方案", origin="today", facts_on=today, effective_on=today,
        created_at=now, updated_at=now,
    )  # fmt: skip
    party = (
        Membership.objects.on(today).filter(side="party").values_list("person", "organization", "organization__kind")
    )
    held = {person: (organization, kind) for person, organization, kind in party}
    work = Membership.objects.on(today).filter(side="staff", person__in=held, person__standing__contains="member")
    rows = {person: rest for person, *rest in work.values_list("person", "organization", "place", "person__standing")}
    sections = sorted({section for section, *_ in rows.values()})
    chunks = [sections[start : start + per_branch] for start in range(0, len(sections), per_branch)]
    planned = PlannedOrganization.objects.bulk_create(
        PlannedOrganization(restructuring=plan, kind="branch", name=f"拟设第{number}党支部", rank=number)
        for number in range(len(chunks))
    )
    into = {section: one for chunk, one in zip(chunks, planned, strict=True) for section in chunk}
    Seat.objects.bulk_create(
        Seat(
            restructuring=plan, person_id=person, planned=into[section], section_id=section, place_id=place,
            branch_id=held[person][0] if held[person][1] in Organization.BRANCH_KINDS else None,
            membership_in_id=held[person][0], standing=standing,
        )
        for person, (section, place, standing) in rows.items()
    )  # fmt: skip
    return plan


def deeds_of(plan: Restructuring, other: Restructuring, client: Client) -> dict[str, Callable[[], object]]:
    """What is measured, by name."""
    pictures, people = (
        reverse(f"organizations:restructuring_{name}", args=[plan.pk]) for name in ("pictures", "people")
    )
    both = f"{reverse('organizations:restructuring_compare')}?a={plan.pk}&b={other.pk}"
    return {
        "comparison_of": lambda: comparison_of(plan),
        "people_sheets": lambda: [list(table.rows) for table in people_sheets(plan)[0]],
        "调整前后": lambda: client.get(pictures),
        "党员变动": lambda: client.get(people),
        "比较两个方案": lambda: client.get(both),
    }


def main(size: int) -> None:
    """Print a table."""
    user = User.objects.get(username="officer")
    root = roots_for(reach_of(user, timezone.localdate())).order_by("path").first()
    committee = Organization.objects.filter(kind="organ_committee").first()
    if root is None or committee is None:
        raise SystemExit("no unit")
    client = Client(HTTP_HOST="localhost")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    with transaction.atomic():
        plan, other = make_plan(root, committee, 1), make_plan(root, committee, 2)
        seats, branches = plan.seats.count(), plan.planned.count()
        print(f"\nplans, {size:,} people: {seats:,} seats, {branches:,} branches; medians of {RUNS} runs")
        print(f"{'ms':>8} {'queries':>8}  (budget of a page: {BUDGET_MS} ms for a bureau, {BUDGET_QUERIES} queries)")
        for name, deed in deeds_of(plan, other, client).items():
            print(f"{median_ms(deed, RUNS):8.1f} {statements_of(deed):8d}  {name}", flush=True)
        transaction.set_rollback(True)


main(int(sys.argv[1]))
