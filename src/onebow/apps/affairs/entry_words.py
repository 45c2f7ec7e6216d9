"""What the codes in entries of everyday affairs mean."""

from onebow.apps.affairs.models import DuesBase, DuesRelief, Transfer
from onebow.apps.ledger.words import say

LETTERS = ("transfer.issued", "transfer.received")


def say_words() -> None:
    """Of every field that holds a code."""
    say(LETTERS, "direction", dict(Transfer.Direction.choices))
    say(("transfer.issued",), "reason", dict(Transfer.Reason.choices))
    say(("dues.base_set",), "kind", dict(DuesBase.Kind.choices))
    say(("dues.relief_asked",), "kind", dict(DuesRelief.Kind.choices))
