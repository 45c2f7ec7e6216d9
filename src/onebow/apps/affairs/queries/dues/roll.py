"""Who pays dues in which branch in which month."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from onebow.apps.affairs.models import DuesBase, Transfer
from onebow.apps.affairs.months import last_day
from onebow.apps.organizations.models import Membership, Organization
from onebow.apps.organizations.queries.reach import lying_under

Span = tuple[date | None, date | None]


@dataclass
class Payer:
    """A person of a branch in a month. `elsewhere`: the letter says that this month was paid before they came."""

    person_id: int
    elsewhere: bool = False
    # Left in the month by a letter that says it is paid here.
    leaving: bool = False


@dataclass
class _Held:
    person_id: int
    starts_on: date | None
    ends_on: date | None
    joined_on: date | None

    def holds_on(self, day: date) -> bool:
        """Belongs to the branch on a day, as a member."""
        began = self.starts_on is None or self.starts_on <= day
        joined = self.joined_on is None or self.joined_on <= day
        return began and joined and (self.ends_on is None or self.ends_on > day)


@dataclass
class Roll:
    """Who belonged to some branches, and who came and went by letter: two statements for any number of months."""

    held: dict[int, list[_Held]] = field(default_factory=lambda: defaultdict(list))
    came: dict[int, list[tuple[int, date, date]]] = field(default_factory=lambda: defaultdict(list))
    went: dict[int, list[tuple[int, date, date]]] = field(default_factory=lambda: defaultdict(list))
    bases: dict[int, list[Span]] = field(default_factory=lambda: defaultdict(list))

    def payers(self, branch_id: int, month: date) -> list[Payer]:
        """Of a month: who belongs to the branch on its last day, and who left in it with dues paid until it."""
        last = last_day(month)
        paid = {person for person, on, until in self.came[branch_id] if on <= last and until >= month}
        left = {person for person, on, until in self.went[branch_id] if month <= on <= last and until >= month}
        here = {one.person_id for one in self.held[branch_id] if one.holds_on(last)}
        return [
            *(Payer(person, elsewhere=person in paid) for person in sorted(here)),
            *(Payer(person, leaving=True) for person in sorted(left - here)),
        ]

    def has_base(self, person_id: int, month: date) -> bool:
        """Whether there is a base of a month; of a roll `with_bases`."""
        return any(_covers(span, month) for span in self.bases[person_id])


def roll_of(branches: Iterable[Organization], first: date, last: date) -> Roll:
    """The roll of some branches for the months from `first` to `last`; groups are part of their branch.

    Groups are found where they stand today: they hardly ever change their branch.
    """
    found, by_path = Roll(), {branch.path: branch.pk for branch in branches}
    lengths = sorted({len(path) for path in by_path}, reverse=True)

    def branch_at(path: str | None) -> int | None:
        return next((by_path[path[:end]] for end in lengths if path and path[:end] in by_path), None)

    rows = Membership.objects.filter(lying_under(by_path), side=Membership.Side.PARTY)
    columns = ("organization__path", "person_id", "starts_on", "ends_on", "person__joined_on")
    for path, *told in rows.exclude(ends_on__lte=first).exclude(starts_on__gt=last_day(last)).values_list(*columns):
        found.held[branch_at(path) or 0].append(_Held(*told))
    _letters(found, by_path, first, branch_at)
    return found


def with_bases(found: Roll, first: date) -> Roll:
    """The same roll with the months for which there are bases: one statement more."""
    people = {one.person_id for held in found.held.values() for one in held}
    spans = DuesBase.objects.filter(person__in=people).exclude(ends_on__lte=first)
    for person_id, starts_on, ends_on in spans.values_list("person_id", "starts_on", "ends_on"):
        found.bases[person_id].append((starts_on, ends_on))
    return found


def _letters(found: Roll, by_path: dict[str, int], first: date, at: Callable[[str | None], int | None]) -> None:
    rows = Transfer.objects.filter(state=Transfer.State.RECEIVED, paid_until__gte=first)
    rows = rows.filter(lying_under(by_path, "source") | lying_under(by_path, "target"))
    columns = ("source__path", "target__path", "person_id", "received_on", "paid_until")
    for source, target, person_id, on, until in rows.values_list(*columns):
        found.went[at(source) or 0].append((person_id, on, until))
        found.came[at(target) or 0].append((person_id, on, until))


def _covers(span: Span, month: date) -> bool:
    return (span[0] is None or span[0] <= month) and (span[1] is None or span[1] > month)
