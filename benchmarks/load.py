"""Pages of load and the cockpit in a bureau year, made up in a transaction that is rolled back."""

import sys
from decimal import Decimal

from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from benchmarks.registers import ITEMS, MEETINGS, OCCURRENCES, make_items, make_rhythm
from benchmarks.timing import HEAD, tell
from onebow.apps.accounts.models import User
from onebow.apps.ledger.models import Entry
from onebow.apps.meetings.models import Attendance, Meeting
from onebow.apps.organizations.models import Organization, Person
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.queries.visible import roots_for
from onebow.apps.plans.models import Item, ItemPerson, LoadCeiling, LoadReason

HELD, THERE = 400, 40


def make_load(root: Organization, people: list[Person]) -> None:
    """Hours on items, a second person on each, meetings with who was there, and a ceiling."""
    Item.objects.update(hours=Decimal(60))
    items = list(Item.objects.order_by("pk"))
    ItemPerson.objects.bulk_create(
        (ItemPerson(item=item, person=people[(n * 7 + 3) % len(people)]) for n, item in enumerate(items)),
        ignore_conflicts=True,
    )
    entry = Entry.objects.order_by("pk").values_list("pk", flat=True).first()
    meetings = list(Meeting.objects.filter(state="planned").order_by("pk")[:HELD])
    for meeting in meetings:
        meeting.state, meeting.held_on = Meeting.State.HELD, timezone.localdate(meeting.planned_at)
        meeting.hours, meeting.entry_id = Decimal("1.5"), entry
    Meeting.objects.bulk_update(meetings, ["state", "held_on", "hours", "entry_id"], batch_size=100)
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, person=people[(n * 11 + seat) % len(people)], state=Attendance.State.PRESENT)
        for n, meeting in enumerate(meetings)
        for seat in range(THERE)
    )
    january = timezone.localdate().replace(month=1, day=1)
    facts = {"strength": "warn", "basis": "规定", "starts_on": january, "set_at": timezone.now()}
    LoadReason.objects.filter(ceiling__organization=root).delete()
    LoadCeiling.objects.filter(organization=root).delete()
    LoadCeiling.objects.create(organization=root, measure="hours", value=Decimal(40), **facts)


def addresses(person: Person) -> dict[str, str]:
    """The pages measured, by what they are called."""
    month = f"?month={timezone.localdate():%Y-%m}"
    return {
        "工作量·人员": reverse("desk:load"),
        "工作量·支部": reverse("desk:load") + "?view=branches",
        "工作量·个人": reverse("desk:load_person", args=[person.pk]) + month,
        "驾驶舱": reverse("desk:cockpit"),
        "驾驶舱·工作量": reverse("desk:cockpit_load"),
    }


def main() -> int:
    """Measure for the officer of everything."""
    user = User.objects.filter(grants__role="officer", is_active=True).order_by("pk").first()
    if user is None:
        raise SystemExit("no officer in this database")
    today = timezone.localdate()
    with transaction.atomic():
        root = roots_for(reach_of(user, today)).first()
        if root is None:
            raise SystemExit("no unit in this database")
        people = list(Person.objects.filter(root=root, merged_into=None)[:500])
        make_items(root, people, today.replace(month=1, day=1))
        make_rhythm(root, people, today.replace(month=1, day=1))
        make_load(root, people)
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        told = f"{ITEMS} items, {OCCURRENCES:,} occurrences, {MEETINGS:,} meetings, {HELD * THERE:,} presences"
        print(f"\nload, {told}\n{HEAD}")
        good = tell(client, addresses(people[0]))
        transaction.set_rollback(True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
