"""Writes: one verb, one transaction, one rule check, one ledger event."""
