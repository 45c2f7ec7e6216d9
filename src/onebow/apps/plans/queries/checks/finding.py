"""What a run finds: one statement for each sort, over its organization and all that its word holds for."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, CharField, Q, Value, When

from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.reach import within_any
from onebow.apps.plans.checking.sorts import ABOUT
from onebow.apps.plans.models import CheckRun, Side, Sort
from onebow.apps.plans.queries.checks.faults import FAULTS, Fault
from onebow.apps.plans.queries.scopes import tops_of

CAMPAIGN = CheckRun.Kind.SPECIAL_CAMPAIGN
DAYS = ("day_a", "day_b", "day_c")


@dataclass(frozen=True)
class Found:
    """A fault of a subject; whose it is, and from which day on."""

    sort: str
    subject_id: int
    organization_id: int
    side: str
    since: date

    @property
    def field(self) -> str:
        """The column of a gap that holds the subject."""
        return ABOUT[self.sort].subject


def found_in(run: CheckRun, on: date) -> list[Found]:
    """All that a run finds as known on a day."""
    tops = tops_of(run.organization, on)
    return [one for sort in sorts_in(run) for one in _found(sort, run, tops, on)]


def sorts_in(run: CheckRun) -> Collection[str]:
    """Those that it looks for: of a special campaign the chosen ones, else all."""
    return [sort for sort in Sort.values if sort in run.sorts] if run.kind == CAMPAIGN else Sort.values


def _found(sort: str, run: CheckRun, tops: Sequence[str], on: date) -> Iterator[Found]:
    fault = FAULTS[sort]
    # For what is gone nothing can be made up.
    stands = Q(**{f"{fault.organization}__ends_on": None}) | Q(**{f"{fault.organization}__ends_on__gt": on})
    here = within_any(tops, f"{fault.organization}__path")
    rows = fault.found(fault.rows(on), on).filter(here, stands)
    if fault.due:
        rows = rows.filter(**{f"{fault.due}__gte": run.starts_on, f"{fault.due}__lt": run.ends_on})
    if fault.year:
        rows = rows.filter(**{f"{fault.year}__lte": run.last_on.year})
    if run.drive_id:
        rows = rows.filter(**{fault.drive: run.drive_id}).distinct()
    for pk, organization_id, side, *days in _told(fault, rows):
        since = since_of(fault, days)
        # The first day of being late may be the one after the period.
        if since is not None and since <= min(run.ends_on, on):
            yield Found(sort, pk, organization_id, side, since)


def _told(fault: Fault, rows: Any) -> Any:
    """The id, the organization, the side, and the days of which the latest tells since when."""
    rows = fault.days(rows.order_by()).annotate(told_side=fault.side or _side_of(fault.organization))
    days = [name for name in DAYS if name in rows.query.annotations]
    return rows.values_list("pk", f"{fault.organization}_id", "told_side", *days)


def since_of(fault: Fault, days: Iterable[date | None]) -> date | None:
    """The latest of the days that are known, and so many after it."""
    known = [one for one in days if one is not None]
    return max(known) + timedelta(days=fault.plus) if known else None


def _side_of(field: str) -> Case:
    is_party = Q(**{f"{field}__tree": Organization.Tree.PARTY}) | Q(
        **{f"{field}__kind": Organization.Kind.LEADING_GROUP}
    )
    return Case(When(is_party, then=Value(Side.PARTY)), default=Value(Side.BUSINESS), output_field=CharField())
