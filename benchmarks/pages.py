"""Medians and query counts of pages for the officer of everything, through the test client."""

import sys

from django.test import Client
from django.urls import reverse

from benchmarks.timing import BUDGET_MS, BUDGET_QUERIES, RUNS, measured
from onebow.apps.accounts.models import User
from onebow.apps.organizations.models import Organization, Person, Restructuring


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


def main(size: int) -> None:
    """Print a table."""
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.get(username="officer"), backend="django.contrib.auth.backends.ModelBackend")
    there = f"{size:,} people, {Organization.objects.count():,} organizations"
    print(f"\npages, {there}; processor time, medians of {RUNS} runs")
    print(f"{'ms':>8} {'queries':>8} {'KB':>7}  page   (budget: {BUDGET_MS} ms, {BUDGET_QUERIES} queries)")
    for name, address in addresses().items():
        median, queries = measured(client, address)
        length = len(client.get(address).content)
        over = " *" if median > BUDGET_MS or queries > BUDGET_QUERIES else ""
        print(f"{median:8.1f} {queries:8d} {length / 1024:7.0f}  {name}{over}", flush=True)


main(int(sys.argv[1]))
