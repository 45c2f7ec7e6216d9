"""Tables of everyday affairs."""

from onebow.apps.affairs.models.dues import DuesBase, DuesRelief
from onebow.apps.affairs.models.transfers import Transfer
from onebow.apps.affairs.models.workbooks import WorkbookBatch

__all__ = ["DuesBase", "DuesRelief", "Transfer", "WorkbookBatch"]
