"""A small ledger in which everything happens once."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from onebow.apps.ledger.access import Look, log_access
from onebow.apps.ledger.content import content_of
from onebow.apps.ledger.models import Entry, EntryBody
from onebow.apps.ledger.services import Event, decide_late, erase_person_entries, record, record_all, sign_head
from onebow.apps.ledger.verification import Report, verify

# A Monday, noon in Beijing.
AT = datetime(2026, 3, 2, 4, tzinfo=UTC)
ZHANG, LI, RECORDER, SECRETARY = 7, 8, 1, 2


def note(text: str = "走访企业", *, on: date = date(2026, 3, 2), person: int = ZHANG, **facts: Any) -> Event:
    told = {"organization_id": 3, "people": ((person, "subject"),), "data": {"text": text}, "happened_on": on}
    return Event(facts.pop("kind", "business.noted"), **{**told, **facts})


@transaction.atomic
def write(*events: Event, at: datetime = AT, by: int | None = RECORDER) -> list[Entry]:
    return record_all(events, by_id=by, at=at)


@transaction.atomic
def make_ledger() -> dict[str, Entry]:
    """Entries of each sort: plain, with hours, corrected, voided, late, accepted, returned, erased; and two heads."""
    made = {}
    made["plain"], made["hours"] = write(Event("organization.founded", 3), note(quantity=Decimal("1.5")))
    sign_head(at=AT)
    made["wrong"] = record(note("错的"), by_id=RECORDER, at=AT)
    made["right"] = record(note("对的", correction_of=made["wrong"].pk), by_id=RECORDER, at=AT + timedelta(hours=1))
    later = AT + timedelta(days=1)
    made["needless"] = record(note(), by_id=RECORDER, at=later)
    void = Event("void", 3, data={"reason": "重复"}, correction_of=made["needless"].pk)
    made["void"] = record(void, by_id=RECORDER, at=later)
    long_ago = date(2026, 2, 2)
    made["late"], made["accepted"], made["returned"] = record_all(
        [note("补一"), note("补二", on=long_ago, quantity=Decimal(2)), note("补三", on=long_ago)],
        by_id=RECORDER,
        at=later + timedelta(days=30),
    )
    decided = later + timedelta(days=31)
    made["accepting"] = decide_late([made["accepted"].pk], accepted=True, by_id=SECRETARY, at=decided)
    made["returning"] = decide_late(
        [made["returned"].pk], accepted=False, reason="没有依据", by_id=SECRETARY, at=decided
    )
    made["erased"] = record(note("李某的家事", person=LI), by_id=RECORDER, at=decided)
    telling = Event("person.erased", 3, ((LI, "subject"),))
    made["erasing"], _ = erase_person_entries([LI], None, telling, by_id=SECRETARY, at=decided)
    log_access(Look("phone", LI, 3, ("phone",), "核对号码"), by_id=SECRETARY, at=decided)
    log_access(Look("record", LI, 3), by_id=SECRETARY, at=decided)
    sign_head(at=decided)
    return made


def write_as_before(kind: str, data: dict[str, Any], *, by: int | None, source_id: int | None = None) -> Entry:
    """An entry of a kind that is recorded no more, as an older version left it; without its place in the tree."""
    entry = Entry(
        id=Entry.objects.count() + 1, kind=kind, happened_on=timezone.localdate(AT), recorded_at=AT,
        organization_id=3, by_id=by, source="base.file" if source_id else "", source_id=source_id, leaf=bytes(32),
    )  # fmt: skip
    entry.save(force_insert=True)
    EntryBody.objects.create(entry=entry, salt=bytes(16), canonical=content_of(entry, (), data, (), 1))
    return entry


def nothing_missing(what: str, ids: set[int]) -> set[int]:
    return set()


def checked(*saved: dict[str, Any]) -> Report:
    return verify(saved, missing=nothing_missing)
