"""Tables of everyday affairs."""

from onebow.apps.affairs.models.workbooks import WorkbookBatch

__all__ = ["WorkbookBatch"]
