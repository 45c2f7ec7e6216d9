"""How the tests of a parallel run are handed out."""

from pathlib import Path

from tests.shifts import FIRST, place_of, unit_of

ROOT = Path(__file__).resolve().parent.parent


def test_all_that_is_begun_first_stands_in_the_repository():
    assert [path for paths in FIRST for path in paths if not (ROOT / path).exists()] == []


def test_what_shares_something_dear_goes_to_one_worker():
    assert unit_of("tests/test_matrix.py::test_one[a]") == unit_of("tests/test_hostile_input.py::test_two")


def test_a_file_that_nobody_listed_comes_after_those_listed_test_by_test():
    one, two = (
        "src/onebow/apps/unheard/tests/test_new.py::test_one",
        "src/onebow/apps/unheard/tests/test_new.py::test_two",
    )
    assert place_of(one) == place_of(two) == len(FIRST)
    assert unit_of(one) != unit_of(two)
