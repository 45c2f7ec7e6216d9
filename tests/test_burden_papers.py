"""Every door that hands out a file is known to the burden meter by name."""

import re

from onebow.apps.desk.papers import GIVEN_BACK, PAPERS
from tests.test_doors import patterns

# Addresses that end like a file of ours, or in a kind of file.
FILES = re.compile(r"\.(xlsx|csv|docx|pdf|zip)$|<slug:kind>$")


def unnamed(doors) -> list[str]:
    """Doors of files that nobody named, as lines to add."""
    found = sorted(name for name, route in doors if FILES.search(route) and name not in PAPERS.keys() | GIVEN_BACK)
    return [f'add to PAPERS in desk/papers.py: "{name}": "…"' for name in found]


def test_every_file_has_a_name():
    assert unnamed((name, str(pattern.pattern)) for name, pattern in patterns()) == []


def test_what_is_named_exists():
    known = {name for name, _ in patterns()}
    assert sorted(PAPERS.keys() - known) == []
    assert sorted(GIVEN_BACK - known) == []
    assert len(set(PAPERS.values())) == len(PAPERS)


def test_a_door_without_a_name_is_found():
    assert unnamed(
        [("plans:new_xlsx", "plans/new.xlsx"), ("plans:index", "plans/"), ("meetings:sheet", "s.<slug:kind>")]
    ) == ['add to PAPERS in desk/papers.py: "plans:new_xlsx": "…"']
