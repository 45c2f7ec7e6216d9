"""One's own dues by months."""

from datetime import date

from onebow.apps.affairs.models import DuesBase, DuesRelief
from onebow.apps.affairs.months import month_of
from onebow.apps.affairs.queries.dues.roll import Payer
from onebow.apps.affairs.queries.dues.sheet import Line, line_of
from onebow.apps.organizations.models import Membership, Person


def own_months(person: Person, year: int, today: date) -> list[tuple[date, Line]]:
    """The months of a year in which the person was a member here, the latest first: three statements."""
    held = list(person.memberships.filter(side=Membership.Side.PARTY))
    bases = list(DuesBase.objects.filter(person=person))
    rows = DuesRelief.objects.filter(person=person, state=DuesRelief.State.APPROVED).select_related("approval")
    reliefs = list(rows.order_by("pk"))
    found = []
    for month in (date(year, number, 1) for number in range(12, 0, -1)):
        if month > month_of(today) or not any(_in_month(row, month) for row in held):
            continue
        base = next((row for row in bases if row.holds_on(month)), None)
        relief = next((row for row in reversed(reliefs) if row.first <= month <= row.last), None)
        found.append((month, line_of(person, Payer(person.pk), month, base, relief)))
    return found


def _in_month(row: Membership, month: date) -> bool:
    began = row.starts_on is None or month_of(row.starts_on) <= month
    return began and (row.ends_on is None or row.ends_on > month)
