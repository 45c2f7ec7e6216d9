"""Pages of a bureau year of meetings (1,500 × 8 people), and how long one record takes."""

import statistics
import time
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.test import Client
from django.utils import timezone

from benchmarks.timing import HEAD, tell
from onebow.apps.accounts.models import User
from onebow.apps.ledger.services import Event, record_all
from onebow.apps.meetings.models import Attendance, Meeting, MeetingKind
from onebow.apps.meetings.services.drafts import RecordDraft
from onebow.apps.meetings.services.recording import record_meeting
from onebow.apps.organizations.models import Membership, Organization

MEETINGS, PEOPLE, RECORDS = 1_500, 8, 20


def make_year(branches: list[Organization], kind: MeetingKind) -> list[Meeting]:
    """Meetings of a year, spread over the branches, each with its entry and its people."""
    at, today = timezone.now(), timezone.localdate()
    people = {
        branch.pk: list(
            Membership.objects.on(today).filter(organization=branch).values_list("person_id", flat=True)[:PEOPLE]
        )
        for branch in branches
    }
    days = [today - timedelta(days=number % 3) for number in range(MEETINGS)]
    hosts = [branches[number % len(branches)] for number in range(MEETINGS)]
    data = {"kind": kind.name, "due": PEOPLE, "present": PEOPLE, "resolutions": 0}
    entries = record_all(
        [
            Event(
                "meeting.held", host.pk, tuple((pk, "present") for pk in people[host.pk]), data=data,
                happened_on=day, quantity=Decimal(2),
            )
            for host, day in zip(hosts, days, strict=True)
        ],
        by_id=None, at=at,
    )  # fmt: skip
    rows = [
        Meeting(
            organization=host, kind=kind, title=f"学习会议精神{number}", state="held", hours=2, due=PEOPLE,
            held_on=date(today.year, 1, 1) + timedelta(days=number % max(1, today.timetuple().tm_yday)),
            present=PEOPLE, minutes="逐段记录。" * 200, entry_id=entry.pk, created_at=at, updated_at=at,
        )
        for number, (host, entry) in enumerate(zip(hosts, entries, strict=True))
    ]  # fmt: skip
    made = Meeting.objects.bulk_create(rows)
    Attendance.objects.bulk_create(
        [Attendance(meeting=one, person_id=pk, state="present") for one in made for pk in people[one.organization_id]]
    )
    return made


def record_times(branch: Organization, kind: MeetingKind) -> list[float]:
    """Milliseconds that each of some records takes."""
    times = []
    for number in range(RECORDS):
        draft = RecordDraft(timezone.localdate(), Decimal(2), f"第 {number} 次", "记录")
        started = time.process_time()
        record_meeting(branch.pk, kind.pk, draft, by=None, at=timezone.now())
        times.append((time.process_time() - started) * 1000)
    return times


def main() -> None:
    """Print a table; everything is made in a transaction of which nothing stays."""
    client = Client(HTTP_HOST="localhost")
    with transaction.atomic():
        client.force_login(User.objects.get(username="officer"), backend="django.contrib.auth.backends.ModelBackend")
        branches = list(Organization.objects.filter(kind="branch", ends_on=None).order_by("path"))
        kind = MeetingKind.objects.create(
            scope=_top(branches[0]), key="bench", name="集中学习", due_to="members", is_study=True, passes=False
        )
        made = make_year(branches, kind)
        branch = branches[0]
        addresses = {
            "会议列表": "/meetings/", "会议列表·类别": "/meetings/?kind=bench&state=counted",
            "会议": f"/meetings/{made[0].pk}/", "学时和人次": "/meetings/hours/", "记录统计": "/meetings/counts/",
            "安排或记录": f"/meetings/new/?organization={branch.pk}",
            "安排": f"/meetings/new/plan/?organization={branch.pk}&kind={kind.pk}",
            "记录": f"/meetings/new/record/?organization={branch.pk}&kind={kind.pk}",
            "更正": f"/meetings/{made[0].pk}/correction/",
        }  # fmt: skip
        print(f"\nmeetings, {MEETINGS:,} × {PEOPLE} people, {len(branches)} branches\n{HEAD}")
        tell(client, addresses)
        median = statistics.median(record_times(branches[0], kind))
        print(f"{median:8.1f} {'':8}  one record written, all members of a branch")
        transaction.set_rollback(True)


def _top(branch: Organization) -> Organization:
    found = branch
    while found.parent is not None:
        found = found.parent
    return found


main()
