"""The page of a run: what it found, by sort and by organization, and how much of it is closed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, QuerySet, Value, When

from onebow.apps.base.unions import word
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.checking.sorts import ABOUT
from onebow.apps.plans.models import LIVING, CheckRun, Gap, Sort
from onebow.apps.plans.queries.checks.visible import gaps_for

# More organizations than these are in the list of gaps.
MOST = 50


@dataclass
class Tally:
    """How many gaps there are, and how far they are; those that apply no more are counted apart."""

    key: str
    name: str
    found: int = 0
    open: int = 0
    mended: int = 0
    closed: int = 0
    void: int = 0

    @property
    def total(self) -> int:
        """Those that count."""
        return self.open + self.mended + self.closed

    def percent_of(self, part: int) -> int:
        """For the length of a bar; words come before it."""
        return round(100 * part / self.total) if self.total else 0

    @property
    def words(self) -> str:
        """11/14 项."""
        return f"{self.closed}/{self.total} 项"


@dataclass(frozen=True)
class Told:
    """What the page shows of a run, as far as the reader may read the gaps."""

    whole: Tally
    earlier: Tally
    sorts: list[Tally]
    organizations: list[Tally] = field(default_factory=list)
    more: int = 0


def told_of(run: CheckRun, reach: Reach) -> Told:
    """All numbers of the page: one statement."""
    rows = list(_counts(gaps_for(reach).filter(runs__run=run)))
    whole, earlier = Tally("", "合计"), Tally("earlier", "以前发现的")
    sorts = {sort: Tally(sort, Sort(sort).label) for sort in Sort.values}
    organizations: dict[int, Tally] = {}
    for sort, organization_id, name, state, is_new, count in rows:
        place = organizations.setdefault(organization_id, Tally(str(organization_id), name))
        for tally in (whole, sorts[sort], place, *(() if is_new else (earlier,))):
            _add(tally, state, count, is_new=is_new)
    found = [tally for tally in sorts.values() if tally.total or tally.void]
    places = sorted(organizations.values(), key=lambda tally: (-(tally.open + tally.mended), -tally.total))
    return Told(whole, earlier, found, places[:MOST], max(0, len(places) - MOST))


def ways_of(told: Told) -> list[Tally]:
    """The same by the three ways: 补课, 完善, 补齐."""
    found: dict[str, Tally] = {}
    for tally in told.sorts:
        about = ABOUT[tally.key]
        way = found.setdefault(about.way, Tally(about.way, about.way_word))
        for state in ("open", "mended", "closed", "void"):
            _add(way, state, getattr(tally, state))
        way.found += tally.found
    return list(found.values())


def figures_of(run: CheckRun) -> Mapping[str, int]:
    """As of the cut: what was seen and closed then."""
    told: Iterable[Mapping[str, int]] = run.figures.values()
    rows = list(told)
    return {key: sum(one.get(key, 0) for one in rows) for key in ("seen", "found", "closed", "void")}


def _counts(gaps: QuerySet[Gap]) -> QuerySet[Any, Any]:
    state = Case(
        When(state__in=LIVING, mended_on__isnull=False, then=Value("mended")),
        When(state__in=LIVING, then=Value("open")),
        When(state=Gap.State.CLOSED, then=Value("closed")), default=word("void"),
    )  # fmt: skip
    rows = gaps.order_by().annotate(told_state=state)
    return rows.values_list("sort", "organization_id", "organization__name", "told_state", "runs__is_new").annotate(
        count=Count("pk", distinct=True)
    )


def _add(tally: Tally, state: str, count: int, *, is_new: bool = False) -> None:
    setattr(tally, state, getattr(tally, state) + count)
    tally.found += count if is_new else 0
