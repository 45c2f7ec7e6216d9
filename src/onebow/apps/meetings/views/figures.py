"""Study hours and person-times, and records by kind, with their sources; each as a sheet too."""

from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import page
from onebow.apps.base.dates import as_of
from onebow.apps.base.downloads import download
from onebow.apps.base.filters import day, moment
from onebow.apps.base.tables import Column, Filter, Listing
from onebow.apps.documents.writing import Origin, Table, write_xlsx
from onebow.apps.meetings.queries import figures
from onebow.apps.meetings.queries import hours as hour_queries
from onebow.apps.meetings.queries.figures import HourRow, Period
from onebow.apps.meetings.queries.states import known_on
from onebow.apps.meetings.queries.visible import meetings_for, writes_somewhere
from onebow.apps.meetings.views.periods import asked_period
from onebow.apps.organizations.queries.reach import within_any
from onebow.apps.plans.queries.visible import drives_for
from onebow.cores.regulations.table import rule

WAYS = (("person", "按人员"), ("organization", "按组织"), ("kind", "按类别"))
ROWS_BY = {"organization": figures.by_organization, "kind": figures.by_kind}
NAMES = {"person": "姓名", "organization": "主办组织", "kind": "会议类别"}


@require_GET
def hours(request: Request) -> HttpResponse:
    """Study hours and person-times; whoever leads nobody sees their own."""
    period, way, own = asked_period(request), _way(request), _is_own(request)
    held = figures.study(_meetings(request), period)
    rows = _presences(request, held, own=own)
    asks = way == "person" and hour_queries.is_year(period)
    found = _found(request, way, rows, period, own=own)
    filters = (Filter("pace", "进度", hour_queries.PACES),) if asks else ()
    listing = Listing(request, found, _columns(way, asks=asks), filters, ("name",))
    context = {
        "asks": asks, "behind": _behind(found) if asks else 0, "paces": dict(hour_queries.PACES),
        "colours": hour_queries.COLOURS, "rule": rule("EDU-HOURS", on=period.last),
        "listing": listing, "period": period, "way": way, "own": own, "total": _total(held, rows, found, own=own),
        "tabs": [(label, listing.href(by=key, page="", sort=""), key == way) for key, label in WAYS],
        "owns": bool(request.reach.person_id), "leads": _leads(request), "source": _source(period),
    }  # fmt: skip
    return page(request, "meetings/hours.html#list", context)


@require_GET
def hours_xlsx(request: Request) -> HttpResponse:
    """The same as sheets: by person, by organization, by kind."""
    period, own = asked_period(request), _is_own(request)
    rows = _presences(request, figures.study(_meetings(request), period), own=own)
    total = figures.total_of(rows)
    people = _found(request, "person", rows, period, own=own)
    asks, header = hour_queries.is_year(period), ("单位", "次数", "人次", "学时")
    more = ("应学", "还差", "集中培训", "进度") if asks else ()
    tables = [Table("按人员", ("姓名", *header, *more), [_line(one) + _asked(one, asks) for one in people])]
    tables += [
        Table(label, (NAMES[way], *header), [_line(one) for one in ROWS_BY[way](rows)], footer=_line(total))
        for way, label in WAYS[1:]
    ]
    return download(write_xlsx(tables, _origin(request, "学时和人次", period)), "学时和人次.xlsx")


@require_GET
def counts(request: Request) -> HttpResponse:
    """Records by kind, each leading to the meetings behind it, and what was done for each drive."""
    period = asked_period(request)
    meetings = _meetings(request)
    total, rows = figures.counts(meetings, period)
    drives = figures.drives_in(drives_for(request.reach), meetings, period)
    context = {"rows": rows, "total": total, "drives": drives, "period": period, "source": _source(period)}
    writes = as_of(request).is_today and writes_somewhere(request.reach, timezone.localdate())
    return page(request, "meetings/counts.html", context | {"writes": writes})


