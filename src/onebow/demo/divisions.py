"""Loads the administrative divisions down to the village: some 665,000 organizations, for tests of size."""

import csv
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.db import transaction

from onebow.apps.organizations.models import Organization, Placement
from onebow.demo.bulk import Writer, reset_sequences
from onebow.demo.facts import Node

# File of each level, and the column that names the one above.
LEVELS = (
    ("provinces.csv", ""),
    ("cities.csv", "provinceCode"),
    ("areas.csv", "cityCode"),
    ("streets.csv", "areaCode"),
    ("villages.csv", "streetCode"),
)
BATCH = 5000
TOP = "行政区划"


def load(folder: Path, *, at: datetime) -> tuple[int, int]:
    """Load all levels below one top region. Returns how many, and the top's id.

    Raises:
        FileNotFoundError: a level's file is missing; nothing was written.
    """
    for name, _ in LEVELS:
        (folder / name).open(encoding="utf-8").close()
    with transaction.atomic():
        writer = Writer(at)
        top = writer.top("region", TOP, None)
        above: dict[str, Organization] = {"": top}
        for name, column in LEVELS:
            above = _load_level(writer, folder / name, column, above, keep=name != LEVELS[-1][0])
        reset_sequences()
    return writer.ids.last, top.pk


def _load_level(
    writer: Writer, path: Path, column: str, above: dict[str, Organization], *, keep: bool
) -> dict[str, Organization]:
    level: dict[str, Organization] = {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = _rows(writer, csv.DictReader(file), column, above)
        while batch := list(islice(rows, BATCH)):
            Organization.objects.bulk_create([row for _, row in batch], batch_size=1000)
            Placement.objects.bulk_create([Placement(child=row, parent=row.parent) for _, row in batch])
            if keep:
                level.update(batch)
    return level


def _rows(
    writer: Writer, lines: Iterator[dict[str, str]], column: str, above: dict[str, Organization]
) -> Iterator[tuple[str, Organization]]:
    for line in lines:
        parent = above.get(line[column] if column else "")
        if parent is None:
            # The source lists a few places below a level that it leaves out.
            continue
        yield line["code"], writer.organization(Node("", kind_of(line["code"], line["name"]), line["name"]), parent)


def kind_of(code: str, name: str) -> str:
    """Region above the twelfth digit; below it a village or a community, as its committee's name says.

    >>> kind_of("110101001001", "多福巷社区居委会")
    'community'
    >>> kind_of("110106102201", "大瓦窑村委会")
    'village'
    """
    if len(code) < 12:
        return "region"
    return "village" if "村" in name else "community"
