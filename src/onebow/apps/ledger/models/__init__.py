"""What happened, and who looked: rows are added, never changed."""

from onebow.apps.ledger.models.access import AccessRecord
from onebow.apps.ledger.models.entries import Entry, EntryPerson

__all__ = ["AccessRecord", "Entry", "EntryPerson"]
