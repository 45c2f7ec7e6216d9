"""A city at work: 20,000 people with a year of duties, plans, items, ties and meetings, and 2,000,000 entries.

Laid down once as rows: what is measured are the pages that read it. All of it is made up.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from django.db import connection, transaction
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.ledger.models import Entry, Tree
from onebow.apps.ledger.services import Event, record_all
from onebow.apps.meetings.models import Attendance, Meeting, MeetingKind
from onebow.apps.methods.queries.shelf import shipped_pack
from onebow.apps.methods.services.applying import apply_pack
from onebow.apps.organizations.models import Link, Membership, Organization, Person, Post
from onebow.apps.organizations.models.organizations import within
from onebow.apps.plans.models import (
    Item,
    ItemKind,
    ItemPerson,
    KeyPoint,
    Occurrence,
    Plan,
    Proof,
    Stage,
    StageEntry,
    Tie,
)

ENTRIES, BATCH, POINTS = 2_000_000, 20_000, 10
# Items of a section, and of a branch.
EACH = {"business": 24, "party": 160}
# Of the Party items so many serve business.
TIED = 0.67
# Sign-ins that walk about at once, beside those of the demonstration.
WALKERS = 200
DEEDS = ("走访企业", "窗口接待咨询", "支部学习交流", "整理办件资料", "到社区宣讲政策")
TASKS = ("窗口服务提升", "企业用工走访", "档案数字化", "政策宣讲进社区", "劳动争议调解", "技能培训组织")


def fill(entries: int = ENTRIES) -> None:
    """Lay down what is missing."""
    steps = ((ItemKind, packs), (Plan, plans), (Meeting, meetings))
    for model, step in steps:
        if not model.objects.exists():
            _timed(step.__name__, step)
    if not User.objects.filter(username="walker-0").exists():
        _timed("walkers", walkers)
    _timed("entries", lambda: work(entries))


def _timed(name: str, step: Callable[[], object]) -> None:
    started = time.perf_counter()
    step()
    print(f"  {name}: {time.perf_counter() - started:.0f} s", flush=True)


def packs() -> None:
    """The two methods for the whole region; with them come the year's occurrences."""
    top = Organization.objects.get(parent=None, tree="administrative")
    for key in ("m5-branch-section", "m2-three-grasps"):
        apply_pack(shipped_pack(key), top.pk, on=_new_year(), by=None, at=timezone.now())


def plans() -> None:
    """A plan for each bureau: items of its sections and of its branches, two of three Party items tied."""
    random, at = Random(1), timezone.now()
    ties = Link.objects.filter(kind="set_in", ends_on=None, source__kind="organ_committee").select_related()
    for tie in ties.order_by("pk"):
        with transaction.atomic():
            _plan(tie.target, tie.source, random, at)


def _plan(unit: Organization, committee: Organization, random: Random, at: datetime) -> None:
    stamps = {"created_at": at, "updated_at": at}
    plan = Plan.objects.create(organization=unit, year=_new_year().year, number=1, **stamps)
    points = KeyPoint.objects.bulk_create(
        KeyPoint(plan=plan, order=n, title=f"第 {n} 项重点工作", **stamps) for n in range(1, POINTS + 1)
    )
    below = Organization.objects.filter(ends_on=None).order_by("pk")
    sections = list(below.filter(within(unit.path), kind="section"))
    branches = list(below.filter(within(committee.path), kind="branch"))
    business = _items(plan, points, sections, "business", random)
    of_party = _items(plan, points, branches, "party", random)
    pairs = {(one.pk, random.choice(business).pk) for one in of_party if random.random() < TIED}
    Tie.objects.bulk_create(
        [Tie(kind="supports", source_id=source, target_id=target, made_at=at) for source, target in sorted(pairs)]
    )


def _items(plan: Plan, points: Sequence[KeyPoint], owners: list[Organization], side: str, random: Random) -> list[Item]:
    """Items of these owners with their people, and the stage in which those stand that began."""
    kinds = list(ItemKind.objects.filter(side=side, ends_on=None, is_trip=False).order_by("pk"))
    first = {kind.pk: Stage.objects.filter(kind=kind).order_by("order").first() for kind in kinds}
    people = _people_of(owners, "party" if side == "party" else "staff")
    rows = []
    for owner in owners:
        for number in range(EACH[side]):
            row = _item(plan, random.choice(kinds), number, random)
            row.organization, row.key_point = owner, random.choice(points)
            row.person_id = random.choice(people[owner.pk]) if people[owner.pk] else None
            row.stage = first[row.kind_id] if row.state != "planned" else None
            rows.append(row)
    made = Item.objects.bulk_create(rows, batch_size=500)
    some = [
        ItemPerson(item=one, person_id=person)
        for one in made
        for person in random.sample(people[one.organization_id], min(2, len(people[one.organization_id])))
    ]
    ItemPerson.objects.bulk_create(some, batch_size=2000)
    begun = [one for one in made if one.stage]
    StageEntry.objects.bulk_create(
        [StageEntry(item=one, stage=one.stage, entered_at=one.began_at, left_at=one.done_at) for one in begun],
        batch_size=2000,
    )
    return made


def _item(plan: Plan, kind: ItemKind, number: int, random: Random) -> Item:
    """An item of the plan's year, on some days and in some state, with nobody's name yet."""
    at, new_year = plan.created_at, _new_year()
    start = new_year + timedelta(days=random.randrange((date(plan.year, 12, 28) - new_year).days))
    state = random.choice(("planned", "open", "done", "done"))
    return Item(
        plan=plan, kind=kind, side=kind.side, title=f"{random.choice(TASKS)}第 {number} 期", state=state,
        starts_on=start, due_on=min(start + timedelta(days=random.randrange(10, 90)), date(plan.year, 12, 31)),
        hours=random.randrange(4, 80), began_at=at if state != "planned" else None,
        done_at=at if state == "done" else None, created_at=at, updated_at=at,
    )  # fmt: skip


