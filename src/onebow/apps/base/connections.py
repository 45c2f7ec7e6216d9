"""The pool of connections to PostgreSQL, and processes that cannot use it."""

from typing import Any

from django.db import connections

KEPT_SECONDS = 600


def leave_pool() -> None:
    """In a process that forks or only looks: use plain connections from now on.

    What a fork copies of a pool does not work: its threads stay behind in the parent.
    """
    connection: Any = connections["default"]
    if connection.vendor == "postgresql" and "pool" in connection.settings_dict["OPTIONS"]:
        connection.close()
        connection.close_pool()
        del connection.settings_dict["OPTIONS"]["pool"]
        # Or the worker, which looks for tasks twice a second, would connect as often.
        connection.settings_dict["CONN_MAX_AGE"] = KEPT_SECONDS
