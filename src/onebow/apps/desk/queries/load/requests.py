"""Requests of branches over the months of a year: what plans know, and invitations."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from onebow.apps.desk.queries.load.hours import MONTHS, Year
from onebow.apps.meetings.queries.load import INVITED, invitations, invitations_told
from onebow.apps.organizations.models import Organization
from onebow.apps.plans.queries.load.ceilings import Ceiling, Ceilings
from onebow.apps.plans.queries.load.requests import ASSISTED, DIRECTIVE, DUTY, OWNED, Asked, asked_of, titles_of
from onebow.cores.timekeeping.spreading import first_of

SORTS = {DUTY: "制度任务", DIRECTIVE: "上级部署", OWNED: "主责事项", ASSISTED: "协办事项", INVITED: "受邀会议"}


@dataclass(slots=True)
class BranchLoad:
    """What is asked of an organization in a year: twelve numbers for each sort."""

    organization: Organization
    sorts: dict[str, list[int]] = field(default_factory=lambda: {sort: [0] * MONTHS for sort in SORTS})
    over: dict[int, Ceiling] = field(default_factory=dict)

    @property
    def id(self) -> int:
        """Of the organization."""
        return self.organization.pk

    @property
    def name(self) -> str:
        """Of the organization."""
        return self.organization.name

    @property
    def pinyin(self) -> str:
        """To sort and search by."""
        return self.organization.pinyin

    @property
    def totals(self) -> list[int]:
        """By month, all sorts together."""
        return [sum(parts) for parts in zip(*self.sorts.values(), strict=True)]

    @property
    def total(self) -> int:
        """Of the year."""
        return sum(map(sum, self.sorts.values()))

    @property
    def peak(self) -> int:
        """Of the fullest month."""
        return max(self.totals)

    @property
    def months_over(self) -> int:
        """How many months are over a ceiling."""
        return len(self.over)

    def words(self, place: int) -> str:
        """What is asked in a month, by sort."""
        told = [f"{word} {self.sorts[sort][place]}" for sort, word in SORTS.items() if self.sorts[sort][place]]
        told += [f"超过上限:{self.over[place].words}"] if place in self.over else []
        return "、".join(told) or "没有安排"

    def stands_in(self, place: int, year: Year) -> bool:
        """Whether it existed on some day of a month."""
        first, after = year.first.replace(month=place + 1), year.end
        if place + 1 < MONTHS:
            after = year.first.replace(month=place + 2)
        begins, ends = self.organization.starts_on, self.organization.ends_on
        return (begins is None or begins < after) and (ends is None or ends > first)


def requests_of(organizations: Sequence[Organization], year: Year, ceilings: Ceilings) -> list[BranchLoad]:
    """What is asked of these organizations: two statements."""
    rows = {one.pk: BranchLoad(one) for one in organizations}
    for organization, month, sort, count in _asked(tuple(rows), year):
        place = year.place(month)
        if place is not None:
            rows[organization].sorts[sort][place] += count
    if ceilings:
        for row in rows.values():
            row.over = dict(_over(row, year, ceilings))
    return list(rows.values())


def _asked(ids: tuple[int, ...], year: Year) -> Iterator[Asked]:
    yield from asked_of(ids, year.first, year.end, year.on, year.today)
    yield from invitations(ids, year.first, year.end, year.known_on)


def _over(row: BranchLoad, year: Year, ceilings: Ceilings) -> Iterable[tuple[int, Ceiling]]:
    for place, total in enumerate(row.totals):
        ceiling = ceilings.over_branch(row.organization.path, year.month + place)
        if ceiling and total > ceiling.limit:
            yield place, ceiling


@dataclass(frozen=True)
class Request:
    """One thing that is asked of an organization; `is_open`: the reader may look at it."""

    sort: str
    pk: int
    title: str
    day: date
    is_open: bool = True


def requests_told(organization_id: int, month: int, year: Year) -> list[Request]:
    """What is asked in a month, day by day: two statements."""
    first, end = first_of(month), first_of(month + 1)
    found = [Request(*row) for row in titles_of(organization_id, first, end, year.on)]
    found += [Request(INVITED, *row) for row in invitations_told(organization_id, first, end, year.known_on)]
    return sorted(found, key=lambda one: (one.day, one.sort, one.pk))
