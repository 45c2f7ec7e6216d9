"""A roster as facts: pure reading of rows, no database, no clock."""
