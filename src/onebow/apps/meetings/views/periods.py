"""From which day to which day a page counts: `?from=2026-01-01&to=2026-06-30`."""

from datetime import date

from onebow.apps.accounts.requests import Request
from onebow.apps.base.dates import as_of
from onebow.apps.meetings.queries.figures import Period
from onebow.apps.meetings.views.parts import day_of


def period_of(request: Request, *, narrow: bool = False) -> Period | None:
    """The period asked for; else this year up to the day of the page, or (`narrow`) none."""
    first, last = day_of(request.GET.get("from", "")), day_of(request.GET.get("to", ""))
    if narrow and first is None and last is None:
        return None
    on = as_of(request).on
    last = last or on
    first = first or last.replace(month=1, day=1)
    return Period(min(first, last), max(first, last))


def asked_period(request: Request) -> Period:
    """The same where there always is one."""
    on = as_of(request).on
    return period_of(request) or Period(date(on.year, 1, 1), on)
