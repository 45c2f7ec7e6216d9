"""Runs every benchmark, each in a process of its own, on data folders under ONEBOW_HOME.

`python -m benchmarks` runs all; `python -m benchmarks pages 500` runs one at one size.
"""

import os
import subprocess
import sys
from pathlib import Path

SIZES = (500, 20_000, 200_000)
ROOT = Path(os.environ.get("ONEBOW_HOME", "var-bench")).absolute()
ONEBOW = [sys.executable, "-m", "onebow"]
DIVISIONS = "china-division@2.7.0"
# Those that went over a budget or broke down: the others are measured all the same.
bad: list[str] = []


def prepare(name: str, *demo: str, reform: bool = False) -> Path:
    """A data folder with a migrated database; filled by `onebow demo` when new, its branches reformed if asked."""
    home = ROOT / name
    if not (home / "ready").exists():
        env = {**os.environ, "ONEBOW_HOME": str(home)}
        subprocess.run([*ONEBOW, "migrate", "-v0"], env=env, check=True)
        subprocess.run([*ONEBOW, "createcachetable"], env=env, check=True)
        if demo:
            subprocess.run([*ONEBOW, "demo", *demo], env=env, check=True)
        if reform:
            subprocess.run([*ONEBOW, "demo", "check", "--keep"], env=env, check=True, stdout=subprocess.DEVNULL)
        (home / "ready").touch()
    return home


def measure(module: str, home: Path, *words: str) -> None:
    """Run one benchmark on a data folder."""
    env = {**os.environ, "ONEBOW_HOME": str(home), "DJANGO_SETTINGS_MODULE": "onebow.config.settings"}
    if subprocess.run([sys.executable, "-m", f"benchmarks.{module}", *words], env=env).returncode:
        bad.append(module)


def pages(sizes: tuple[int, ...]) -> None:
    """Medians and query counts of pages."""
    for size in sizes:
        measure("pages", prepare(f"people-{size}", "--people", str(size)), str(size))


def checks(sizes: tuple[int, ...]) -> None:
    """The checks on the structure."""
    for size in sizes:
        measure("checks", prepare(f"people-{size}", "--people", str(size)), str(size))


def checks_runs(_: tuple[int, ...]) -> None:
    """Runs of checks over a bureau's year and over 2,000 organizations, and their pages."""
    measure("checks_runs", prepare("people-500", "--people", "500"), "500")
    measure("checks_runs", prepare("people-20000", "--people", "20000"), "20000")


def plans(sizes: tuple[int, ...]) -> None:
    """Reading a plan that seats everybody."""
    for size in sizes:
        measure("plans", prepare(f"people-{size}", "--people", str(size)), str(size))


def duties(_: tuple[int, ...]) -> None:
    """The occurrences of a year for 2,000 organizations."""
    measure("duties", prepare("people-20000", "--people", "20000"))


def duties_pages(_: tuple[int, ...]) -> None:
    """Pages of the duties of a bureau's year."""
    measure("duties_pages", prepare("people-500", "--people", "500"))


def meetings(_: tuple[int, ...]) -> None:
    """Pages of a bureau year of meetings."""
    measure("meetings", prepare("people-500", "--people", "500"))


def workbook(_: tuple[int, ...]) -> None:
    """A work manual, and forty of them."""
    measure("workbook", prepare("people-500", "--people", "500"))


def beside(_: tuple[int, ...]) -> None:
    """Forty work manuals printed while others read and write."""
    measure("beside", prepare("reform", "--people", "500", reform=True))


def methods(sizes: tuple[int, ...]) -> None:
    """Checking, previewing and applying packs."""
    for size in sizes:
        measure("methods", prepare(f"people-{size}", "--people", str(size)))


def items(_: tuple[int, ...]) -> None:
    """Pages of items in a bureau year."""
    measure("items", prepare("people-500", "--people", "500"), "500")


def annual(_: tuple[int, ...]) -> None:
    """Pages of an annual plan."""
    measure("annual", prepare("people-500", "--people", "500"))


def bow(_: tuple[int, ...]) -> None:
    """The bow, and the calendar with the strip of the year."""
    measure("bow", prepare("people-500", "--people", "500"))


