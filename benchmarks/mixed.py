"""Many people at once: 100 pages and 20 writes a second for a minute, on the city at work, beside what the machine can.

The requests come at their times whatever the answers do (an open loop), and a latency runs from the time at which a
request was due, so that a server that stalls cannot hide it. The client runs on the same cores as the server. Before,
the same pages are asked as fast as two connections can: that is the raw limit of the machine at this hour.
"""

import http.client
import os
import statistics
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from random import Random
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.meetings.queries.visible import meetings_for
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.plans.models import Item
from onebow.apps.plans.queries.visible import items_for

SECONDS, READS, WRITES, THREADS, PORT = 60, 100, 20, 48, 8993
READ_P95_MS, WRITE_P99_MS = 300, 1_000
LIMIT_SECONDS = 10
CSRF = "b" * 32
# How often a page is opened, of 100 times.
MIX = {
    "工作台": 24, "我的事项": 10, "事项列表": 8, "事项": 12, "会议列表": 8, "会议": 8, "组织的制度任务": 6,
    "工作日历": 6, "组织": 6, "人员列表": 4, "工作台账": 4, "搜索": 4,
}  # fmt: skip


@dataclass(frozen=True)
class Walker:
    """Somebody signed in, with the pages that they may open and what they may write."""

    session: str
    pages: dict[str, list[str]]
    item: int | None
    organization: int
    side: str


@dataclass(frozen=True)
class Ask:
    """A request and what it is called."""

    name: str
    walker: Walker
    path: str
    form: dict[str, str] | None = None


@dataclass
class Told:
    """What came back: milliseconds by name, and answers that were not good."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    faults: Counter[str] = field(default_factory=Counter)


def walkers() -> list[Walker]:
    """Those whom the city's data know, each with a session."""
    found, today = [], timezone.localdate()
    for user in User.objects.filter(username__startswith="walker-").order_by("pk"):
        reach = reach_of(user, today)
        if not reach.standing:
            continue
        own = [one.organization.pk for one in reach.standing if reach.covers(one.organization)]
        items = list(items_for(reach).filter(organization__in=own).values_list("pk", flat=True)[:40])
        mine = Item.objects.filter(person=reach.person_id, state="open").values_list("pk", flat=True).first()
        meetings = list(meetings_for(reach).filter(organization__in=own).values_list("pk", flat=True)[:40])
        party = [
            one.organization.pk
            for one in reach.standing
            if one.organization.tree == "party" and one.organization.pk in own
        ]
        pages = {
            "工作台": ["/"], "我的事项": ["/items/mine/"], "事项列表": ["/items/"], "会议列表": ["/meetings/"],
            "事项": [f"/items/{pk}/" for pk in items], "会议": [f"/meetings/{pk}/" for pk in meetings],
            "组织的制度任务": [f"/duties/organizations/{pk}/" for pk in party], "工作日历": ["/calendar/"],
            "组织": [f"/organizations/{pk}/" for pk in own], "人员列表": ["/people/"], "工作台账": ["/ledger/"],
            "搜索": [f"/search/?{urlencode({'q': word})}" for word in ("王", "lx", "综合科")],
        }  # fmt: skip
        side = "party.noted" if party else "business.noted"
        found.append(Walker(session_of(user), pages, mine, party[0] if party else own[0], side))
    return found


def session_of(user: User) -> str:
    """Somebody signed in, as their cookie tells."""
    client = Client(HTTP_HOST="localhost")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def reads(everybody: list[Walker], random: Random) -> Iterator[Ask]:
    """Pages in the mix, each by somebody who has such a page."""
    names, weights = list(MIX), list(MIX.values())
    while True:
        (name,) = random.choices(names, weights)
        walker = random.choice(everybody)
        if paths := walker.pages[name]:
            yield Ask(name, walker, random.choice(paths))


def writes(everybody: list[Walker], random: Random) -> Iterator[Ask]:
    """Half of them progress of an item, half a note of work."""
    responsible = [one for one in everybody if one.item]
    today = timezone.localdate().isoformat()
    while True:
        if random.random() < 0.5 and responsible:
            walker = random.choice(responsible)
            form = {"on": today, "text": f"走访企业 {random.randrange(9)} 户,收集问题并当场答复。"}
            yield Ask("登记进展", walker, f"/items/{walker.item}/progress/", form)
        else:
            walker = random.choice(everybody)
            form = {"kind": walker.side, "organization": str(walker.organization), "happened_on": today, "hours": "1.5"}
            yield Ask("工作记事", walker, "/ledger/new/", form | {"text": "窗口接待咨询并当场办结。"})


