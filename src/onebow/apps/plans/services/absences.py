"""Leave and trips: recorded once, for attendance, clashes and appraisal."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.transactions import write
from onebow.apps.ledger.services import Event, record
from onebow.apps.organizations.models import Person
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.plans.models import Away, Item
from onebow.apps.plans.queries.absences import away_between, people_led, section_ids_of
from onebow.apps.plans.rules import absences as rules

# The key of the stage that ends with the departure: once it is passed, the travellers are away on the trip's days.
PRE_TRIP = "pre_trip"


@dataclass(frozen=True)
class AwayDraft:
    """Who is away, how (a word of `Away.Kind`), on the days from `first` to `last`, both included."""

    person_id: int
    kind: str
    first: date
    last: date


@write()
def record_away(draft: AwayDraft, *, by: User | None, at: datetime) -> Away:
    """Record leave, a trip or training of somebody.

    Raises:
        Refused: `by` neither leads nor keeps the person, the days are no days, or overlap with others.
    """
    person = _checked(draft.person_id, by, at)
    rules.check_days(draft.first, draft.last)
    rules.check_no_overlap(person, away_between([person.pk], draft.first, draft.last).order_by("starts_on"))
    row = added(draft, Away.Source.HAND, "", at)
    record(event_of("away.recorded", row, _section(row, at)), by_id=by.pk if by else None, at=at)
    return row


@write()
def cancel_away(away_id: int, *, by: User | None, at: datetime) -> Away:
    """Take an absence back; the record stays to be read.

    Raises:
        Refused: `by` neither leads nor keeps the person, it was taken back already, or it follows from a trip.
    """
    row = Away.objects.select_for_update().get(pk=away_id)
    _checked(row.person_id, by, at)
    rules.check_can_cancel(row)
    row.cancelled_at, row.updated_at, row.version = at, at, row.version + 1
    row.save(update_fields=["cancelled_at", "updated_at", "version"])
    record(event_of("away.cancelled", row, _section(row, at)), by_id=by.pk if by else None, at=at)
    return row


def added(draft: AwayDraft, source: str, key: str, at: datetime, item: Item | None = None) -> Away:
    """A new row; the caller has checked it."""
    return Away.objects.create(
        person_id=draft.person_id, kind=draft.kind, starts_on=draft.first, ends_on=draft.last + timedelta(days=1),
        source=source, source_key=key, item=item, created_at=at, updated_at=at,
    )  # fmt: skip


def event_of(kind: str, row: Away, section_id: int | None) -> Event:
    """What the ledger is told: whose, which kind, how many days."""
    data: dict[str, object] = {"kind": row.get_kind_display()}
    if kind == "away.recorded" and row.starts_on and row.ends_on:
        data["days"] = (row.ends_on - row.starts_on).days
    return Event(kind, section_id, ((row.person_id, "subject"),), row, data)


def follow_trip(item: Item, *, at: datetime) -> None:
    """Let the absences of a trip follow its travellers and days.

    Runs inside the transaction of whoever changed them; records nothing itself.
    """
    if not item.kind.is_trip:
        return
    wanted = _travellers(item) if _has_left(item) and item.trip_starts_on else set()
    rows = list(Away.objects.select_for_update().filter(item=item, source=Away.Source.TRIP_PLAN))
    for row in rows:
        _bring_in_line(row, item, row.person_id in wanted, at)
    if item.trip_starts_on and item.trip_ends_on:
        last = item.trip_ends_on - timedelta(days=1)
        for person_id in sorted(wanted - {row.person_id for row in rows}):
            draft = AwayDraft(person_id, Away.Kind.TRIP, item.trip_starts_on, last)
            added(draft, Away.Source.TRIP_PLAN, f"item:{item.pk}", at, item)


def _has_left(item: Item) -> bool:
    """Whether the travellers set out: the pre-trip stage is passed, or (a kind without it) the item has begun."""
    if item.state not in (Item.State.OPEN, Item.State.DONE):
        return False
    before = item.kind.stages.filter(key=PRE_TRIP).first()
    return before is None or item.stage_entries.filter(stage=before, left_at__isnull=False).exists()


def _travellers(item: Item) -> set[int]:
    return set(item.people.filter(is_traveller=True).values_list("person_id", flat=True))


def _bring_in_line(row: Away, item: Item, is_wanted: bool, at: datetime) -> None:
    before = (row.starts_on, row.ends_on, row.cancelled_at is None)
    if is_wanted:
        row.starts_on, row.ends_on, row.cancelled_at = item.trip_starts_on, item.trip_ends_on, None
    elif row.cancelled_at is None:
        row.cancelled_at = at
    if before != (row.starts_on, row.ends_on, row.cancelled_at is None):
        row.updated_at, row.version = at, row.version + 1
        row.save()


def _section(row: Away, at: datetime) -> int | None:
    return section_ids_of([row.person_id], timezone.localdate(at)).get(row.person_id)


def _checked(person_id: int, by: User | None, at: datetime) -> Person:
    """The person, locked: two who record at once see each other's days."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person_id)
    today = timezone.localdate(at)
    led = people_led(authority_of(by, today), today)
    rules.check_can_record(person, led.filter(pk=person_id).exists())
    return person
