"""Who succeeds what was dissolved: the lines of enacted plans, followed up to a day."""

from collections.abc import Collection, Iterable
from datetime import date

from onebow.apps.organizations.models import Organization, RestructuringLine

DISSOLVE = RestructuringLine.Kind.DISSOLVE
# Nobody restructures so often; what a wrong history holds in a circle ends here at the latest.
MOST_STEPS = 50


def successor_of(organization_id: int, on: date) -> Organization | None:
    """What stands in an organization's place on a day: itself while it stands; None where no plan names one."""
    number = successors_of([organization_id], on).get(organization_id)
    return Organization.objects.filter(pk=number).first() if number else None


def successors_of(ids: Iterable[int], on: date) -> dict[int, int]:
    """The same for many at once, by id; those without a successor are left out. Two statements a step."""
    asked = list(dict.fromkeys(ids))
    lines: dict[int, int] = {}
    ended = _ended(asked, on)
    to_follow = set(ended)
    for _ in range(MOST_STEPS):
        if not to_follow:
            break
        found = _lines(to_follow, on)
        lines |= found
        to_follow = _ended(set(found.values()) - ended, on)
        ended |= to_follow
    reached = {number: _end_of(number, ended, lines) for number in asked}
    return {number: end for number, end in reached.items() if end is not None}


def _ended(ids: Collection[int], on: date) -> set[int]:
    """Those of them that have ended by the day."""
    if not ids:
        return set()
    return set(Organization.objects.filter(pk__in=ids, ends_on__lte=on).values_list("pk", flat=True))


def _lines(ids: Collection[int], on: date) -> dict[int, int]:
    """Into what these were dissolved, the last line of each."""
    rows = RestructuringLine.objects.filter(organization__in=ids, kind=DISSOLVE, on__lte=on, successor__isnull=False)
    return dict(rows.order_by("on", "pk").values_list("organization_id", "successor_id"))


def _end_of(number: int, ended: set[int], lines: dict[int, int]) -> int | None:
    seen: set[int] = set()
    while number in ended:
        if number in seen or number not in lines:
            return None
        seen.add(number)
        number = lines[number]
    return number
