"""Whether an organization has a committee, groups or a term on a day, and how many people it has: for many at once."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from onebow.apps.organizations.models import Membership, Organization, Person, Post
from onebow.apps.organizations.models.organizations import SEGMENT
from onebow.apps.organizations.models.people import standing_of
from onebow.apps.plans.models import Duty
from onebow.apps.plans.queries.duties.scopes import COMMITTEES, Body, during
from onebow.cores.regulations.table import rule

K, C = Organization.Kind, Duty.Condition
COMMITTEE_ROLES = tuple(role for role in Post.PARTY_ROLES if role != Post.Role.GROUP_LEADER)


class Steps:
    """How many rows are valid on each day: summed up once, asked many times."""

    def __init__(self) -> None:
        self.changes: dict[date, int] = defaultdict(int)
        self.days: list[date] = []
        self.counts: list[int] = []

    def add(self, starts_on: date | None, ends_on: date | None) -> None:
        """One more from a day up to, not including, another."""
        self.changes[starts_on or date.min] += 1
        if ends_on is not None:
            self.changes[ends_on] -= 1

    def on(self, day: date) -> int:
        """The count of a day."""
        if not self.days:
            total = 0
            for one in sorted(self.changes):
                total += self.changes[one]
                self.days.append(one)
                self.counts.append(total)
        place = bisect_right(self.days, day)
        return self.counts[place - 1] if place else 0


Counts = dict[str, Steps]


class Circumstances:
    """What duties ask of organizations beside their kind, in `[first, end)`; each is read when it is first asked."""

    def __init__(self, first: date, end: date, bodies: Iterable[Body]) -> None:
        self.first, self.end = first, end
        self.paths = {body.path for body in bodies}
        self._read: dict[str, Counts] = {}

    def holds(self, condition: str, body: Body, day: date) -> bool:
        """Whether an organization meets a condition on a day."""
        if condition == C.COMMITTEE:
            return body.kind in COMMITTEES or self._has_committee(body, day)
        if condition == C.GROUPS:
            return self._count("groups", body.path, day) > 0
        return condition != C.TERM or body.term_ends_on is not None

    def people(self, body: Body, day: date) -> int:
        """How many belong to an organization and its groups on a day."""
        return self._count("people", body.path, day)

    def _has_committee(self, body: Body, day: date) -> bool:
        """A branch has one if it stands, or if its full members are so many that the rules ask for one."""
        asked = rule("BR-COMMITTEE", on=day)
        least, members = (asked.number("people_at_least"), asked.number("full_members")) if asked else (3, 7)
        if self._count("committee", body.path, day) >= least:
            return True
        return self._count("full", body.path, day) >= members

    def _count(self, what: str, path: str, day: date) -> int:
        if what not in self._read:
            self._read[what] = getattr(self, f"_{what}")()
        steps = self._read[what].get(path)
        return steps.on(day) if steps else 0

    def _committee(self) -> Counts:
        rows = Post.objects.filter(during(self.first, self.end), role__in=COMMITTEE_ROLES)
        found: Counts = defaultdict(Steps)
        for path, starts_on, ends_on in rows.values_list("organization__path", "starts_on", "ends_on"):
            found[path].add(starts_on, ends_on)
        return found

    def _groups(self) -> Counts:
        rows = Organization.objects.filter(during(self.first, self.end), kind=K.GROUP)
        found: Counts = defaultdict(Steps)
        for path, starts_on, ends_on in rows.values_list("path", "starts_on", "ends_on"):
            found[path[:-SEGMENT]].add(starts_on, ends_on)
        return found

    def _people(self) -> Counts:
        found: Counts = defaultdict(Steps)
        for paths, starts_on, ends_on, *_ in self._members():
            for path in paths:
                found[path].add(starts_on, ends_on)
        return found

    def _full(self) -> Counts:
        found: Counts = defaultdict(Steps)
        for paths, starts_on, ends_on, standing, full_on in self._members():
            if standing_of(standing, full_on, self.end) == Person.Standing.FULL_MEMBER:
                since = max(filter(None, (starts_on, full_on)), default=None)
                if since is None or ends_on is None or since < ends_on:
                    for path in paths:
                        found[path].add(since, ends_on)
        return found

    def _members(self) -> Iterable[tuple[tuple[str, ...], date | None, date | None, str, date | None]]:
        rows = Membership.objects.filter(during(self.first, self.end))
        fields = (
            "organization__path",
            "organization__kind",
            "starts_on",
            "ends_on",
            "person__standing",
            "person__full_on",
        )
        for path, kind, starts_on, ends_on, standing, full_on in rows.values_list(*fields):
            # Members of a group are those of its branch.
            paths = (path, path[:-SEGMENT]) if kind == K.GROUP else (path,)
            yield paths, starts_on, ends_on, standing, full_on
