"""Medians and query counts of pages for the officer of everything, through the test client."""

import statistics
import sys
import time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from onebow.apps.accounts.models import User
from onebow.apps.organizations.models import Organization, Person, Restructuring

RUNS = 25
BUDGET_MS, BUDGET_QUERIES = 40, 12


def addresses() -> dict[str, str]:
    """The pages measured, by what they are called."""
    section = Organization.objects.filter(kind="section", ends_on=None).latest("pk")
    branch = Organization.objects.filter(kind="branch", ends_on=None).latest("pk")
    person = Person.objects.latest("pk")
    return {
        "工作台": reverse("desk:home"),
        "两棵树": reverse("organizations:trees"),
        "两棵树·表": reverse("organizations:trees_table"),
        "组织列表": reverse("organizations:index"),
        "科室": reverse("organizations:show", args=[section.pk]),
        "党支部": reverse("organizations:show", args=[branch.pk]),
        "人员列表": reverse("organizations:people"),
        "人员": reverse("organizations:person", args=[person.pk]),
        "两棵树·选中": reverse("organizations:trees") + f"?node={branch.pk}",
        "沿革": reverse("organizations:history", args=[branch.pk]),
        "履历": reverse("organizations:person_history", args=[person.pk]),
        "工作台账": reverse("organizations:ledger"),
        "服务链条": reverse("organizations:chains_list"),
        "选举": reverse("organizations:elections"),
        "发起选举": reverse("organizations:election_new", args=[branch.pk]),
        "支部调整": reverse("organizations:restructurings"),
        **plan_addresses(),
        "搜索·姓名": reverse("desk:search") + f"?q={person.name}",
        "搜索·首字母": reverse("desk:search") + f"?q={person.initials}",
    }


def plan_addresses() -> dict[str, str]:
    """The pages of the latest plan of restructuring; none before `onebow demo check --keep`."""
    plan = Restructuring.objects.order_by("pk").last()
    if plan is None:
        return {}
    doors = {"restructuring": "概览", "restructuring_board": "编排", "restructuring_changes": "变动"}
    doors |= {"restructuring_people": "人员", "restructuring_pictures": "图表", "restructuring_papers": "文书"}
    return {f"方案·{word}": reverse(f"organizations:{door}", args=[plan.pk]) for door, word in doors.items()}


def measured(client: Client, address: str) -> tuple[float, int, int]:
    """Median in milliseconds, number of queries, length of the answer in bytes."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    # Now: the next request empties the log.
    asked = len(queries)
    if answer.status_code != 200:
        raise SystemExit(f"{address}: {answer.status_code}")
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times), asked, len(answer.content)


def main(size: int) -> None:
    """Print a table."""
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.get(username="officer"), backend="django.contrib.auth.backends.ModelBackend")
    print(f"\npages, {size:,} people, {Organization.objects.count():,} organizations; medians of {RUNS} runs")
    print(f"{'ms':>8} {'queries':>8} {'KB':>7}  page   (budget: {BUDGET_MS} ms, {BUDGET_QUERIES} queries)")
    for name, address in addresses().items():
        median, queries, length = measured(client, address)
        over = " *" if median > BUDGET_MS or queries > BUDGET_QUERIES else ""
        print(f"{median:8.1f} {queries:8d} {length / 1024:7.0f}  {name}{over}", flush=True)


main(int(sys.argv[1]))
