"""Pages of items in a bureau year: 600 begun items with people, checkpoints, progress and visits; leave and trips.

The year is made up in a transaction that is rolled back; the item whose page is measured went its way by the services.
"""

import sys
from datetime import timedelta

from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from benchmarks.timing import HEAD, tell
from onebow.apps.accounts.models import User
from onebow.apps.organizations.models import Membership, Organization
from onebow.apps.plans.models import Away, Checkpoint, Item, ItemKind, ItemPerson, Plan, Progress, SiteVisit
from onebow.apps.plans.services import items as services
from onebow.apps.plans.services.kinds import KindDraft, PackMark, RequirementDraft, StageDraft, put_kind

ITEMS, PEOPLE, LEAVES = 600, 6, 2_000
NAMES = ("制定方案", "行前准备", "现场调研", "起草报告", "成果运用")
DRAFT = KindDraft(
    "bench", "调研", "business", "business",
    tuple(StageDraft(f"s{place}", name) for place, name in enumerate(NAMES)),
    (
        *(RequirementDraft("style", f"第 {one} 项要求", f"s{one // 2}", "participant") for one in range(10)),
        RequirementDraft("integrity", "行前提醒", "s1", "each"),
    ),
)  # fmt: skip


def make_year(user: User) -> Item:
    """The year's items, each with a person of its section; the first one is the user's."""
    work = Membership.objects.filter(side="staff", ends_on=None, organization__kind="section").select_related(
        "organization"
    )
    by_section: dict[Organization, list[int]] = {}
    for row in work.order_by("organization__path", "pk"):
        by_section.setdefault(row.organization, []).append(row.person_id)
    unit = Organization.objects.get(pk=next(iter(by_section)).parent_id)
    now, today = timezone.now(), timezone.localdate()
    put_kind(unit, DRAFT, PackMark("bench", "1"), on=today)
    kind = ItemKind.objects.get(scope=unit, key=DRAFT.key, ends_on=None)
    plan = Plan.objects.create(organization=unit, year=today.year, created_at=now, updated_at=now)
    mine = work.get(person__user=user).organization
    sections = [mine, *(one for one in by_section if one != mine)]
    items = Item.objects.bulk_create(
        Item(
            plan=plan, kind=kind, side="business", organization=sections[number % len(sections)],
            title=f"第 {number} 件事项", person_id=_person(user, by_section, sections, number), state="planned",
            due_on=today + timedelta(days=number % 300), created_at=now, updated_at=now,
        )
        for number in range(ITEMS)
    )  # fmt: skip
    _fill(items, by_section, user)
    return items[0]


def _person(user: User, by_section: dict[Organization, list[int]], sections: list[Organization], number: int) -> int:
    people = by_section[sections[number % len(sections)]]
    return int(user.person.pk) if number % len(sections) == 0 else people[number % len(people)]


def _fill(items: list[Item], by_section: dict[Organization, list[int]], user: User) -> None:
    now, today = timezone.now(), timezone.localdate()
    stages = list(items[0].kind.stages.order_by("order"))
    rest = items[1:]
    for one in rest:
        one.state, one.began_at, one.stage = Item.State.OPEN, now, stages[one.pk % len(stages)]
    Item.objects.bulk_update(rest, ["state", "began_at", "stage"])
    ItemPerson.objects.bulk_create(
        ItemPerson(item=one, person_id=person)
        for one in items
        for person in {one.person_id, *by_section[one.organization][:PEOPLE]}
        if person
    )
    Checkpoint.objects.bulk_create(
        Checkpoint(item=one, stage=stage, category="style", text=f"第 {number} 项要求", who="participant")
        for one in rest
        for stage in stages
        for number in (1, 2)
    )
    Progress.objects.bulk_create(
        Progress(item=one, on=today, text="走访 3 户企业,核对台账。", made_by=user, made_at=now)
        for one in items
        for _ in range(8)
    )
    SiteVisit.objects.bulk_create(
        SiteVisit(item=one, on=today, method="staying", heard="managed", made_by=user, made_at=now)
        for one in items
        for _ in range(3)
    )
    ids = [person for people in by_section.values() for person in people]
    Away.objects.bulk_create(
        Away(
            person_id=ids[number % len(ids)], kind="leave", source="hand", created_at=now, updated_at=now,
            starts_on=today - timedelta(days=number // 6), ends_on=today - timedelta(days=number // 6 - 1),
        )
        for number in range(LEAVES)
    )  # fmt: skip


def walk(item: Item, user: User) -> None:
    """Bring an item to its fourth stage, urgently where the checkpoints of others are open."""
    services.begin_item(item.pk, by=user, at=timezone.now())
    for stage in item.kind.stages.order_by("order")[:3]:
        rows = item.checkpoints.filter(stage=stage, who="participant")
        services.do_checkpoints(item.pk, {row.pk: "已落实" for row in rows}, by=user, at=timezone.now())
        if item.checkpoints.filter(stage=stage, state="open").exists():
            services.pass_urgently(item.pk, stage.pk, reason="限时上报", by=user, at=timezone.now())
        else:
            services.pass_stage(item.pk, stage.pk, by=user, at=timezone.now())


def main(size: int) -> None:
    """Print a table."""
    users = {name: User.objects.get(username=name) for name in ("secretary", "officer")}
    with transaction.atomic():
        item = make_year(users["secretary"])
        walk(item, users["secretary"])
        print(f"\nitems, {size:,} people, {Item.objects.count():,} items, {Away.objects.count():,} absences\n{HEAD}")
        for name, user in users.items():
            client = Client(HTTP_HOST="localhost")
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            pages = {
                f"事项 ({name})": reverse("plans:item", args=[item.pk]),
                f"我的事项 ({name})": reverse("plans:items_mine"),
                f"请假出差 ({name})": reverse("plans:absences"),
                f"登记请假 ({name})": reverse("plans:absence_new"),
            }
            tell(client, pages)
        transaction.set_rollback(True)


main(int(sys.argv[1]))
