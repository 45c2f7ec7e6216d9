"""The papers of a meeting as plain data for `documents`."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone

from onebow.apps.meetings.models import Attendance, Meeting
from onebow.apps.meetings.queries.details import Details, details_of
from onebow.apps.meetings.queries.due import due_people
from onebow.apps.organizations.models import Person
from onebow.apps.plans.models import PackDocument
from onebow.apps.plans.queries.documents import documents_for

ASK = "（请填写）"


def record_of(meeting: Meeting, details: Details | None = None) -> dict[str, Any]:
    """会议记录: what was recorded, to be signed."""
    details = details or details_of(meeting, reads=True)
    votes = meeting.needed > 0
    return {
        "organization": meeting.organization.name,
        "kind": meeting.kind.name,
        "also": "、".join(name for _, name in details.also),
        "title": meeting.title,
        "held_on": meeting.held_on,
        "began": f"{meeting.began:%H:%M}" if meeting.began else "",
        "hours": f"{float(meeting.hours or 0):g}",
        "place": meeting.place or ASK,
        "chair": _name(meeting.chair),
        "recorder": _name(meeting.recorder),
        "units": [name for _, name in details.units],
        "has_quorum": votes,
        "is_quorate": meeting.is_quorate,
        "due": meeting.due,
        "present_count": meeting.present,
        "needed": meeting.needed,
        "lacking": meeting.lacking,
        "all_due": details.due,
        "all_present": len(details.present),
        "present": _names(details.present),
        "leave": [f"{row.person.name}（{row.get_reason_display() or '请假'}）" for row in details.leave],
        "absent": _names(details.absent),
        "guests": _names(details.guests),
        "agenda": [text for _, text in details.agenda],
        "minutes": meeting.minutes,
        "resolutions": _resolutions(details),
        "attendance": _attendance(details),
    }


def sheet_of(meeting: Meeting, today: date) -> dict[str, Any]:
    """签到表: who is due, with a box to sign in; of a meeting to come as things stand today."""
    on = meeting.held_on or timezone.localtime(meeting.planned_at).date()
    at = timezone.localtime(meeting.planned_at) if meeting.planned_at else None
    began = f"{meeting.began:%H:%M}" if meeting.began else f"{at:%H:%M}" if at else ""
    if meeting.held_on:
        people = [row.person.name for row in meeting.attendance.select_related("person").order_by("person__pinyin")]
    else:
        joined = [row.organization for row in meeting.units.select_related("organization")]
        people = [one.person.name for one in due_people(meeting.organization, meeting.kind, on, today, joined)]
    return {
        "organization": meeting.organization.name,
        "kind": meeting.kind.name,
        "title": meeting.title,
        "held_on": on,
        "began": began,
        "place": meeting.place or ASK,
        "due": len(people),
        "people": [{"no": number, "name": name} for number, name in enumerate(people, 1)],
        "spare": 4,
    }


def documents_of(meeting: Meeting, details: Details) -> list[PackDocument]:
    """Papers of packs for a meeting that was held: those in force on its day, for its kinds."""
    if not meeting.is_held or meeting.held_on is None:
        return []
    keys = [key for _, key in details.keys]
    return documents_for(meeting.organization, PackDocument.Of.MEETING, keys, meeting.held_on)


def _name(person: Person | None) -> str:
    return person.name if person else ASK


def _names(rows: Iterable[Attendance]) -> list[str]:
    return [row.person.name for row in rows]


def _resolutions(details: Details) -> list[dict[str, Any]]:
    return [
        {
            "no": row.order, "text": row.text, "yes": row.yes, "no_votes": row.no, "abstained": row.abstained,
            "outcome": "通过" if row.passed else "未通过", "person": row.person.name if row.person else "",
            "due_on": row.due_on,
        }
        for row in details.resolutions
    ]  # fmt: skip


def _attendance(details: Details) -> list[dict[str, Any]]:
    rows = [(row, "出席") for row in details.present]
    rows += [(row, row.get_reason_display() or "请假") for row in details.leave]
    rows += [(row, "缺席") for row in details.absent] + [(row, "列席") for row in details.guests]
    return [{"no": number, "name": row.person.name, "part": part} for number, (row, part) in enumerate(rows, 1)]
