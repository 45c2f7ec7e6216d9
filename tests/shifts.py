"""Which tests of a parallel run go to one worker together, and which are begun first.

The mark `xdist_group` is not used: the plugin hands it on in a test's name, which pytest 9.2 no longer lets it change,
so that it silently groups nothing.
"""

from xdist.scheduler import LoadScopeScheduling

# Begun first, as they take long: at the end they would keep one worker busy and the others waiting. The files of a line
# share what is dear to make, once for a worker. Only files that take minutes or share something belong here.
FIRST = (
    ("tests/test_killed.py",),
    ("tests/test_matrix.py", "tests/test_hostile_input.py"),
    ("src/onebow/backup/",),
    ("tests/test_last_year.py",),
    ("src/onebow/demo/tests/test_reform.py",),
    ("tests/test_every_page.py",),
    ("tests/test_looks.py",),
    ("tests/test_year_walk.py", "tests/test_year_meetings_walk.py"),
)


def place_of(nodeid: str) -> int:
    """Which of the first ones a test belongs to; those after all of them are on their own."""
    return next((place for place, paths in enumerate(FIRST) if nodeid.startswith(paths)), len(FIRST))


def unit_of(nodeid: str) -> str:
    """What is handed out as one: a line of `FIRST`, else the test alone."""
    place = place_of(nodeid)
    return FIRST[place][0] if place < len(FIRST) else nodeid


class Shifts(LoadScopeScheduling):
    """Hands out the lines of `FIRST`, then test by test."""

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid)
