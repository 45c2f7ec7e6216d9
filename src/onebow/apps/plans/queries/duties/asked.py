"""What is asked in a year: by duty, organization and period."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q

from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.reach import within_any
from onebow.apps.plans.models import Cadence, Duty
from onebow.apps.plans.queries.duties.conditions import Circumstances
from onebow.apps.plans.queries.duties.scopes import Body, Ties, bodies_during, during, ties_during
from onebow.cores.timekeeping import Period, Terms, asked_of, part_of, read_recurrence, window_in

ONE_DAY = date.resolution
# duty, organization, first day of the period
Key = tuple[int, int, date]


class Asked(NamedTuple):
    """What an occurrence of that key says."""

    cadence_id: int
    ends_on: date
    due_on: date
    asked: Decimal


def asked_in(year: int, today: date, scope: Organization | None = None) -> tuple[dict[Key, Asked], dict[int, Body]]:
    """What is asked of all organizations, or of those for which the word of `scope` holds; and these, by id."""
    first, end = date(year, 1, 1), date(year + 1, 1, 1)
    cadences = _cadences(first, end)
    duties = list(Duty.objects.filter(pk__in=cadences).select_related("scope").order_by("pk"))
    ties = ties_during(first, end)
    within = within_any(ties.tops(scope.path)) if scope else Q()
    bodies = bodies_during(first, end, {kind for duty in duties for kind in duty.kinds}, within)
    asking = _Asking(first, end, today, Circumstances(first, end, bodies))
    for duty, of in _addressed(duties, bodies, ties):
        for cadence in cadences[duty.pk]:
            asking.ask(duty, cadence, of)
    return asking.found, {body.id: body for body in bodies}


def terms_of(cadence: Cadence) -> Terms:
    """The terms of a cadence, as the calendar takes them."""
    return Terms(cadence.recurrence, cadence.count, cadence.window_from, cadence.window_to, cadence.proposed)


@dataclass
class _Asking:
    """Asks organizations for the periods of a cadence, one after another."""

    first: date
    end: date
    today: date
    around: Circumstances
    found: dict[Key, Asked] = field(default_factory=dict)

    def ask(self, duty: Duty, cadence: Cadence, of: list[Body]) -> None:
        """All periods of a cadence that begin in these days."""
        terms = terms_of(cadence)
        first, end = max(self.first, cadence.starts_on or self.first), min(self.end, cadence.ends_on or self.end)
        for period in read_recurrence(terms.recurrence).periods(first, end):
            if window := window_in(period, terms):
                for body in of:
                    asked = self._of_body(duty, cadence, window, body)
                    if asked is not None:
                        due_on, amount = asked
                        said = Asked(cadence.pk, period.ends_on, due_on, amount)
                        self.found[duty.pk, body.id, period.starts_on] = said

    def _of_body(self, duty: Duty, cadence: Cadence, window: Period, body: Body) -> tuple[date, Decimal] | None:
        """The last day and how much; None where nothing is asked."""
        due_on, amount = window.ends_on - ONE_DAY, cadence.count
        if not _is_there_throughout(body, window):
            part = part_of(window, body.starts_on, body.ends_on)
            if part is None or not (amount := asked_of(cadence.count, window, part)):
                return None
            due_on = part.ends_on - ONE_DAY
        # As it is on the day itself; of days to come, as things stand today.
        day = max(window.starts_on, min(due_on, self.today))
        if duty.condition and not self.around.holds(duty.condition, body, day):
            return None
        if duty.measure == Duty.Measure.EACH:
            amount = Decimal(self.around.people(body, day))
        return (due_on, amount) if amount else None


def _is_there_throughout(body: Body, window: Period) -> bool:
    began = body.starts_on is None or body.starts_on <= window.starts_on
    return began and (body.ends_on is None or body.ends_on >= window.ends_on)


def _cadences(first: date, end: date) -> dict[int, list[Cadence]]:
    found: dict[int, list[Cadence]] = defaultdict(list)
    for cadence in Cadence.objects.filter(during(first, end)).order_by("starts_on"):
        found[cadence.duty_id].append(cadence)
    return found


def _addressed(duties: list[Duty], bodies: list[Body], ties: Ties) -> Iterator[tuple[Duty, list[Body]]]:
    """Each duty with whom it addresses: of two scopes that say a duty of the same key, the narrower one counts."""
    found = []
    for duty in duties:
        tops, kinds = ties.tops(duty.scope.path), set(duty.kinds)
        found.append((duty, [body for body in bodies if body.kind in kinds and body.path.startswith(tops)]))
    found.sort(key=lambda pair: len(pair[1]))
    held: dict[tuple[str, int], int] = {}
    for duty, of in found:
        yield duty, [body for body in of if held.setdefault((duty.key, body.id), duty.scope_id) == duty.scope_id]
