"""Columns that both databases must treat alike."""

from typing import Any

from django.db import models


class ByteOrdered(models.CharField):
    """Text in byte order, whatever the database's own order: for ranges of paths.

    SQLite compares bytes anyway; PostgreSQL compares by the collation of the database, where `~` may come first.
    """

    def db_parameters(self, connection: Any) -> dict[str, Any]:
        """The column's type, on PostgreSQL with its collation."""
        parameters: dict[str, Any] = {**super().db_parameters(connection)}
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters
