"""What is proposed for a meeting: from the duty it answers to, and from the last one of its kind."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Case, F, Q, QuerySet, Sum, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from onebow.apps.meetings.models import Meeting, MeetingKind
from onebow.apps.meetings.queries.due import head_of
from onebow.apps.meetings.queries.kinds import kind_answering
from onebow.apps.organizations.models import Organization, Person
from onebow.apps.organizations.models.organizations import SEGMENT, within
from onebow.apps.organizations.queries.ledger import colleagues
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.models import Occurrence
from onebow.apps.plans.queries.visible import written_by

USUAL_TIME = time(15)
# So far ahead one is reminded of what is due.
AHEAD = timedelta(days=45)
MOST_OPEN = 12


@dataclass(frozen=True)
class Proposal:
    """What a form begins with."""

    title: str
    on: date
    at: datetime
    place: str
    chair: Person | None
    recorder_id: int | None


def proposal_for(organization: Organization, kind: MeetingKind, occurrence: Occurrence | None, today: date) -> Proposal:
    """Topic and day of the duty, place and recorder of last time, and who leads the organization for the chair."""
    # Of the last one of the kind, or of any where there was none.
    same = Case(When(kind__key=kind.key, then=0), default=1)
    held = Meeting.objects.filter(organization=organization, state=Meeting.State.HELD)
    last = held.order_by(same, "-held_on", "-pk").first()
    planned = occurrence.planned_on if occurrence else None
    # What is to come is not held before its period begins.
    on = planned or (max(today, occurrence.starts_on) if occurrence else today)
    at = timezone.make_aware(datetime.combine(max(on, today), last.began if last and last.began else USUAL_TIME))
    title = (occurrence.topic if occurrence else "") or kind.name
    return Proposal(
        title, min(on, today), at, last.place if last else "", head_of(organization, today),
        last.recorder_id if last else None,
    )  # fmt: skip


@dataclass(frozen=True)
class OpenDuty:
    """A duty that waits for a meeting, with the kind that answers to it."""

    occurrence: Occurrence
    kind: MeetingKind
    is_over: bool
    has_begun: bool


def open_duties(
    organization: Organization, kinds: list[MeetingKind], today: date, one: Occurrence | None = None
) -> list[OpenDuty]:
    """Duties of the organization not fulfilled, due until soon, which one of these kinds answers to.

    What may still be done in time comes first, then what is over, the latest first. Once it is said for which `one` it
    shall be, that one alone.
    """
    rows = Occurrence.objects.filter(organization=organization, excused_on=None, starts_on__lte=today + AHEAD)
    if one is not None:
        rows = Occurrence.objects.filter(pk=one.pk)
    # What waits for approval as told late is not asked for again.
    rows = rows.annotate(told=Coalesce(Sum("proofs__quantity"), Decimal(0))).filter(told__lt=F("asked"))
    running = rows.filter(ends_on__gt=today).order_by("due_on", "pk")
    over = rows.filter(ends_on__lte=today).order_by("-due_on", "pk")
    return [duty for part in (running, over) for duty in _answered(part, kinds, today)]


def _answered(rows: QuerySet[Occurrence], kinds: list[MeetingKind], today: date) -> list[OpenDuty]:
    """The first of them which one of the kinds answers to."""
    first = rows.select_related("duty")[: MOST_OPEN * 4]
    found = [(row, kind) for row in first if (kind := kind_answering(row, kinds))][:MOST_OPEN]
    return [OpenDuty(row, kind, row.ends_on <= today, row.starts_on <= today) for row, kind in found]


def writable_occurrences(reach: Reach) -> QuerySet[Occurrence]:
    """Duties for which the user may record a meeting: of what they keep or lead, and of groups that they lead."""
    condition = written_by(reach)
    if reach.person_id:
        posts = {"organization__posts__person": reach.person_id, "organization__posts__role": "group_leader"}
        condition |= Q(**posts, organization__posts__ends_on=None)
    rows = Occurrence.objects.filter(condition).distinct()
    return rows.select_related("duty", "organization")


def people_near(organization: Organization, reach: Reach, today: date) -> QuerySet[Person]:
    """People who may be invited or come besides: those of the units to which the organization's people belong."""
    own = colleagues(reach, today)
    inside = Person.objects.filter(within(organization.path, "memberships__organization__path"))
    roots = inside.order_by().values("root_id")
    near = Person.objects.filter(root__in=roots, merged_into=None, erased_on=None)
    found = Person.objects.filter(Q(pk__in=near.values("pk")) | Q(pk__in=own.order_by().values("pk")))
    return found.select_related("root").order_by("pinyin", "pk")


def organizations_near(organization: Organization, today: date) -> QuerySet[Organization]:
    """Organizations that may join in: those of the same tree, from its top."""
    rows = Organization.objects.on(today).filter(within(organization.path[:SEGMENT]), tree=organization.tree)
    return rows.exclude(pk=organization.pk).select_related("parent").order_by("path")
