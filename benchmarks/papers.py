"""The papers and member lists of a plan for the bureau of the demonstration: reading, and writing both forms.

The plan is proposed by the product itself in a transaction that is rolled back.
"""

import statistics
import time
from collections.abc import Callable

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.documents.official.rendering import Order, render_many
from onebow.apps.organizations.models import Organization, Restructuring
from onebow.apps.organizations.queries.reach import Reach, reach_of
from onebow.apps.organizations.queries.restructuring.papers.catalog import KINDS
from onebow.apps.organizations.queries.restructuring.papers.lists import planned_lists
from onebow.apps.organizations.queries.restructuring.papers.records import records_of_lists
from onebow.apps.organizations.queries.visible import roots_for
from onebow.apps.organizations.services.member_lists import order_of
from onebow.apps.organizations.services.restructuring import drafts, proposals
from onebow.apps.organizations.services.restructuring.papers import paper_of

RUNS = 9


def proposed_plan(user: User, root: Organization, committee: Organization) -> Restructuring:
    """The best structure of the unit as a plan."""
    now, draft = timezone.now(), drafts.PlanDraft(root.pk, committee.pk, "支部调整方案", timezone.localdate())
    plan = drafts.draft_restructuring(draft, by=user, at=now)
    units = {unit.name: str(unit.pk) for unit in root.children.filter(kind="unit", ends_on=None)}
    # The logistics centre has too few members for a branch of its own.
    attached = {units["机关服务中心"]: units["局机关"]} if {"机关服务中心", "局机关"} <= units.keys() else {}
    run = proposals.request_proposal(
        plan.pk, proposals.Settings({}, {"attached": attached}), by=user, at=now, queue=False
    )
    proposals.compute(plan.pk, run.pk, now=timezone.now)
    return Restructuring.objects.select_related("root", "committee", "approval").get(pk=plan.pk)


def orders_of(plan: Restructuring, reach: Reach) -> list[Order]:
    """All member lists of a plan as the documents app takes them."""
    records = records_of_lists(plan, until=timezone.now())
    return [order_of(one, records.get(one.id, 0), "") for one in planned_lists(plan, reach)]


def seconds(deed: Callable[[], object]) -> float:
    """Median of some runs."""
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        deed()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def deeds_of(plan: Restructuring, reach: Reach) -> dict[str, Callable[[], object]]:
    """What is measured, by name; the time of a paper is another each time, since typst remembers what it has set."""
    orders = orders_of(plan, reach)
    deeds: dict[str, Callable[[], object]] = {
        f"{len(orders)} 份名册:读取": lambda: orders_of(plan, reach),
        f"{len(orders)} 份名册:.zip": lambda: render_many(orders, "docx", at=timezone.now()),
        f"{len(orders)} 份名册:.pdf": lambda: render_many(orders, "pdf", at=timezone.now()),
    }
    for key in ("founding_request", "before_after"):
        for form in ("text", "docx", "pdf"):
            deeds[f"{KINDS[key].name}:{form}"] = _paper(plan, key, form)
    return deeds


def _paper(plan: Restructuring, key: str, form: str) -> Callable[[], object]:
    return lambda: paper_of(plan, KINDS[key], {}, at=timezone.now()).render(form)


def main() -> None:
    """Print a table."""
    user = User.objects.get(username="officer")
    reach = reach_of(user, timezone.localdate())
    root = roots_for(reach).order_by("path").first()
    committee = Organization.objects.filter(kind="organ_committee").first()
    if root is None or committee is None:
        raise SystemExit("no unit")
    with transaction.atomic():
        plan = proposed_plan(user, root, committee)
        print(f"\npapers of a plan: {plan.seats.count():,} seats; medians of {RUNS} runs, data and file together")
        print(f"{'s':>8} {'queries':>8}")
        for name, deed in deeds_of(plan, reach).items():
            with CaptureQueriesContext(connection) as queries:
                deed()
            print(f"{seconds(deed):8.2f} {len(queries):8d}  {name}", flush=True)
        transaction.set_rollback(True)


main()
