"""What is told of a meeting, and what its services share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import TypeVar

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.meetings.models import AgendaPoint, Meeting, MeetingKind, MeetingUnit
from onebow.apps.organizations.models import Organization
from onebow.apps.plans.models import Directive, Drive, Item, Occurrence

SHORTEST_REASON = 2


@dataclass(frozen=True)
class Anchors:
    """What a meeting hangs on: ids of an occurrence of a duty, an item, a drive, a directive."""

    occurrence_id: int | None = None
    item_id: int | None = None
    drive_id: int | None = None
    directive_id: int | None = None


NOTHING = Anchors()


@dataclass(frozen=True)
class PlanDraft:
    """A meeting as planned."""

    organization_id: int
    kind_id: int
    title: str
    planned_at: datetime
    place: str = ""
    chair_id: int | None = None
    recorder_id: int | None = None
    agenda: tuple[str, ...] = ()
    units: tuple[int, ...] = ()
    anchors: Anchors = NOTHING


@dataclass(frozen=True)
class ResolutionDraft:
    """A resolution; without counts it was agreed by all present."""

    text: str
    yes: int | None = None
    no: int | None = None
    abstained: int | None = None
    person_id: int | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class RecordDraft:
    """A meeting as held. `exceptions` are who of those due was not present: person -> reason of leave, or `absent`."""

    held_on: date
    hours: Decimal
    title: str
    minutes: str = ""
    exceptions: tuple[tuple[int, str], ...] = ()
    invited: tuple[int, ...] = ()
    guests: tuple[int, ...] = ()
    units: tuple[int, ...] = ()
    also: tuple[int, ...] = ()
    began: time | None = None
    place: str = ""
    chair_id: int | None = None
    recorder_id: int | None = None
    resolutions: tuple[ResolutionDraft, ...] = ()


Told = TypeVar("Told", PlanDraft, RecordDraft)


def within(kind: MeetingKind, draft: Told) -> Told:
    """What is told, without topic and place where the kind keeps no content."""
    return draft if kind.keeps_minutes else replace(draft, title=kind.name, place="")


def local_day(at: datetime) -> date:
    """The day of a time here."""
    return timezone.localdate(at)


def id_of(by: User | None) -> int | None:
    """The account's number; none for the operator."""
    return by.pk if by else None


def kind_of(kind_id: int, organization: Organization, known: Iterable[MeetingKind]) -> MeetingKind:
    """The kind, among those that the organization holds."""
    found = next((one for one in known if one.pk == kind_id), None)
    if found is None:
        raise Refused(f"“{organization.name}”没有这类会议,请重新选择会议类别。")
    return found


def bump(meeting: Meeting, version: int | None) -> None:
    """The next version of a meeting that a form saw as `version`.

    Raises:
        Refused: somebody changed it since.
    """
    if version is not None and version != meeting.version:
        raise Refused(
            f"“{meeting.title}”在您打开页面之后已被修改,您的内容没有保存。您填写的内容仍在下面;核对后再提交一次,将以您填写的为准。",
            fresh={"version": meeting.version},
        )
    meeting.version += 1


def anchored(anchors: Anchors, organization: Organization) -> dict[str, int | None]:
    """Columns of what a meeting hangs on; an occurrence must be the organization's own.

    Raises:
        Refused: it is another organization's.
    """
    if anchors.occurrence_id:
        row = Occurrence.objects.filter(pk=anchors.occurrence_id).select_related("organization").first()
        if row is None or row.organization_id != organization.pk:
            raise Refused(f"这项应办任务不是“{organization.name}”的,请从它自己的任务进入。")
    for model, pk in ((Item, anchors.item_id), (Drive, anchors.drive_id), (Directive, anchors.directive_id)):
        if pk and not model._default_manager.filter(pk=pk).exists():
            raise Refused("所关联的事项、专项活动或部署已经不在,请重新选择。")
    return {
        "occurrence_id": anchors.occurrence_id,
        "item_id": anchors.item_id,
        "drive_id": anchors.drive_id,
        "directive_id": anchors.directive_id,
    }


def set_units(meeting: Meeting, units: Sequence[int], on: date) -> list[Organization]:
    """Which organizations join in on a day; the host is none of them.

    Raises:
        Refused: one of them stands no more.
    """
    others = list(Organization.objects.filter(pk__in=units).exclude(pk=meeting.organization_id).order_by("path"))
    if (gone := next((one for one in others if one.ends_on and one.ends_on <= on), None)) is not None:
        raise Refused(f"“{gone.name}”已经撤销,不能作为联合单位。")
    meeting.units.exclude(organization__in=others).delete()
    known = set(meeting.units.values_list("organization_id", flat=True))
    MeetingUnit.objects.bulk_create(
        [MeetingUnit(meeting=meeting, organization=one) for one in others if one.pk not in known]
    )
    return others


def set_agenda(meeting: Meeting, agenda: Sequence[str]) -> None:
    """The points in their order."""
    meeting.agenda.all().delete()
    points = [AgendaPoint(meeting=meeting, order=order, text=text) for order, text in enumerate(agenda, 1)]
    AgendaPoint.objects.bulk_create(points)


def checked_reason(reason: str, what: str) -> str:
    """A reason in words."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused(f"请写明{what}原因。")
    return reason.strip()
