"""Which meetings count, which were recorded late or without quorum, and how lists are narrowed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate

from onebow.apps.base.prepared import Prepared
from onebow.apps.base.rows import PreparedRows
from onebow.apps.ledger.models import Entry
from onebow.apps.ledger.queries import pending_late
from onebow.apps.meetings.models import Attendance, Meeting, MeetingUnit
from onebow.apps.meetings.queries.kind_choices import OTHERS, Kinds, kinds_of, kinds_query, of_kind
from onebow.apps.meetings.queries.visible import meetings_for
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.reach import Reach

SOURCE = Meeting._meta.label_lower
STATES = [
    ("planned", "已安排"),
    ("held", "已召开"),
    ("counted", "计入统计"),
    ("discussion", "未达法定人数"),
    ("late", "补录待批"),
    ("returned", "补录退回"),
    ("cancelled", "已取消"),
    ("void", "已作废"),
]
MOST_ORGANIZATIONS = 300
TONES = {"planned": "neutral", "held": "ok", "cancelled": "bad", "void": "bad"}


def in_order(rows: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """The newest first, by the day held or else planned, with what a list shows."""
    rows = rows.annotate(day=Coalesce("held_on", TruncDate("planned_at")))
    return rows.select_related("organization", "kind").defer("minutes").order_by("-day", "-pk")


def held(rows: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Those with a record that stands."""
    return rows.filter(state=Meeting.State.HELD)


def counted(rows: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Held, told in time or accepted since."""
    late = Entry.objects.filter(late=True, source=SOURCE)
    open_ones = late.filter(Q(late_decision=None) | Q(late_decision__accepted=False))
    return held(rows).exclude(entry_id__in=open_ones.values("pk"))


def in_state(rows: QuerySet[Meeting], state: str) -> QuerySet[Meeting]:
    """Those in one of `STATES`."""
    if state == "counted":
        return counted(rows).filter(present__gte=F("needed"))
    if state == "discussion":
        return held(rows).filter(present__lt=F("needed"))
    if state == "late":
        return held(rows).filter(entry_id__in=pending_late().filter(source=SOURCE).values("pk"))
    if state == "returned":
        returned = Entry.objects.filter(source=SOURCE, late_decision__accepted=False)
        return held(rows).filter(entry_id__in=returned.values("pk"))
    return rows.filter(state=state)


def of_organization(rows: QuerySet[Meeting], number: str) -> QuerySet[Meeting]:
    """Those of an organization, hosted or joined."""
    joined = MeetingUnit.objects.filter(meeting=OuterRef("pk"), organization=int(number))
    return rows.filter(Q(organization=int(number)) | Q(Exists(joined)))


def attended(rows: QuerySet[Meeting], person_id: int) -> QuerySet[Meeting]:
    """Those at which somebody was present."""
    there = Attendance.objects.filter(meeting=OuterRef("pk"), person=person_id, state=Attendance.State.PRESENT)
    return held(rows).filter(Exists(there))


def of_month(rows: QuerySet[Meeting], month: str) -> QuerySet[Meeting]:
    """Those held, or planned and not held, in a month such as `2026-03`."""
    year, number = int(month[:4]), int(month[5:])
    first = date(year, number, 1)
    after = date(year + number // 12, number % 12 + 1, 1)
    return rows.filter(_between(first, after))


def of_year(rows: QuerySet[Meeting], year: str) -> QuerySet[Meeting]:
    """Those held, or planned and not held, in a year."""
    return rows.filter(_between(date(int(year), 1, 1), date(int(year) + 1, 1, 1)))


def _between(first: date, after: date) -> Q:
    held_then = Q(held_on__gte=first, held_on__lt=after)
    return held_then | Q(held_on=None, planned_at__date__gte=first, planned_at__date__lt=after)


def known_on(rows: QuerySet[Meeting], on: date) -> QuerySet[Meeting]:
    """Those that were held by a day, or stood in the plan by then."""
    return rows.filter(Q(held_on__lte=on) | Q(held_on=None, created_at__date__lte=on))


def late_words(meetings: Iterable[Meeting]) -> dict[int, str]:
    """Of meetings recorded late: what has become of it, by the meeting's number."""
    by_entry = {meeting.entry_id: meeting.pk for meeting in meetings if meeting.entry_id}
    rows = Entry.objects.filter(pk__in=by_entry, late=True).values_list("pk", "late_decision__accepted")
    words = {None: "补录待批", True: "补录", False: "补录退回"}
    return {by_entry[pk]: words[accepted] for pk, accepted in rows}


def organizations_in(rows: QuerySet[Meeting], most: int, asked: QuerySet[Organization]) -> list[tuple[int, str]]:
    """The organizations that hold them, as choices, and those asked for, which may hold none yet."""
    return list(_organizations_query(rows, asked)[:most])


def _organizations_query(rows: QuerySet[Meeting], asked: QuerySet[Organization]) -> QuerySet[Organization, Any]:
    found = Organization.objects.filter(Q(pk__in=rows.order_by().values("organization")) | Q(pk__in=asked.values("pk")))
    return found.order_by("tree", "path").values_list("pk", "name")


_listed = Prepared(lambda reach: in_order(meetings_for(reach)))
_but_talks = Prepared(lambda reach: of_kind(in_order(meetings_for(reach)), OTHERS))
_kinds = Prepared(lambda reach: kinds_query(meetings_for(reach)))
_organizations = Prepared(
    lambda reach: _organizations_query(meetings_for(reach), Organization.objects.none())[:MOST_ORGANIZATIONS]
)


@dataclass(frozen=True)
class Found:
    """Meetings for a list, with the choices that narrow it."""

    rows: QuerySet[Meeting] | PreparedRows
    kinds: Kinds
    organizations: list[tuple[int, str]]


def found_all(reach: Reach) -> Found:
    """All that the user may read, ready to be asked."""
    rows = PreparedRows(_listed, reach, ready={(of_kind, OTHERS): _but_talks})
    return Found(rows, kinds_of(_kinds.rows(reach)), _organizations.rows(reach))


def found_in(rows: QuerySet[Meeting], asked: QuerySet[Organization]) -> Found:
    """Some of them; of the organizations also those asked for, which may hold none yet."""
    return Found(in_order(rows), kinds_of(kinds_query(rows)), organizations_in(rows, MOST_ORGANIZATIONS, asked))
