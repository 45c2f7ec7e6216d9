"""Runs tasks in this process or in several, tells how far it is, and ends early when asked."""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import resource_tracker
from typing import Any, TypeVar

Stopped = Callable[[], bool]
T = TypeVar("T")
R = TypeVar("R")
Work = Callable[[T, Stopped | None], R]
LOOK_SECONDS = 0.1
SIGNALS = (signal.SIGINT, signal.SIGTERM)


@dataclass(frozen=True)
class Watch:
    """Whom to tell (done, all), whom to ask whether to stop, and how much each task counts."""

    tell: Callable[[int, int], None] | None
    stopped: Stopped | None
    counts: Sequence[int]

    def told(self, done: int) -> None:
        """Tell how many are done."""
        if self.tell:
            self.tell(done, sum(self.counts))


def run_all(work: Work[T, R], tasks: Sequence[T], processes: int, watch: Watch) -> list[R]:
    """The results in the order of the tasks."""
    if processes > 1 and len(tasks) > 1:
        return _run_in_processes(work, tasks, processes, watch)
    results, done = [], 0
    for task, count in zip(tasks, watch.counts, strict=True):
        results.append(work(task, watch.stopped))
        done += count
        watch.told(done)
    return results


def _run_in_processes(work: Work[T, R], tasks: Sequence[T], processes: int, watch: Watch) -> list[R]:
    # Spawned: a web server's or a test's threads would not survive a fork.
    context = multiprocessing.get_context("spawn")
    # One byte in common, without a lock that somebody could die with.
    stop = context.RawValue("b", 0)
    workers = min(processes, len(tasks))
    with ProcessPoolExecutor(workers, context, _begin, (stop, os.getpid())) as pool:
        with _held_back():
            futures: dict[Future[R], int] = {pool.submit(_work, work, task): at for at, task in enumerate(tasks)}
        waiting, done = set(futures), 0
        while waiting:
            ended, waiting = wait(waiting, LOOK_SECONDS, FIRST_COMPLETED)
            if watch.stopped and watch.stopped():
                stop.value = 1
            for future in ended:
                future.result()
                done += watch.counts[futures[future]]
            if ended:
                watch.told(done)
    return [future.result() for future in futures]


@contextmanager
def _held_back() -> Iterator[None]:
    """Workers are born deaf to signals: one from the keyboard goes to all, and they would die before `_begin`."""
    # It would lift the block again if it began to run under it.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_stop: Any = None


def _begin(stop: Any, parent: int) -> None:
    """A worker ends when its parent says so, or is gone; signals are the parent's."""
    global _stop
    _stop = stop
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _work(work: Work[T, R], task: T) -> R:
    return work(task, _is_stopped)


def _is_stopped() -> bool:
    return bool(_stop.value)
