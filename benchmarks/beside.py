"""Forty work manuals while others work: the batch by the worker, and each fetched as .pdf, beside readers and writers.

The readers come at a modest fixed rate, as in `mixed`; the same minute without any manuals stands beside it. Meanwhile
the forty are asked for again as soon as they are done, so that every page is asked while something is printed.
"""

import http.client
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

from django.utils import timezone
from django_q.models import OrmQ, Schedule

from benchmarks.city import walkers as open_walkers
from benchmarks.mixed import (
    MIX,
    PORT,
    READ_P95_MS,
    Ask,
    Told,
    Walker,
    percentile,
    run,
    schedule,
    send,
    serving,
    session_of,
    started,
    walkers,
    warm,
)
from onebow.apps.accounts.models import User
from onebow.apps.affairs.models import WorkbookBatch
from onebow.apps.affairs.queries.branches import branches_for, standing_in
from onebow.apps.affairs.queries.workbook.book import CHAPTERS, MINUTES
from onebow.apps.affairs.services.workbooks import Choice, request_workbooks
from onebow.apps.organizations.queries.reach import reach_of

SECONDS, READS, WRITES, THREADS = 60, 20, 2, 16
MANUALS, MOST_SECONDS = 40, 300
REASON = "支部年度工作存档"
Print = Callable[[], None]


def branches(by: User) -> tuple[list[int], Choice]:
    """Forty branches, and all that can be printed of their year."""
    today = timezone.localdate()
    rows = standing_in(branches_for(reach_of(by, today)), today.year, today)
    ids = list(rows.order_by("path").values_list("pk", flat=True)[:MANUALS])
    if len(ids) < MANUALS:
        raise SystemExit(f"{len(ids)} branches are not {MANUALS}")
    return ids, Choice(today.year, today, (*CHAPTERS, MINUTES), REASON)


def by_the_worker(by: User) -> Print:
    """All of them as a batch: asked for, and waited for."""
    ids, choice = branches(by)

    def print_all() -> None:
        batch = request_workbooks(ids, choice, by=by, at=timezone.now())
        end = time.monotonic() + MOST_SECONDS
        while batch.state == WorkbookBatch.State.RUNNING and time.monotonic() < end:
            time.sleep(0.25)
            batch.refresh_from_db()
        if batch.state != WorkbookBatch.State.DONE:
            raise RuntimeError(f"the batch is {batch.state}: {batch.failure}")

    return print_all


def one_by_one(by: User) -> Print:
    """Each as .pdf from its own page, one after the other."""
    ids, choice = branches(by)
    query = urlencode({"reason": REASON, "chapters": choice.chapters}, doseq=True)
    walker = Walker(session_of(by), {}, None, 0, "")

    def print_all() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        for pk in ids:
            path = f"/workbooks/{pk}/{choice.year}/workbook.pdf?{query}"
            status, connection = send(Ask("手册", walker, path), connection)
            if status != 200:
                raise RuntimeError(f"{path}: {status}")

    return print_all


@contextmanager
def printing(print_all: Print) -> Iterator[list[float]]:
    """Printing without end beside the block; the seconds of each time that it was done."""
    told: list[float] = []
    faults: list[Exception] = []
    ends = threading.Event()

    def work() -> None:
        try:
            while not ends.is_set():
                began = time.perf_counter()
                print_all()
                told.append(time.perf_counter() - began)
        except Exception as error:
            faults.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield told
    finally:
        ends.set()
        thread.join()
    if faults:
        raise SystemExit(f"nothing printed: {faults[0]}")


def times_of(told: Told) -> tuple[list[float], list[float]]:
    """Of all reads and of all writes."""
    reads = [one for name, times in told.times.items() if name in MIX for one in times]
    return reads, [one for name, times in told.times.items() if name not in MIX for one in times]


def line(name: str, told: Told, alone: Told | None) -> bool:
    """Print reads and writes, beside those without manuals; whether the budget holds."""
    for word, times, other in zip(("reads", "writes"), times_of(told), times_of(alone or told), strict=True):
        figures = [*(percentile(times, share) for share in (0.5, 0.95, 0.99)), max(times)]
        ratio = figures[1] / percentile(other, 0.95)
        print(" ".join(f"{one:7.0f}" for one in figures), f"{ratio:6.2f} {len(times):6d}  {name}: {word}")
    for fault, count in told.faults.most_common(10):
        print(f"  not good: {count} × {fault}")
    return not told.faults and percentile(times_of(told)[0], 0.95) <= READ_P95_MS


def await_worker() -> None:
    """Until it has done what it does whenever it starts."""
    for _ in range(MOST_SECONDS):
        if not Schedule.objects.filter(next_run__lte=timezone.now()).exists() and not OrmQ.objects.exists():
            return
        time.sleep(1)
    raise SystemExit("the worker does not come to rest")


def main(seconds: int) -> None:
    """Server and worker, the readers alone, then beside the batch, then beside single files."""
    if not User.objects.filter(username="walker-0").exists():
        open_walkers()
    everybody, by = walkers(), User.objects.get(username="officer")

    def ask() -> Told:
        return run(schedule(everybody, seconds, (READS, WRITES)), THREADS)

    with serving(), started("work"):
        warm(everybody)
        await_worker()
        others = f"{READS} reads/s and {WRITES} writes/s of {len(everybody)} people"
        print(f"\n{MANUALS} work manuals beside {others}, {seconds} s; load before: {os.getloadavg()[0]:.1f}")
        print(f"{'p50':>7} {'p95':>7} {'p99':>7} {'max':>7} {'×p95':>6} {'count':>6}  ms")
        alone = ask()
        good = line("nothing printed", alone, None)
        for name, print_all in (("batch by the worker", by_the_worker(by)), ("single .pdf", one_by_one(by))):
            with printing(print_all) as told:
                beside = ask()
            good &= line(name, beside, alone)
            print(f"  {MANUALS} manuals: {', '.join(f'{one:.1f}' for one in told)} s")
    print(f"budget: reads p95 {READ_P95_MS} ms, no fault: {'kept' if good else 'NOT KEPT *'}")
    sys.exit(not good)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SECONDS)
