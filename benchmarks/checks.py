"""The checks on the structure: everything at once, one bureau, and the pages, for the officer of everything."""

import sys
from collections.abc import Callable

from django.test import Client
from django.utils import timezone

from benchmarks.timing import median_ms, statements_of
from onebow.apps.accounts.models import User
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.findings import findings_in, scope_for
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.queries.visible import roots_for

RUNS = 15
BUDGET_S, BUDGET_MS, BUDGET_QUERIES = 5, 40, 12


def main(size: int) -> None:
    """Print a table."""
    user, today = User.objects.get(username="officer"), timezone.localdate()
    reach = reach_of(user, today)
    root = roots_for(reach).order_by("path").first()
    if root is None:
        raise SystemExit("no unit")
    branch = Organization.objects.filter(kind="branch", ends_on=None).latest("pk")
    client = Client(HTTP_HOST="localhost")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    everything, one = scope_for(reach, today, today), scope_for(reach, today, today, root)
    a_year_ago = scope_for(reach, today.replace(year=today.year - 1, day=min(today.day, 28)), today)
    deeds: dict[str, Callable[[], object]] = {
        f"全部组织({len(findings_in(everything)):,} 条)": lambda: findings_in(everything),
        "全部组织,一年前": lambda: findings_in(a_year_ago),
        f"一个局({len(findings_in(one)):,} 条)": lambda: findings_in(one),
        "检查结果·按规则": lambda: client.get(f"/findings/?root={root.pk}"),
        "检查结果·按组织": lambda: client.get(f"/findings/?root={root.pk}&by=organization"),
        "党支部的检查结果": lambda: client.get(f"/organizations/{branch.pk}/findings/"),
        "规则依据": lambda: client.get("/findings/rules/"),
    }
    print(f"\nchecks, {size:,} people, {Organization.objects.count():,} organizations; medians of {RUNS} runs")
    print(f"{'ms':>8} {'queries':>8}  (budget: all {BUDGET_S} s, a page {BUDGET_MS} ms and {BUDGET_QUERIES} queries)")
    for name, deed in deeds.items():
        print(f"{median_ms(deed, RUNS):8.1f} {statements_of(deed):8d}  {name}", flush=True)


main(int(sys.argv[1]))
