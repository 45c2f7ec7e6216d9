"""Tables of the work ledger, and of the access log beside it."""

from onebow.apps.ledger.models.access import AccessRecord
from onebow.apps.ledger.models.entries import Entry, EntryBody, EntryPerson, Erasure, LateDecision
from onebow.apps.ledger.models.proof import Head, Tally, Tree

__all__ = ["AccessRecord", "Entry", "EntryBody", "EntryPerson", "Erasure", "Head", "LateDecision", "Tally", "Tree"]
