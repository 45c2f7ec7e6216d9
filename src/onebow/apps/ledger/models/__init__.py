"""Tables of the work ledger."""

from onebow.apps.ledger.models.entries import Entry, EntryBody, EntryPerson, Erasure, LateDecision
from onebow.apps.ledger.models.proof import Head, Tally, Tree

__all__ = ["Entry", "EntryBody", "EntryPerson", "Erasure", "Head", "LateDecision", "Tally", "Tree"]
