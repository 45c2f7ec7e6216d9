"""Pages of the city at work, as a secretary of a branch and as an officer of everything opens them.

The budget holds for what the secretary opens, and for what an officer opens of one bureau. What an officer sees of the
whole city is told beside it.
"""

from django.db import connection
from django.test import Client
from django.utils import timezone

from benchmarks.timing import HEAD, tell
from onebow.apps.accounts.models import User
from onebow.apps.meetings.models import Meeting
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.reach import Reach, reach_of
from onebow.apps.plans.models import Item

ANYBODY = {
    "工作台": "/", "全部待办": "/todo/", "我的事项": "/items/mine/", "事项列表": "/items/", "会议列表": "/meetings/",
    "工作日历": "/calendar/", "全年热力条": "/calendar/strip/", "工作台账": "/ledger/", "搜索": "/search/?q=王",
    "人员列表": "/people/", "组织列表": "/organizations/", "脱节遗忘": "/gaps/", "廉政风险点": "/risks/",
    "一张弓": "/bow/", "驾驶舱": "/cockpit/", "工作负荷": "/load/",
}  # fmt: skip


def secretary() -> tuple[User, Reach]:
    """The first of the walkers who leads a branch."""
    today = timezone.localdate()
    for user in User.objects.filter(username__startswith="walker-").order_by("pk"):
        reach = reach_of(user, today)
        if any(one.organization.kind == "branch" and one.organization.path in reach.led for one in reach.standing):
            return user, reach
    raise SystemExit("nobody leads a branch: lay the city down first")


def of_secretary(reach: Reach) -> dict[str, str]:
    """Addresses of what a secretary opens."""
    branch = next(one.organization for one in reach.standing if one.organization.path in reach.led)
    item = Item.objects.filter(organization=branch).order_by("pk").first()
    meeting = Meeting.objects.filter(organization=branch).order_by("pk").first()
    more = {"党支部": f"/organizations/{branch.pk}/", "党支部的制度任务": f"/duties/organizations/{branch.pk}/"}
    more |= {"事项": f"/items/{item.pk}/"} if item else {}
    return ANYBODY | more | ({"会议": f"/meetings/{meeting.pk}/"} if meeting else {})


def of_bureau() -> dict[str, str]:
    """Addresses of what an officer opens of a bureau."""
    units = Organization.objects.filter(links_in__kind="set_in", links_in__source__kind="organ_committee", ends_on=None)
    unit = units.order_by("path")[0]
    paths = {"一张弓": "/bow/", "驾驶舱": "/cockpit/", "工作日历": "/calendar/", "工作负荷": "/load/"}
    return {f"{name} of a bureau": f"{path}?organization={unit.pk}" for name, path in paths.items()}


def signed_in(user: User) -> Client:
    """A client of this user."""
    client = Client(HTTP_HOST="localhost")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def main() -> None:
    """Print the three tables."""
    user, reach = secretary()
    officer = signed_in(User.objects.get(username="officer"))
    print(f"\npages of a city at work on {connection.vendor}\n{HEAD}")
    print("  a secretary:")
    good = tell(signed_in(user), of_secretary(reach))
    print("  an officer of everything, one bureau:")
    good &= tell(officer, of_bureau())
    print("  an officer of everything, everything (no budget):")
    tell(officer, ANYBODY)
    print(f"budget: {'kept' if good else 'NOT KEPT *'}")


if __name__ == "__main__":
    main()
