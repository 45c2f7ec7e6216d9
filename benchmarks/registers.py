"""Pages of registers, two duties and clashes in a bureau year, made up in a transaction that is rolled back."""

import sys
import time
from datetime import date, datetime, timedelta

from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from benchmarks.timing import HEAD, tell
from onebow.apps.accounts.models import User
from onebow.apps.desk.queries.clashes import clashes_between
from onebow.apps.meetings.models import Meeting, MeetingKind
from onebow.apps.organizations.models import Organization, Person, Post
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.queries.visible import roots_for
from onebow.apps.plans.models import (
    Away,
    Bylaw,
    BylawVersion,
    Cadence,
    Directive,
    Drive,
    Duty,
    Item,
    ItemKind,
    Occurrence,
    Plan,
)
from onebow.apps.plans.queries.doubles import doubles_in

BUDGET_YEAR_MS = 1000
ITEMS, OCCURRENCES, MEETINGS, ABSENCES, REGISTERS = 600, 2_500, 1_500, 500, 120
DAY = timedelta(days=1)
WORDS = "调研走访服务培训"


def make_items(root: Organization, people: list[Person], year: date) -> None:
    """Items of both sides, some of a few days, each with who answers for it; registers that they hang on."""
    now = timezone.now()
    stamps = {"created_at": now, "updated_at": now}
    directives = Directive.objects.bulk_create(
        Directive(
            organization=root, kind="document", source="市局", title=f"通知{n}", received_on=year + n * DAY, **stamps
        )
        for n in range(REGISTERS)
    )
    drives = Drive.objects.bulk_create(
        Drive(organization=root, kind="service", name=f"活动{n}", starts_on=year + n * DAY, **stamps)
        for n in range(REGISTERS)
    )
    kinds = {
        side: ItemKind.objects.create(scope=root, key=f"bench-{side}", name="测量", side=side, listed_in=listed)
        for side, listed in (("business", "business"), ("party", "meetings"))
    }
    plan = Plan.objects.create(organization=root, year=year.year, **stamps)
    owners = list(Organization.objects.filter(path__startswith=root.path, kind="section", ends_on=None))
    Item.objects.bulk_create(
        Item(
            plan=plan, kind=kinds[side], side=side, title=f"{WORDS[n % 7 : n % 7 + 2]}第{n * 7919 % 600}项",
            organization=owners[n % len(owners)], person=people[n % len(people)], directive=directives[n % 9],
            drive=drives[n % 9], starts_on=year + (n % 360) * DAY, due_on=year + (n % 360 + (n % 5) * 9) * DAY,
            state="planned", **stamps,
        )
        for n, side in ((n, ("business", "party")[n % 3 == 0]) for n in range(ITEMS))
    )  # fmt: skip


def make_rhythm(root: Organization, people: list[Person], year: date) -> None:
    """Duties, meetings and absences over the year, and bylaws."""
    now = timezone.now()
    stamps = {"created_at": now, "updated_at": now}
    branches = list(Organization.objects.filter(kind__in=Organization.BRANCH_KINDS, ends_on=None)[:40])
    scope = branches[0]
    duties = [Duty.objects.create(scope=scope, key=f"bench-{n}", name=f"任务{n}", starts_on=year) for n in range(63)]
    cadences = Cadence.objects.bulk_create(
        Cadence(duty=duty, recurrence="FREQ=YEARLY", made_at=now, starts_on=year) for duty in duties
    )
    Occurrence.objects.bulk_create(
        Occurrence(
            duty=duties[n // 40], cadence=cadences[n // 40], organization=branches[n % 40 % len(branches)],
            starts_on=year + (n % 40 // len(branches)) * DAY, ends_on=year + 365 * DAY, due_on=year + 300 * DAY,
            planned_on=year + (n % 300) * DAY,
        )
        for n in range(OCCURRENCES)
    )  # fmt: skip
    kind = MeetingKind.objects.create(scope=scope, key="bench", name="会议", due_to="members")
    morning = timezone.make_aware(datetime(year.year, 1, 1, 9))
    Meeting.objects.bulk_create(
        Meeting(
            organization=branches[n % len(branches)], kind=kind, title=f"会议{n}",
            planned_at=morning + timedelta(days=n % 300, hours=n % 7), **stamps,
        )
        for n in range(MEETINGS)
    )  # fmt: skip
    Away.objects.bulk_create(
        Away(
            person=people[n % len(people)], kind="leave", source="hand", starts_on=year + (n % 300) * DAY,
            ends_on=year + (n % 300 + 3) * DAY, **stamps,
        )
        for n in range(ABSENCES)
    )  # fmt: skip
    bylaws = Bylaw.objects.bulk_create(
        Bylaw(organization=branches[n % len(branches)], name=f"制度{n}", **stamps) for n in range(REGISTERS)
    )
    BylawVersion.objects.bulk_create(
        BylawVersion(bylaw=bylaw, number=1, text="第一条", starts_on=year, made_at=now) for bylaw in bylaws
    )


def addresses() -> dict[str, str]:
    """The pages measured, by what they are called."""
    today = timezone.localdate()
    person = Post.objects.on(today).filter(role="secretary").latest("pk").person_id
    return {
        "上级部署": reverse("plans:directives"),
        "上级部署·落实": reverse("plans:directive", args=[Item.objects.latest("pk").directive_id]),
        "专项活动": reverse("plans:drives"),
        "专项活动·汇总": reverse("plans:drive", args=[Item.objects.latest("pk").drive_id]),
        "支部制度": reverse("plans:bylaws"),
        "支部制度·版本": reverse("plans:bylaw", args=[Bylaw.objects.latest("pk").pk]),
        "一岗双责": reverse("plans:dual_posts"),
        "一岗双责·个人": reverse("plans:dual_post", args=[person]),
        "事项责任": reverse("plans:answering"),
        "时间冲突": reverse("desk:clashes") + f"?month={today.year}-03",
        "内容重复": reverse("desk:doubles"),
    }


def spans(user: User) -> bool:
    """Print how long a whole year takes; whether it keeps its budget."""
    good, today = True, timezone.localdate()
    reach, first, last = reach_of(user, today), today.replace(month=1, day=1), today.replace(month=12, day=31)
    for name, deed in (
        ("全年时间冲突", lambda: len(clashes_between(reach, first, last))),
        ("全年内容重复", lambda: len(doubles_in(reach, today.year))),
    ):
        started = time.process_time()
        found = deed()
        took = (time.process_time() - started) * 1000
        good &= took <= BUDGET_YEAR_MS
        print(f"{took:8.0f} {'':8}  {name}: {found:,} found")
    return good


def main() -> int:
    """Measure for the officer of everything."""
    user = User.objects.filter(grants__role="officer", is_active=True).order_by("pk").first()
    if user is None:
        raise SystemExit("no officer in this database")
    year = timezone.localdate().replace(month=1, day=1)
    with transaction.atomic():
        root = roots_for(reach_of(user, timezone.localdate())).first()
        if root is None:
            raise SystemExit("no unit in this database")
        people = list(Person.objects.filter(root=root, merged_into=None)[:500])
        make_items(root, people, year)
        make_rhythm(root, people, year)
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        print(f"\nregisters, {ITEMS} items, {OCCURRENCES:,} occurrences, {MEETINGS:,} meetings\n{HEAD}")
        good = tell(client, addresses()) & spans(user)
        transaction.set_rollback(True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
