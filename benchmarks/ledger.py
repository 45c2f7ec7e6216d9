"""The ledger: appends beside plain SQL of the same rows, verification, export, pages among many entries."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.ledger.exporting import export
from onebow.apps.ledger.models import Entry, EntryBody, EntryPerson, Tree
from onebow.apps.ledger.services import Event, record, record_all, sign_head
from onebow.apps.ledger.verification import verify
from onebow.apps.organizations.models import Membership
from onebow.apps.organizations.queries.ledger import missing

VERIFIER = Path(__file__).resolve().parents[1] / "tools" / "verify_ledger.py"
SINGLE, BULK, BATCH = 1_000, 100_000, 5_000
RUNS = 15
# Nobody who looks at the pages: nobody recorded a million entries.
RECORDER = 1_000_000
DEEDS = (
    "走访企业并收集用工问题",
    "窗口接待咨询并当场办结",
    "支部学习交流",
    "整理办件资料移交档案",
    "到社区开展政策宣讲",
)


def events(count: int, seed: int) -> Iterator[Event]:
    """Made-up work of real people in their organizations, over the last two years."""
    random, today = Random(seed), timezone.localdate()
    held = list(Membership.objects.filter(ends_on=None).values_list("organization_id", "person_id", "side"))
    for _ in range(count):
        organization, person, side = random.choice(held)
        kind = "party.noted" if side == "party" else "business.noted"
        data = {"text": f"{random.choice(DEEDS)} {random.randrange(1000)} 件"}
        on = today - timedelta(days=random.randrange(730))
        hours = Decimal(random.randrange(1, 80)) / 10
        yield Event(
            kind, organization, ((person, "subject"),), data=data, happened_on=on, quantity=hours, accepted=True
        )


def timed(deed: Callable[[], object]) -> float:
    """Seconds."""
    started = time.perf_counter()
    deed()
    return time.perf_counter() - started


def append_one_by_one() -> tuple[float, float]:
    """Seconds for single appends, each in a transaction of its own, and for the same rows by plain SQL."""
    told, now = list(events(SINGLE, 1)), timezone.now()

    def ours() -> None:
        for event in told:
            with transaction.atomic():
                record(event, by_id=RECORDER, at=now)

    first = Tree.objects.get().size
    seconds = timed(ours)
    rows = same_rows(first, SINGLE)

    def plain() -> None:
        for entry, body, person in rows:
            with transaction.atomic():
                insert_plain([entry], [body], [person])

    return seconds, timed(plain)


def append_in_bulk() -> tuple[float, float]:
    """Seconds for many appends in transactions of 5,000, and for the same rows by plain SQL."""
    told, now = list(events(BULK, 2)), timezone.now()
    first = Tree.objects.get().size

    def ours() -> None:
        for start in range(0, BULK, BATCH):
            with transaction.atomic():
                record_all(told[start : start + BATCH], by_id=RECORDER, at=now)

    seconds = timed(ours)
    rows = same_rows(first, BULK)

    def plain() -> None:
        for start in range(0, BULK, BATCH):
            with transaction.atomic():
                part = rows[start : start + BATCH]
                insert_plain([row[0] for row in part], [row[1] for row in part], [row[2] for row in part])

    return seconds, timed(plain)


def same_rows(first: int, count: int) -> list[tuple[Entry, EntryBody, EntryPerson]]:
    """The rows just appended, to be written again by plain SQL."""
    within = {"entry_id__gt": first, "entry_id__lte": first + count}
    bodies = {row.entry_id: row for row in EntryBody.objects.filter(**within)}
    people = {row.entry_id: row for row in EntryPerson.objects.filter(**within)}
    entries = Entry.objects.filter(pk__gt=first, pk__lte=first + count).order_by("pk")
    return [(row, bodies[row.pk], people[row.pk]) for row in entries]


def make_plain_tables() -> None:
    """Tables with the same columns and keys, without triggers or further indexes."""
    with connection.cursor() as cursor:
        for model in (Entry, EntryBody, EntryPerson):
            table, key = model._meta.db_table, ", ".join(field.column for field in model._meta.pk_fields)
            cursor.execute(f"DROP TABLE IF EXISTS plain_{table}")
            cursor.execute(f"CREATE TABLE plain_{table} AS SELECT * FROM {table} WHERE 1 = 0")
            cursor.execute(f"CREATE UNIQUE INDEX plain_{table}_key ON plain_{table} ({key})")


def insert_plain(*parts: list) -> None:
    """One prepared statement a table."""
    for rows in parts:
        fields = rows[0]._meta.concrete_fields
        names, marks = ", ".join(field.column for field in fields), ", ".join(["%s"] * len(fields))
        told = [[field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields] for row in rows]
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO plain_{rows[0]._meta.db_table} ({names}) VALUES ({marks})", told)


def fill(count: int) -> None:
    """As many entries as asked for."""
    now = timezone.now()
    while (there := Tree.objects.get().size) < count:
        with transaction.atomic():
            record_all(events(min(BATCH * 4, count - there), there), by_id=RECORDER, at=now)


def verification() -> None:
    """Verification by the product and by the stand-alone tool, beside reading and hashing the same bytes."""
    size = Tree.objects.get().size
    report = None

    def ours() -> None:
        nonlocal report
        report = verify(missing=missing)

    seconds = timed(ours)
    print(f"  verify in the product       {size:>9,} entries {seconds:7.1f} s  faults {report.fault_count}", flush=True)
    raw = timed(lambda: list(EntryBody.objects.values_list("canonical").iterator(10_000)))
    print(f"  reading the bodies alone                      {raw:7.1f} s  ratio {seconds / raw:.1f}", flush=True)
    with TemporaryDirectory() as folder:
        head = sign_head(at=timezone.now())
        seconds = timed(lambda: export(Path(folder), head))
        print(f"  export                      {head.size:>9,} entries {seconds:7.1f} s", flush=True)
        key = Path(folder) / "ledger-public.pem"
        words = [sys.executable, "-I", str(VERIFIER), folder, "--key", str(key)]
        seconds = timed(lambda: subprocess.run(words, check=True, stdout=subprocess.DEVNULL))
        print(f"  verify_ledger.py            {head.size:>9,} entries {seconds:7.1f} s", flush=True)
        raw = timed(
            lambda: subprocess.run(["sha256sum", f"{folder}/leaves.jsonl"], check=True, stdout=subprocess.DEVNULL)
        )
        print(f"  sha256sum of the same file                    {raw:7.1f} s  ratio {seconds / raw:.1f}", flush=True)


def pages() -> None:
    """Medians and queries of the ledger's pages, for the officer of everything and the secretary of one branch."""
    month = f"{timezone.localdate():%Y-%m}"
    last = Entry.objects.filter(kind="business.noted").latest("pk")
    addresses = {
        "工作台账": "/ledger/",
        "台账·月份": f"/ledger/?month={month}",
        "台账·事项(常见)": "/ledger/?kind=business.noted",
        "台账·事项(罕见)": "/ledger/?kind=organization.renamed",
        "台账·党建": "/ledger/?side=party",
        "台账·补录待批": "/ledger/?state=late",
        "台账·已更正": "/ledger/?state=corrected",
        "台账·更正": "/ledger/?state=correction",
        "台账·补录退回": "/ledger/?state=returned",
        "台账·内容已删除": "/ledger/?state=erased",
        "台账·我的": "/ledger/?mine=1",
        "台账·我的·月份": f"/ledger/?mine=1&month={month}",
        "台账·末页": "/ledger/?page=20",
        "台账·一个组织": f"/ledger/?organization={last.organization_id}",
        "补录审批": "/ledger/late/",
        "存证校验": "/ledger/proof/",
        "条目": f"/ledger/{last.pk}/",
        "工作台": "/",
    }
    for who in ("officer", "secretary", "member"):
        client = Client(HTTP_HOST="localhost")
        client.force_login(User.objects.get(username=who), backend="django.contrib.auth.backends.ModelBackend")
        for name, address in addresses.items():
            if client.get(address).status_code != 200:
                continue
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            # Now: the next request empties the log.
            asked = len(queries)
            times = [1000 * timed(lambda address=address, client=client: client.get(address)) for _ in range(RUNS)]
            over = " *" if statistics.median(times) > 40 or asked > 12 else ""
            print(f"{statistics.median(times):9.1f} {asked:8d}  {who:9} {name}{over}", flush=True)


def main(size: int, only_pages: bool) -> None:
    """Print figures; `size` is how many entries the pages and the verification see."""
    print(f"\nledger on {connection.vendor}", flush=True)
    if only_pages:
        pages()
        return
    make_plain_tables()
    for name, count, measure in (("one by one", SINGLE, append_one_by_one), ("in bulk", BULK, append_in_bulk)):
        ours, plain = measure()
        print(
            f"  appends {name:10} {count / ours:9,.0f}/s  plain SQL {count / plain:9,.0f}/s  ratio {ours / plain:.1f}",
            flush=True,
        )
    fill(size)
    verification()
    print(f"{'ms':>9} {'queries':>8}  page at {Tree.objects.get().size:,} entries; medians of {RUNS} runs")
    pages()


main(int(sys.argv[1]), "pages" in sys.argv)