def meetings() -> None:
    """A meeting for each occurrence that a meeting proves and that is past, with its people, entry and proof."""
    at, today = timezone.now(), timezone.localdate()
    kinds = {kind.key: kind for kind in MeetingKind.objects.filter(ends_on=None)}
    due = Occurrence.objects.filter(due_on__lt=today).select_related("duty", "organization").order_by("pk")
    asked = [one for one in due.iterator() if one.duty.measure == "times" and set(one.duty.proof) & kinds.keys()]
    people = _people_of([one.organization for one in asked], "party")
    random = Random(2)
    # A few were forgotten.
    kept = [one for one in asked if random.random() < 0.95]
    for start in range(0, len(kept), 2_000):
        with transaction.atomic():
            _meetings(kept[start : start + 2_000], kinds, people, at)


def _meetings(
    asked: list[Occurrence], kinds: dict[str, MeetingKind], people: dict[int, list[int]], at: datetime
) -> None:
    told = []
    for one in asked:
        kind = next(kinds[key] for key in one.duty.proof if key in kinds)
        told.append((one, kind, people[one.organization_id][:30]))
    entries = record_all([_held(*facts) for facts in told], by_id=None, at=at)
    rows = Meeting.objects.bulk_create(
        [_meeting(*facts, entry, at) for facts, entry in zip(told, entries, strict=True)], batch_size=500
    )
    Attendance.objects.bulk_create(
        [
            Attendance(meeting=row, person_id=pk, state="present")
            for row, (_, _, there) in zip(rows, told, strict=True)
            for pk in there
        ],
        batch_size=5_000,
    )
    Proof.objects.bulk_create(
        [
            Proof(
                occurrence=one, source="meetings.meeting", source_id=row.pk, entry_id=row.entry_id,
                happened_on=one.due_on, quantity=one.asked,
            )
            for row, (one, _, _) in zip(rows, told, strict=True)
        ],
        batch_size=2_000,
    )  # fmt: skip


def _held(one: Occurrence, kind: MeetingKind, there: list[int]) -> Event:
    return Event(
        "meeting.held", one.organization_id, tuple((pk, "present") for pk in there), happened_on=one.due_on,
        data={"kind": kind.name, "due": len(there), "present": len(there), "resolutions": 0},
        quantity=Decimal(kind.usual_hours), accepted=True,
    )  # fmt: skip


def _meeting(one: Occurrence, kind: MeetingKind, there: list[int], entry: Entry, at: datetime) -> Meeting:
    return Meeting(
        organization_id=one.organization_id, kind=kind, title=f"{one.duty.name}:{one.due_on:%m}月",
        state="held", held_on=one.due_on, hours=kind.usual_hours, due=len(there), present=len(there),
        occurrence=one, minutes="学习文件,讨论落实。" * 20, entry_id=entry.pk, created_at=at, updated_at=at,
    )  # fmt: skip


def walkers() -> None:
    """Sign-ins of people all over the city: a fifth secretaries, a fifth heads, the others members and staff."""
    random, today = Random(3), timezone.localdate()
    posts, memberships = Post.objects.on(today), Membership.objects.on(today)
    pools = (
        (posts.filter(role="secretary"), WALKERS // 5),
        (posts.filter(role="unit_head"), WALKERS // 5),
        (memberships, WALKERS),
    )
    chosen: dict[int, None] = {}
    for rows, many in pools:
        pool = sorted(set(rows.filter(person__user=None).values_list("person_id", flat=True)))
        chosen |= dict.fromkeys(random.sample(pool, min(many, len(pool))))
    for number, pk in enumerate(list(chosen)[:WALKERS]):
        user = User.objects.create(
            username=f"walker-{number}", display_name=f"走动 {number}", password="!", made_at=timezone.now()
        )
        Person.objects.filter(pk=pk).update(user=user)


def work(count: int) -> None:
    """Notes of work by real people in their organizations, over two years, until there are as many as asked for."""
    held = list(Membership.objects.filter(ends_on=None).values_list("organization_id", "person_id", "side"))
    while (there := Tree.objects.get().size) < count:
        with transaction.atomic():
            record_all(_notes(held, min(BATCH, count - there), there), by_id=1_000_000, at=timezone.now())


def _notes(held: list[tuple[int, int, str]], count: int, seed: int) -> Iterator[Event]:
    random, today = Random(seed), timezone.localdate()
    for _ in range(count):
        organization, person, side = random.choice(held)
        yield Event(
            "party.noted" if side == "party" else "business.noted", organization, ((person, "subject"),),
            data={"text": f"{random.choice(DEEDS)} {random.randrange(1000)} 件"}, accepted=True,
            happened_on=today - timedelta(days=random.randrange(730)), quantity=Decimal(random.randrange(1, 80)) / 10,
        )  # fmt: skip


def _people_of(organizations: list[Organization], side: str) -> dict[int, list[int]]:
    """People by organization, on one side."""
    found: dict[int, list[int]] = defaultdict(list)
    wanted = {one.pk for one in organizations}
    rows = Membership.objects.filter(side=side, ends_on=None).order_by("pk")
    for organization, person in rows.values_list("organization_id", "person_id"):
        if organization in wanted:
            found[organization].append(person)
    return found


def _new_year() -> date:
    return date(timezone.localdate().year, 1, 1)


if __name__ == "__main__":
    fill()
    with connection.cursor() as cursor:
        # So much at once is not known to the planner yet.
        cursor.execute("ANALYZE")
