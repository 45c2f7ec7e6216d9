"""The server's own process: what serving needs is loaded here, and each serving process begins as a copy of it.

One that loads everything by itself works two seconds before its first answer, again after each that ended, and shares
no memory with the others.
"""

import threading
from importlib import import_module

from django.db import connections
from django.urls import get_resolver
from granian.cli import entrypoint

from onebow.apps.base.memory import settle


def load() -> None:
    """Load the application and all its addresses, which else wait for the first request.

    Raises:
        RuntimeError: something that was loaded connected to the database or began a thread; a copy has neither.
    """
    import_module("onebow.config.wsgi")
    _ = get_resolver().url_patterns
    connected = [one.alias for one in connections.all(initialized_only=True) if one.connection is not None]
    if connected or threading.active_count() > 1:
        raise RuntimeError(f"loading connected to {connected} or began one of {threading.enumerate()}")
    settle()


if __name__ == "__main__":
    load()
    entrypoint()
