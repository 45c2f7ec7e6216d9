"""How pages are measured."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

RUNS = 25
BUDGET_MS, BUDGET_QUERIES = 40, 12
HEAD = f"{'ms':>8} {'queries':>8}  page   (processor time, medians of {RUNS} runs; budget: {BUDGET_MS} ms, 12 queries)"


def measured(client: Client, address: str) -> tuple[float, int]:
    """Median in milliseconds of this process and of the database's (others do not count), number of statements.

    Raises:
        SystemExit: another answer than the page.
    """
    # The first visit of a session writes down that it was there.
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    # Counted at once: the next request empties the log.
    asked, times = len(queries), []
    if answer.status_code != 200:
        raise SystemExit(f"{address}: {answer.status_code}")
    backends = _backends()
    for _ in range(RUNS):
        started = time.process_time() + _seconds_of(backends)
        client.get(address)
        times.append((time.process_time() + _seconds_of(backends) - started) * 1000)
    return statistics.median(times), asked


def _backends() -> list[Path]:
    """What the system knows of the processes in which a PostgreSQL of this machine works for us; SQLite has none."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid IS NOT NULL")
        return [Path(f"/proc/{pid}/schedstat") for (pid,) in cursor.fetchall()]


def _seconds_of(processes: list[Path]) -> float:
    """Processor time that these took so far."""
    return sum(int(one.read_text().split()[0]) for one in processes if one.exists()) / 1e9


def tell(client: Client, pages: dict[str, str]) -> bool:
    """Print a line for each page, what is over budget with a star; whether nothing is."""
    good = True
    for name, address in pages.items():
        median, asked = measured(client, address)
        keeps = median <= BUDGET_MS and asked <= BUDGET_QUERIES
        good &= keeps
        print(f"{median:8.1f} {asked:8d}  {name}{'' if keeps else ' *'}", flush=True)
    return good


def median_ms(deed: Callable[[], object], runs: int) -> float:
    """Median of some runs of a call, in milliseconds of wall clock."""
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        deed()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def statements_of(deed: Callable[[], object]) -> int:
    """How many statements a call asks."""
    with CaptureQueriesContext(connection) as queries:
        deed()
    return len(queries)
