"""What counts as an organization's own on a day: what lies below it, and across the ties of that."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from onebow.apps.base.prepared import Prepared
from onebow.apps.organizations.models import Link, Organization
from onebow.apps.organizations.models.organizations import within
from onebow.apps.organizations.queries.reach import topmost

COVERS, SET_IN = Link.Kind.COVERS.value, Link.Kind.SET_IN.value


@dataclass(frozen=True)
class Scope:
    """An organization with its ties: kind, a Party organization's path, and that of what it covers or is set in."""

    organization: Organization
    on: date
    today: date
    ties: tuple[tuple[str, str, str], ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """Subtrees that belong here, of both trees."""
        return self.of(self.organization.path)

    def of(self, path: str) -> tuple[str, ...]:
        """The same of an organization below; a branch that covers sections speaks for these, not for its unit."""
        covering = {source for kind, source, _ in self.ties if kind == COVERS}
        counts = [(source, target) for kind, source, target in self.ties if kind == COVERS or source not in covering]
        ends = [target for source, target in counts if source.startswith(path)]
        hosted = [source for source, target in counts if target.startswith(path)]
        return topmost([path, *ends, *hosted])


def scope_of(organization: Organization, on: date, today: date) -> Scope:
    """The ties below an organization on a day: one statement."""
    return Scope(organization, on, today, tuple(_ties.rows(organization.path, on)))


class Places:
    """Organizations by the subtrees that count as theirs, to be found by the path of a row."""

    def __init__(self, scope: Scope, organizations: Iterable[Organization]) -> None:
        self._known: dict[str, list[int]] = {}
        for one in organizations:
            for path in scope.of(one.path):
                self._known.setdefault(path, []).append(one.pk)
        self._lengths = sorted({len(path) for path in self._known})
        self._found: dict[str, tuple[int, ...]] = {}

    def holding(self, path: str) -> tuple[int, ...]:
        """Which of them a row at this path belongs to; a section that two branches cover belongs to both."""
        if path not in self._found:
            tops = (path[:length] for length in self._lengths if length <= len(path))
            self._found[path] = tuple({pk for top in tops for pk in self._known.get(top, ())})
        return self._found[path]


_ties = Prepared(
    lambda path, day: (
        Link.objects.on(day)
        .filter(within(path, "source__path") | within(path, "target__path"), kind__in=(COVERS, SET_IN))
        .exclude(source__tree=Organization.Tree.UNION)
        .values_list("kind", "source__path", "target__path")
    )
)
