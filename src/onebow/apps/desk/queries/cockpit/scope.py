"""Organizations by what counts as theirs: as the bow has it, what lies below and across the ties of that."""

from collections.abc import Iterable

from onebow.apps.organizations.models import Organization
from onebow.apps.plans.queries.bow.places import Scope


class Places:
    """Organizations by the subtrees that count as theirs, to be found by the path of a row."""

    def __init__(self, scope: Scope, organizations: Iterable[Organization]) -> None:
        self._known: dict[str, list[int]] = {}
        for one in organizations:
            for path in scope.own_paths(one.path):
                self._known.setdefault(path, []).append(one.pk)
        self._lengths = sorted({len(path) for path in self._known})
        self._found: dict[str, tuple[int, ...]] = {}

    def holding(self, path: str) -> tuple[int, ...]:
        """Which of them a row at this path belongs to; a section that two branches cover belongs to both."""
        if path not in self._found:
            tops = (path[:length] for length in self._lengths if length <= len(path))
            self._found[path] = tuple({pk for top in tops for pk in self._known.get(top, ())})
        return self._found[path]
