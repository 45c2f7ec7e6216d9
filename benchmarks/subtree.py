"""Subtree look-ups in the tree of all administrative divisions, beside the bare SQL range."""

from functools import partial

from django.db import connection

from benchmarks.timing import median_ms
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.models.organizations import within

RUNS = 20


def raw_count(path: str) -> int:
    """The range as it stands in SQL."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(*) FROM organizations_organization WHERE path >= %s AND path < %s", [path, path + "~"]
        )
        return int(cursor.fetchone()[0])


def _count(path: str) -> int:
    return Organization.objects.filter(within(path)).count()


def _read(paths: list[str]) -> None:
    list(Organization.objects.filter(path__in=paths))


def main() -> None:
    """Print a line for a province, a city, a county and a town."""
    total = Organization.objects.count()
    print(f"\nsubtree look-ups in {total:,} organizations; medians of {RUNS} runs")
    print(f"{'nodes':>8} {'ours ms':>8} {'SQL ms':>8} {'ancestors ms':>13}  top")
    for depth in range(5):
        node = Organization.objects.filter(depth=depth).order_by("path").last()
        if node is None:
            raise SystemExit(f"no organization of depth {depth}")
        ours = median_ms(partial(_count, node.path), RUNS)
        bare = median_ms(partial(raw_count, node.path), RUNS)
        paths = [node.path[: 5 * level] for level in range(1, depth + 1)]
        up = median_ms(partial(_read, paths), RUNS)
        print(f"{raw_count(node.path):8,} {ours:8.2f} {bare:8.2f} {up:13.2f}  {node.name}", flush=True)


main()