@require_GET
def counts_xlsx(request: Request) -> HttpResponse:
    """The same as sheets."""
    period, meetings = asked_period(request), _meetings(request)
    total, rows = figures.counts(meetings, period)
    kinds = [(row.name, str(row.meetings), str(row.times), f"{float(row.hours):g}") for row in rows]
    drives = [
        (row.drive.name, row.drive.get_kind_display(), str(row.meetings), str(row.items), str(row.done))
        for row in figures.drives_in(drives_for(request.reach), meetings, period)
    ]
    tables = [
        Table("按类别", ("会议类别", "次数", "人次", "时长(小时)"), kinds, footer=("会议合计", str(total), "", "")),
        Table("专项活动", ("名称", "类别", "会议", "事项", "已完成事项"), drives),
    ]
    return download(write_xlsx(tables, _origin(request, "记录统计", period)), "记录统计.xlsx")


def _meetings(request: Request) -> Any:
    when, rows = as_of(request), meetings_for(request.reach)
    return rows if when.is_today else known_on(rows, when.on)


def _presences(request: Request, held: Any, *, own: bool) -> Any:
    return figures.presences(held, request.reach.person_id or 0 if own else None)


def _leads(request: Request) -> bool:
    return bool(request.reach.managed or request.reach.led)


def _is_own(request: Request) -> bool:
    """Whether only the user's own hours are shown: asked for, or nobody else's are theirs to see."""
    return not _leads(request) or request.GET.get("mine") == "1"


def _way(request: Request) -> str:
    asked = request.GET.get("by", "")
    return asked if asked in ROWS_BY else "person"


def _found(request: Request, way: str, rows: Any, period: Period, *, own: bool) -> list[Any]:
    """Rows of a way; those of people with what is asked of them."""
    if way != "person":
        return list(ROWS_BY[way](rows))
    reach = request.reach
    within = Q() if own else within_any((*reach.managed, *reach.led), "organization__path")
    return list(hour_queries.people_hours(rows, within, period, reach.person_id or 0 if own else None))


def _total(held: Any, rows: Any, found: list[Any], *, own: bool) -> HourRow:
    """What the rows add up to; only how many meetings they are is read: somebody was at each."""
    told = sum(row.times for row in found), sum((row.hours for row in found), Decimal(0))
    return HourRow("", "合计", "", (rows if own else held).count(), *told)


def _behind(rows: list[Any]) -> int:
    return sum(row.pace == hour_queries.BEHIND for row in rows)


def _asked(row: Any, asks: bool) -> tuple[str, ...]:
    if not asks:
        return ()
    if row.asked is None:
        return "", "", "", ""
    trained = f"{row.trainings}/{row.trainings_asked}" if row.trainings_asked else ""
    return f"{float(row.asked):g}", f"{float(row.missing):g}", trained, dict(hour_queries.PACES)[row.pace]


def _columns(way: str, *, asks: bool = False) -> tuple[Column, ...]:
    more = (
        Column("asked", "应学", "asked", "end"), Column("missing", "还差", "missing", "end"),
        Column("trainings", "集中培训", align="end"), Column("pace", "进度"),
    )  # fmt: skip
    return (
        Column("name", NAMES[way], "name"),
        Column("meetings", "次数", "meetings", align="end"),
        Column("times", "人次", "times", align="end"),
        Column("hours", "学时", "hours", align="end"),
        *(more if asks else ()),
    )


def _source(period: Period) -> str:
    """The list of the meetings behind a figure."""
    told = {"state": "counted", "from": period.first.isoformat(), "to": period.last.isoformat()}
    return f"{reverse('meetings:index')}?{urlencode(told)}"


def _line(row: HourRow) -> tuple[str, ...]:
    return row.name, row.note, str(row.meetings), str(row.times), f"{float(row.hours):g}"


def _origin(request: Request, what: str, period: Period) -> Origin:
    who = request.user.display_name
    made = moment(timezone.now())
    return Origin(who, f"说明:{what},{day(period.first)}至{day(period.last)};{who}导出于 {made}。")
