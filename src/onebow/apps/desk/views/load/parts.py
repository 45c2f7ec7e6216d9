"""What the pages of load share: the organization and the year asked for, addresses, and curves."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode

from onebow.apps.accounts.requests import Request
from onebow.apps.base.dates import FIRST_YEAR, LAST_YEAR, AsOf
from onebow.apps.base.ids import id_of
from onebow.apps.base.models import DatedQuerySet
from onebow.apps.base.prepared import Prepared
from onebow.apps.desk.charts import Chart, Series, averages
from onebow.apps.desk.queries.load.hours import BOTH, BUSINESS, MONTHS, PARTY, SIDES, PersonLoad, Year
from onebow.apps.desk.queries.load.requests import SORTS, BranchLoad
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.former import named_on
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.organizations.queries.visible import led_organizations
from onebow.apps.plans.queries.load.ceilings import Ceiling
from onebow.cores.timekeeping.spreading import HUNDREDTHS

MOST_CHOICES = 300
TONES = {PARTY: "party", BUSINESS: "business", BOTH: "both"}
SORT_TONES = dict(zip(SORTS, ("party", "warn", "business", "soft", "both"), strict=True))


@dataclass(frozen=True)
class Place:
    """The organization of which a page speaks, among those that may be chosen."""

    organization: Organization
    choices: list[tuple[int, str]]


def asked_place(request: Request, when: AsOf) -> Place:
    """`?organization=`, else the topmost unit (or organization) that one keeps or leads: one statement.

    Raises:
        Http404: it is none of those that one keeps or leads.
    """
    found = organizations_to_choose(request, when)
    asked = request.GET.get("organization", "")
    if asked:
        wanted = id_of(asked)
        chosen = next((one for one in found if one.pk == wanted), None)
        if chosen is None and len(found) == MOST_CHOICES:
            chosen = led_organizations(request.reach).filter(pk=wanted or 0).first()
    else:
        chosen = next((one for one in found if one.kind == Organization.Kind.UNIT), next(iter(found), None))
    if chosen is None:
        raise Http404("no such organization")
    return Place(chosen, [(one.pk, one.name) for one in found])


def organizations_to_choose(request: Request, when: AsOf) -> list[Organization]:
    """What one keeps or leads, topmost first: of the day; of a day before there was any, what there is today.

    Of an earlier day the oldest comes first: what lay above what then is not looked up for a list to choose from.
    """
    if when.is_today and (of_today := _of_today.objects(request.reach, when.on)):
        return of_today
    order = ("depth", "rank", "pk") if when.is_today else (F("starts_on").asc(nulls_first=True), "pk")
    rows = _led(request.reach).order_by(*order)
    found = named_on(rows.on(when.on)[:MOST_CHOICES], when.on, when.today)
    return found or list(rows[:MOST_CHOICES])


def _led(reach: Reach) -> DatedQuerySet[Organization]:
    return led_organizations(reach).exclude(tree=Organization.Tree.UNION)


_of_today = Prepared(lambda reach, on: _led(reach).on(on).order_by("depth", "rank", "pk")[:MOST_CHOICES])


def asked_year(request: Request, when: AsOf) -> Year:
    """The year in `?year=`; that of the day where it is missing or no year."""
    typed = request.GET.get("year", "")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else when.on.year
    return Year(number if FIRST_YEAR < number < LAST_YEAR else when.on.year, when.on, when.today)


def address(request: Request, **changes: Any) -> str:
    """This address with something changed; an empty value takes it out."""
    query = request.GET.copy()
    for key, value in changes.items():
        query.pop(key, None)
        if value:
            query[key] = str(value)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def kept(when: AsOf, **more: Any) -> str:
    """The day of the page and more, as the query of an address."""
    day = {} if when.is_today else {"on": when.on.isoformat()}
    told = {key: value for key, value in more.items() if value} | day
    return f"?{urlencode(told)}" if told else ""


@dataclass(frozen=True)
class Addresses:
    """Where the numbers of a row lead: its page's address is `root`, its number and `/`, then one of the queries."""

    root: str
    whole: str
    months: tuple[str, ...]

    def page(self, pk: int) -> str:
        """The page of a row, without its query."""
        return f"{self.root}{pk}/"


def addresses(door: str, when: AsOf, year: Year) -> Addresses:
    """Of a door with one number: looked up once, since a table has hundreds of them."""
    months = (kept(when, month=f"{year.number}-{month:02}") for month in range(1, MONTHS + 1))
    return Addresses(reverse(door, args=[0]).removesuffix("0/"), kept(when, year=year.number), tuple(months))


def curve_of_people(rows: Sequence[PersonLoad], year: Year, ceiling: Ceiling | None) -> Chart:
    """Hours a person, by side, over those who were here in each month."""
    here = heads(rows, year)
    series = []
    for side, words in SIDES.items():
        sums = [sum(row.sides[side][place] for row in rows) for place in range(MONTHS)]
        if any(sums):
            series.append(Series(words, averages(sums, here, HUNDREDTHS), TONES[side]))
    title = "每月工时" if len(rows) == 1 else "人均每月工时"
    return Chart(title, "小时", tuple(series), *_limit(ceiling))


def heads(rows: Sequence[PersonLoad], year: Year) -> list[int]:
    """How many of these people were here in each month."""
    spans = [row.mate.span() for row in rows]
    some = [(begins, ends) for begins, ends in spans if begins > year.first or ends < year.end]
    firsts = [year.first.replace(month=month) for month in range(1, MONTHS + 1)] + [year.end]
    always = len(spans) - len(some)
    return [
        always + sum(begins < firsts[place + 1] and firsts[place] < ends for begins, ends in some)
        for place in range(MONTHS)
    ]


def curve_of_branches(rows: Sequence[BranchLoad], year: Year, ceiling: Ceiling | None) -> Chart:
    """Requests a branch, by sort, over those that stood in each month."""
    standing = [sum(row.stands_in(place, year) for row in rows) for place in range(MONTHS)]
    series = []
    for sort, words in SORTS.items():
        sums = [sum(row.sorts[sort][place] for row in rows) for place in range(MONTHS)]
        if any(sums):
            series.append(Series(words, averages(sums, standing), SORT_TONES[sort]))
    title = "每月事项" if len(rows) == 1 else "每个支部每月事项"
    return Chart(title, "项", tuple(series), *_limit(ceiling))


def _limit(ceiling: Ceiling | None) -> tuple[float | None, str]:
    return (float(ceiling.value), f"上限 {ceiling.value.normalize():f}") if ceiling else (None, "")
