"""All that the page of a meeting shows, in few statements."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from onebow.apps.base.filters import day
from onebow.apps.base.prepared import Prepared
from onebow.apps.base.unions import word
from onebow.apps.ledger.models import Entry
from onebow.apps.meetings.models import (
    AgendaPoint,
    Attachment,
    Attendance,
    Meeting,
    MeetingAlso,
    MeetingUnit,
    Resolution,
)
from onebow.apps.meetings.queries.due import with_head
from onebow.apps.meetings.queries.states import late_words
from onebow.apps.meetings.queries.visible import meetings_for
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.models import Proof

S = Attendance.State
Named = list[tuple[int, str]]


@dataclass(frozen=True)
class Details:
    """What hangs on a meeting."""

    present: list[Attendance] = field(default_factory=list)
    leave: list[Attendance] = field(default_factory=list)
    absent: list[Attendance] = field(default_factory=list)
    guests: list[Attendance] = field(default_factory=list)
    agenda: Named = field(default_factory=list)
    units: Named = field(default_factory=list)
    also: Named = field(default_factory=list)
    # Keys of all its kinds, by their ids.
    keys: Named = field(default_factory=list)
    files: Named = field(default_factory=list)
    resolutions: list[Resolution] = field(default_factory=list)
    proofs: list[Proof] = field(default_factory=list)
    entry: Entry | None = None
    late: str = ""

    @property
    def due(self) -> int:
        """How many were due, those without a vote and of joined organizations too."""
        return len(self.present) + len(self.leave) + len(self.absent)


def meeting_seen(reach: Reach, pk: int, on: date) -> Any:
    """A meeting that the user may read, with who leads its organization on a day; None where there is none."""
    return next(iter(_seen.objects(reach, pk, on)), None)


def _seen_query(reach: Reach, pk: int, on: date) -> QuerySet[Meeting]:
    rows = with_head(meetings_for(reach).filter(pk=pk), on)
    return rows.select_related("organization", "kind", "chair", "recorder", "recorded_by", "occurrence__duty")


def details_of(meeting: Meeting, *, reads: bool) -> Details:
    """What hangs on a meeting; what was said and resolved only for whoever may read it."""
    parts = parts_of(meeting)
    if not reads:
        parts["file"] = []
    keys = [(meeting.kind_id, meeting.kind.key), *parts["key"]]
    if meeting.state not in (Meeting.State.HELD, Meeting.State.VOID):
        return Details(agenda=parts["agenda"], units=parts["unit"], also=parts["also"], keys=keys)
    rows = _attendance.objects(meeting.pk)
    due = [row for row in rows if row.is_due]
    return Details(
        present=[row for row in due if row.state == S.PRESENT],
        leave=[row for row in due if row.state == S.LEAVE],
        absent=[row for row in due if row.state == S.ABSENT],
        guests=[row for row in rows if not row.is_due],
        agenda=parts["agenda"],
        units=parts["unit"],
        also=parts["also"],
        keys=keys,
        files=parts["file"],
        resolutions=_resolutions.objects(meeting.pk) if reads else [],
        proofs=_proofs.objects(meeting.pk),
        entry=next(iter(_entry.objects(meeting.entry_id or 0)), None),
        late=late_words([meeting]).get(meeting.pk, ""),
    )


def parts_of(meeting: Meeting) -> dict[str, Named]:
    """Agenda, joined organizations, further kinds with their keys, and files: one statement."""
    found: dict[str, Named] = {"agenda": [], "unit": [], "also": [], "key": [], "file": []}
    for part, number, text in sorted(_parts.rows(meeting.pk)):
        found[part].append((number, text))
    return found


def _parts_query(meeting: int) -> QuerySet[Any, Any]:
    also = MeetingAlso.objects.filter(meeting=meeting)
    return (
        AgendaPoint.objects.filter(meeting=meeting)
        .order_by()
        .values_list(word("agenda"), "order", "text")
        .union(
            MeetingUnit.objects.filter(meeting=meeting).values_list(
                word("unit"), "organization_id", "organization__name"
            ),
            also.values_list(word("also"), "kind_id", "kind__name"),
            also.values_list(word("key"), "kind_id", "kind__key"),
            Attachment.objects.filter(meeting=meeting)
            .exclude(file__sha256="")
            .values_list(word("file"), "pk", "file__name"),
            all=True,
        )
    )


def _attendance_query(meeting: int) -> QuerySet[Attendance]:
    rows = Attendance.objects.filter(meeting=meeting).select_related("person")
    return rows.order_by("person__pinyin", "person_id")


def _resolutions_query(meeting: int) -> QuerySet[Resolution]:
    return Resolution.objects.filter(meeting=meeting).select_related("person", "item__plan").order_by("order")


def _proofs_query(meeting: int) -> QuerySet[Proof]:
    rows = Proof.objects.filter(source=Meeting._meta.label_lower, source_id=meeting)
    rows = rows.select_related("occurrence__duty", "occurrence__organization")
    return rows.order_by("occurrence__duty__order", "occurrence")


_seen = Prepared(_seen_query)
_parts, _attendance = Prepared(_parts_query), Prepared(_attendance_query)
_resolutions, _proofs = Prepared(_resolutions_query), Prepared(_proofs_query)
_entry = Prepared(lambda pk: Entry.objects.filter(pk=pk))


def list_rows(meetings: Iterable[Meeting]) -> list[tuple[str, ...]]:
    """Lines of a sheet."""
    return [
        (
            day(vars(one)["day"]), one.title, one.kind.name, one.organization.name, one.get_state_display(),
            *(_figures(one) if one.held_on else ("", "", "", "", "")),
        )
        for one in meetings
    ]  # fmt: skip


def _figures(meeting: Meeting) -> tuple[str, ...]:
    hours = f"{float(meeting.hours or 0):g}"
    return str(meeting.due), str(meeting.present), str(meeting.needed), hours, str(meeting.entry_id)