def registers(_: tuple[int, ...]) -> None:
    """Pages of registers, two duties and clashes in a bureau year."""
    measure("registers", prepare("people-500", "--people", "500"))


def load(_: tuple[int, ...]) -> None:
    """Pages of load and the cockpit in a bureau year."""
    measure("load", prepare("people-500", "--people", "500"))


def desk(_: tuple[int, ...]) -> None:
    """The front page and the whole list of what waits."""
    measure("desk", prepare("people-500", "--people", "500"))


def imports(sizes: tuple[int, ...]) -> None:
    """Rows a second of the import beside plain reading."""
    for size in sizes:
        home = ROOT / f"import-{size}"
        if home.exists():
            # What the same file finds the second time is another figure.
            subprocess.run(["rm", "-rf", str(home)], check=True)
        measure("imports", prepare(f"import-{size}"), str(size))


def subtree(_: tuple[int, ...]) -> None:
    """Subtree look-ups in a tree of 665,000 nodes."""
    folder = ROOT / "china-division"
    if not (folder / "package").exists():
        folder.mkdir(parents=True, exist_ok=True)
        packed = subprocess.run(["npm", "pack", "--silent", DIVISIONS], cwd=folder, check=True, capture_output=True)
        subprocess.run(["tar", "xzf", packed.stdout.decode().split()[-1]], cwd=folder, check=True)
    measure("subtree", prepare("divisions", "--divisions", str(folder / "package" / "dist")))


def backups(sizes: tuple[int, ...]) -> None:
    """Backup and restore beside SQLite's own copies."""
    for size in sizes:
        measure("backups", prepare(f"people-{size}", "--people", str(size)))


def ledger(_: tuple[int, ...]) -> None:
    """Appends, verification and pages among 1,000,000 and 2,000,000 entries of 20,000 people."""
    home = prepare("ledger", "--people", "20000")
    for size in (1_000_000, 2_000_000):
        measure("ledger", home, str(size))


def documents(_: tuple[int, ...]) -> None:
    """Forty member lists, beside python-docx and typst alone."""
    measure("documents", prepare("documents"))


def papers(_: tuple[int, ...]) -> None:
    """The papers and member lists of a plan of one bureau."""
    measure("papers", prepare("people-500", "--people", "500"))


def city(_: tuple[int, ...]) -> None:
    """A city at work: its pages, then two hundred people at once: 100 pages and 20 writes a second.

    On PostgreSQL through tools/postgresql.py, in a folder of its own.
    """
    home = prepare("city", "--people", "20000")
    for module in ("city", "city_pages", "mixed"):
        measure(module, home)


def structure(_: tuple[int, ...]) -> None:
    """Branch structures of one bureau, ten bodies and two thousand; no database."""
    if subprocess.run([sys.executable, "-m", "benchmarks.structure"]).returncode:
        bad.append("structure")


BENCHMARKS = {
    "pages": pages,
    "checks": checks,
    "checks_runs": checks_runs,
    "plans": plans,
    "duties": duties,
    "duties_pages": duties_pages,
    "meetings": meetings,
    "workbook": workbook,
    "beside": beside,
    "methods": methods,
    "items": items,
    "annual": annual,
    "bow": bow,
    "registers": registers,
    "load": load,
    "desk": desk,
    "ledger": ledger,
    "imports": imports,
    "subtree": subtree,
    "backups": backups,
    "documents": documents,
    "papers": papers,
    "structure": structure,
    # Last: it takes longest, and ends badly where the machine cannot keep up.
    "city": city,
}


def main(words: list[str]) -> None:
    """Run what is named, or all; ends with 1 where something is over its budget or broke down."""
    names = [word for word in words if word in BENCHMARKS] or list(BENCHMARKS)
    sizes = tuple(int(word) for word in words if word.isdigit()) or SIZES
    for name in names:
        BENCHMARKS[name](sizes)
    if bad:
        sys.exit(f"\nover budget, or broken: {', '.join(dict.fromkeys(bad))}")


main(sys.argv[1:])
