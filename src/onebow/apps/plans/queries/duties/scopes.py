"""Which organizations a duty is asked of: those for which its scope's word held in a year."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from onebow.apps.organizations.models import Link, Organization
from onebow.apps.organizations.queries.reach import topmost

# Kinds of organizations that are committees themselves.
COMMITTEES = (
    Organization.Kind.WORK_COMMITTEE,
    Organization.Kind.PARTY_COMMITTEE,
    Organization.Kind.ORGAN_COMMITTEE,
    Organization.Kind.GENERAL_BRANCH,
    Organization.Kind.LEADING_GROUP,
)


@dataclass(frozen=True)
class Body:
    """An organization as far as duties ask: many are read, and models take twice as long."""

    id: int
    path: str
    kind: str
    starts_on: date | None
    ends_on: date | None
    term_ends_on: date | None


@dataclass(frozen=True)
class Ties:
    """Which Party organizations were set in which units in a year: pairs of paths."""

    pairs: tuple[tuple[str, str], ...]

    def tops(self, path: str) -> tuple[str, ...]:
        """The subtrees for which the word of the organization at this path holds."""
        below = [source for source, target in self.pairs if target.startswith(path)]
        hosts = [target for source, target in self.pairs if source.startswith(path)]
        return topmost([path, *below, *hosts])


def during(first: date, end: date) -> Q:
    """Rows valid on some day of `[first, end)`."""
    began = Q(starts_on__isnull=True) | Q(starts_on__lt=end)
    return began & (Q(ends_on__isnull=True) | Q(ends_on__gt=first))


def ties_during(first: date, end: date) -> Ties:
    """The ties of a year: one that ended in it still tells for whom a word held."""
    links = Link.objects.filter(during(first, end), kind=Link.Kind.SET_IN)
    return Ties(tuple(links.values_list("source__path", "target__path")))


def bodies_during(first: date, end: date, kinds: Collection[str], within: Q) -> list[Body]:
    """Organizations of some kinds that existed on some day of `[first, end)`."""
    rows = Organization.objects.filter(during(first, end), within, kind__in=kinds).order_by("path")
    fields = ("id", "path", "kind", "starts_on", "ends_on", "term_ends_on")
    return [Body(*row) for row in rows.values_list(*fields)]
