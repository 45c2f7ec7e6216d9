"""The sheet that travellers take along: plan, requirements, checkpoints, who confirmed."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from onebow.apps.base.filters import day
from onebow.apps.plans.models import Checkpoint, Item, PackDocument
from onebow.apps.plans.queries.absences import sections_of
from onebow.apps.plans.queries.documents import documents_for
from onebow.apps.plans.queries.items.course import Point
from onebow.apps.plans.queries.items.page import Course

TEMPLATE = "trip_sheet"
KINDS = ("docx", "pdf")


def sheet_of(course: Course, today: date) -> dict[str, Any]:
    """What the template takes."""
    item, travellers = course.item, course.around.travellers
    sections = sections_of(person.id for person in travellers)
    return {
        "title": item.title,
        "unit": item.organization.name,
        "owner": item.person.name if item.person else "",
        "starts_on": item.trip_starts_on,
        "ends_on": item.trip_ends_on - timedelta(days=1) if item.trip_ends_on else None,
        "place": item.trip_place,
        "text": item.text,
        "date": today,
        "requirements": [
            {"category": said.category.label, "text": ";".join(said.texts) or "(没有写明)"}
            for said in course.stated
        ],
        "checkpoints": [
            {"stage": point.row.stage.name, "text": point.row.text, "who": point.row.get_who_display(),
             "state": _state(point)}
            for point in course.points
        ],
        "travellers": [
            {"no": number, "name": person.name, "section": sections.get(person.id, ""),
             "confirmed": course.confirmed.get(person.id, "")}
            for number, person in enumerate(travellers, 1)
        ],
    }  # fmt: skip


def documents_of(item: Item, today: date) -> list[PackDocument]:
    """Papers of packs for an item: those in force today, of one that is done those of the day when it was."""
    on = timezone.localdate(item.done_at) if item.done_at else today
    return documents_for(item.organization, PackDocument.Of.ITEM, [item.kind.key], on)


def records_of(course: Course) -> int:
    """From how many rows of the record the sheet is made: checkpoints done and confirmations."""
    return sum(not point.is_open for point in course.points) + sum(map(len, course.around.confirmed.values()))


def _state(point: Point) -> str:
    row = point.row
    if row.state == Checkpoint.State.DONE:
        return f"{'已补办' if row.made_up else '已落实'} {day(row.done_at)}"
    return row.get_state_display() + (f"(未确认:{'、'.join(point.missing)})" if point.missing else "")
