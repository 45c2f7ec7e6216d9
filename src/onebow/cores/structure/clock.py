"""When to stop."""

import time
from collections.abc import Callable
from dataclasses import dataclass

GRACE_SECONDS = 2.0


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

    def left(self) -> float | None:
        """Seconds left, at least a moment; None without limit."""
        return None if self.until is None else max(self.until - time.monotonic(), 0.001)
