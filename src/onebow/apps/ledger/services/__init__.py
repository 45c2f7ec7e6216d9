"""Writes of the ledger."""

from onebow.apps.ledger.services.appending import next_number, record, record_all
from onebow.apps.ledger.services.clock import accept_clock
from onebow.apps.ledger.services.erasing import erase_person_entries
from onebow.apps.ledger.services.events import Event
from onebow.apps.ledger.services.heads import sign_head
from onebow.apps.ledger.services.late import decide_late
from onebow.apps.ledger.times import ClockSetBack

__all__ = [
    "ClockSetBack",
    "Event",
    "accept_clock",
    "decide_late",
    "erase_person_entries",
    "next_number",
    "record",
    "record_all",
    "sign_head",
]
