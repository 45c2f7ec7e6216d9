"""When to stop."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread

# For a plan at all when the time is up already; how often somebody looks at the clock.
GRACE_SECONDS = 2.0
LOOK_SECONDS = 0.05


class TimeIsUp(Exception):
    """What was begun is left unfinished; nothing is said about it."""


@dataclass(frozen=True)
class Clock:
    """Says when the time is up (`until` on time.monotonic) or somebody asked to stop."""

    until: float | None = None
    stopped: Callable[[], bool] | None = None

    def is_out(self) -> bool:
        """Whether to stop now."""
        return (self.until is not None and time.monotonic() >= self.until) or bool(self.stopped and self.stopped())

    def with_grace(self) -> "Clock":
        """A clock for what must be found even when the time is up: a plan at all."""
        until = None if self.until is None else max(self.until, time.monotonic() + GRACE_SECONDS)
        if self.stopped is None or not self.stopped():
            return Clock(until, self.stopped)
        return Clock(time.monotonic() + GRACE_SECONDS)

    def check(self) -> None:
        """Raise `TimeIsUp` if it is."""
        if self.is_out():
            raise TimeIsUp

    def left(self) -> float | None:
        """Seconds left, at least a moment; None without limit."""
        return None if self.until is None else max(self.until - time.monotonic(), 0.001)


@contextmanager
def watched(clock: Clock, end: Callable[[], object]) -> Iterator[None]:
    """Call `end` when the clock is out: a solver does not come back to look at it."""
    if clock.stopped is None:
        yield
        return
    done = Event()

    def watch() -> None:
        while not done.wait(LOOK_SECONDS):
            if clock.is_out():
                # Again and again: a solver that has only been built forgets it.
                end()

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
