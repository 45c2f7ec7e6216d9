"""Which branches other terms of a duty would bring over a ceiling, and in which months: told before they are said."""

from collections import Counter
from datetime import date

from onebow.apps.organizations.models import Organization
from onebow.apps.plans.models import Duty, Occurrence
from onebow.apps.plans.queries.load.ceilings import ceilings_known
from onebow.apps.plans.queries.load.over import BRANCH, Over
from onebow.apps.plans.queries.load.requests import asked_of
from onebow.apps.plans.queries.scopes import organizations_in
from onebow.cores.timekeeping import Terms, read_recurrence, window_in
from onebow.cores.timekeeping.spreading import DAY, first_of, month_of

MONTHS = 12
Sums = Counter[tuple[int, int]]


def brought_over(duty: Duty, terms: Terms, from_on: date, today: date) -> list[Over]:
    """What is over a ceiling in the twelve months from `from_on` on, and would be so through these terms."""
    ceilings = ceilings_known(today, branches=True)
    rows = organizations_in(duty.scope, today).filter(kind__in=set(duty.kinds) & set(Organization.BRANCH_KINDS))
    branches = {pk: (name, path) for pk, name, path in rows.values_list("pk", "name", "path")} if ceilings else {}
    if not branches:
        return []
    first, end = first_of(month_of(from_on)), first_of(month_of(from_on) + MONTHS)
    base, own, new = _asked(tuple(branches), first, end, today), _own(duty, from_on, end), _due(terms, from_on, end)
    found = []
    for pk, (name, path) in branches.items():
        for month, more in sorted(new.items()):
            before, ceiling = base[pk, month], ceilings.over_branch(path, month)
            after = before - own[pk, month] + more
            if ceiling and before < after and after > ceiling.limit:
                found.append(Over(BRANCH, pk, name, month, before, after, ceiling))
    return found


def _asked(ids: tuple[int, ...], first: date, end: date, today: date) -> Sums:
    sums: Sums = Counter()
    for organization, month, _, number in asked_of(ids, first, end, today, today):
        sums[organization, month] += number
    return sums


def _own(duty: Duty, from_on: date, end: date) -> Sums:
    """What the duty asks today, which these terms would replace."""
    rows = Occurrence.objects.filter(duty=duty, starts_on__gte=from_on, due_on__lt=end, excused_on=None)
    return Counter((pk, month_of(due_on)) for pk, due_on in rows.values_list("organization", "due_on"))


def _due(terms: Terms, from_on: date, end: date) -> Counter[int]:
    """How often it would be due in each month."""
    windows = (window_in(one, terms) for one in read_recurrence(terms.recurrence).periods(from_on, end))
    days = (one.ends_on - DAY for one in windows if one)
    return Counter(month_of(day) for day in days if day < end)
