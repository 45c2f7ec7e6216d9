"""Hashing passwords, a few at a time over all processes of the machine."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher

from onebow import home

POLL_SECONDS = 0.02


class Busy(Exception):
    """All slots stayed taken for as long as a person may be kept waiting."""


@contextmanager
def slot() -> Iterator[None]:
    """Hold one of the machine's slots.

    The slots are locked files, so that they bind all processes and fall free when a process dies.

    Raises:
        Busy: no slot fell free in `HASH_WAIT_SECONDS`.
    """
    handle = _take(time.monotonic() + settings.HASH_WAIT_SECONDS)
    try:
        yield
    finally:
        os.close(handle)


def _take(deadline: float) -> int:
    folder = home.folder("run")
    while True:
        for number in range(settings.HASH_SLOTS):
            handle = os.open(folder / f"hash-{number}.lock", os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(handle)
            else:
                return handle
        if time.monotonic() >= deadline:
            raise Busy
        time.sleep(POLL_SECONDS)


class CappedArgon2Hasher(Argon2PasswordHasher):
    """Argon2id of 46 MiB and one lane (OWASP's first recommendation), within a slot."""

    time_cost = 1
    memory_cost = 47104
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        """Hash within a slot."""
        with slot():
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Compare within a slot."""
        with slot():
            return super().verify(password, encoded)
