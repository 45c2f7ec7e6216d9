"""Tables of everyday affairs."""

from onebow.apps.affairs.models.dues import DuesBase, DuesRelief
from onebow.apps.affairs.models.transfers import Transfer

__all__ = ["DuesBase", "DuesRelief", "Transfer"]