def send(ask: Ask, connection: http.client.HTTPConnection) -> tuple[int, http.client.HTTPConnection]:
    """The status of the answer; a connection that the server closed is opened again, once."""
    headers = {
        "Cookie": f"{settings.SESSION_COOKIE_NAME}={ask.walker.session}; {settings.CSRF_COOKIE_NAME}={CSRF}",
        "Host": f"localhost:{PORT}",
    }
    body = None
    if ask.form is not None:
        headers |= {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": CSRF}
        body = urlencode(ask.form | {"_once": uuid.uuid4().hex})
    for again in (True, False):
        try:
            connection.request("GET" if body is None else "POST", ask.path, body, headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status, connection
        except (http.client.HTTPException, OSError):
            connection.close()
            connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
            if not again:
                return 0, connection
    raise AssertionError


def run(asks: Iterator[tuple[float, Ask]], threads: int) -> Told:
    """Send each at its second from now; the answers."""
    told, lock, waiting = Told(), threading.Lock(), SimpleQueue()
    for one in asks:
        waiting.put(one)
    started = time.perf_counter()

    def work() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        while True:
            try:
                due, ask = waiting.get_nowait()
            except Empty:
                return
            time.sleep(max(0.0, started + due - time.perf_counter()))
            sent = time.perf_counter() if due == 0 else started + due
            status, connection = send(ask, connection)
            took = (time.perf_counter() - sent) * 1000
            with lock:
                told.times[ask.name].append(took)
                if status != (200 if ask.form is None else 302):
                    told.faults[f"{ask.name} {ask.path.split('?')[0]}: {status}"] += 1

    crew = [threading.Thread(target=work) for _ in range(threads)]
    for one in crew:
        one.start()
    for one in crew:
        one.join()
    return told


def schedule(
    everybody: list[Walker], seconds: int, per_second: tuple[int, int] = (READS, WRITES)
) -> Iterator[tuple[float, Ask]]:
    """Reads and writes, evenly, in the order of their times."""
    random = Random(5)
    told = [
        (number / rate, next(asks))
        for asks, rate in zip((reads(everybody, random), writes(everybody, random)), per_second, strict=True)
        for number in range(rate * seconds)
    ]
    return iter(sorted(told, key=lambda one: one[0]))


def limit(everybody: list[Walker], asks: Callable[[list[Walker], Random], Iterator[Ask]]) -> float:
    """How many of these a second two connections get out of the server when nothing else is asked."""
    random, count = Random(7), 0
    end = time.perf_counter() + LIMIT_SECONDS
    while time.perf_counter() < end:
        few = [next(source) for source in [asks(everybody, random)] for _ in range(100)]
        run(((0.0, ask) for ask in few), 2)
        count += len(few)
    return count / LIMIT_SECONDS


def percentile(times: list[float], share: float) -> float:
    """The value that so many do not exceed."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def report(told: Told) -> bool:
    """Print a table; whether the budgets hold."""
    print(f"{'p50':>7} {'p95':>7} {'p99':>7} {'max':>7} {'count':>6}  ms")
    groups = {"read": [], "write": []}
    for name in (*MIX, "登记进展", "工作记事"):
        if times := told.times.get(name):
            groups["read" if name in MIX else "write"] += times
            line(name, times)
    for name, times in groups.items():
        line(f"all {name}s", times)
    for fault, count in told.faults.most_common(10):
        print(f"  not good: {count} × {fault}")
    good = percentile(groups["read"], 0.95) <= READ_P95_MS and percentile(groups["write"], 0.99) <= WRITE_P99_MS
    return good and not told.faults


def line(name: str, times: list[float]) -> None:
    """One line of the table."""
    figures = (statistics.median(times), percentile(times, 0.95), percentile(times, 0.99), max(times))
    print(" ".join(f"{one:7.0f}" for one in figures), f"{len(times):6d}  {name}")


def main(seconds: int, percent: int = 100) -> None:
    """Start the server, warm it, find the limit, then the minute; at less than the full rate where that is asked."""
    everybody, (reading, writing) = walkers(), (READS * percent // 100, WRITES * percent // 100)
    with serving():
        warm(everybody)
        fastest = limit(everybody, reads)
        print(f"\nmixed load, {len(everybody)} people signed in, {seconds} s, {reading} reads/s and {writing} writes/s")
        print(f"two connections alone: {fastest:.0f} reads/s; {reading}/s are {reading / fastest:.2f} of the limit")
        good = report(run(schedule(everybody, seconds, (reading, writing)), THREADS))
        kept = "kept" if good else "NOT KEPT *"
        print(f"budget: reads p95 {READ_P95_MS} ms, writes p99 {WRITE_P99_MS} ms, no fault: {kept}")
    sys.exit(not good)


@contextmanager
def started(*words: str) -> Iterator[None]:
    """A command of the product, ended when the block ends."""
    process = subprocess.Popen([sys.executable, "-m", "onebow", *words], env=os.environ | {"ONEBOW_LOG_LEVEL": "error"})
    try:
        yield
    finally:
        process.terminate()
        process.wait()


@contextmanager
def serving() -> Iterator[None]:
    """The web server, once it answers."""
    with started("serve", "--port", str(PORT)):
        await_server()
        yield


def warm(everybody: list[Walker]) -> None:
    """Some pages, so that nothing is opened or built for the first time while it is measured."""
    random = Random(4)
    run(((0.0, next(source)) for source in [reads(everybody, random)] for _ in range(600)), 2)


def await_server() -> None:
    """Until it answers."""
    for _ in range(100):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
            connection.request("GET", "/login/", headers={"Host": "localhost"})
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.3)
    raise SystemExit("the server does not answer")


if __name__ == "__main__":
    main(*([int(word) for word in sys.argv[1:]] or [SECONDS]))
