"""The bow of a bureau and of a branch, and the calendar with its strip; among a city's items where those are there.

In a bureau alone a year of 600 items is made up, in a transaction that is rolled back.
"""

from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from benchmarks.annual import make_plan
from benchmarks.timing import HEAD, tell
from onebow.apps.accounts.models import User
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.queries.visible import roots_for
from onebow.apps.plans.models import Item, Tie

CITY = 50_000


def pages_of(unit: Organization) -> dict[str, str]:
    """What is measured, by name."""
    bow, calendar = reverse("desk:bow"), reverse("desk:calendar")
    branches = Organization.objects.filter(kind="branch", ends_on=None, parent__links_out__target=unit)
    branch = branches.order_by("path")[0]
    return {
        "一张弓·局": f"{bow}?organization={unit.pk}",
        "一张弓·局·未挂钩": f"{bow}?organization={unit.pk}&tie=untied",
        "一张弓·支部": f"{bow}?organization={branch.pk}",
        "工作日历和全年条": f"{calendar}?organization={unit.pk}",
    }


def main() -> None:
    """Print a table."""
    user = User.objects.get(username="officer")
    unit = roots_for(reach_of(user, timezone.localdate())).order_by("path").first()
    if unit is None:
        raise SystemExit("no unit")
    client = Client(HTTP_HOST="localhost")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    with transaction.atomic():
        if Item.objects.count() < CITY:
            plan = make_plan(unit, user)
            plan.items.update(state="planned", approved_at=timezone.now())
        print(f"\nbow, {Item.objects.count():,} items, {Tie.objects.count():,} ties\n{HEAD}")
        tell(client, pages_of(unit))
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
