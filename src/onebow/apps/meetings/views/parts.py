"""What the pages of meetings share: finding one, the ground of a record, files to take away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from onebow.apps.accounts.requests import Request
from onebow.apps.base.ids import id_of, ids_of
from onebow.apps.base.refusals import Refused
from onebow.apps.meetings import rules
from onebow.apps.meetings.forms.recording import Ground
from onebow.apps.meetings.models import Meeting, MeetingKind
from onebow.apps.meetings.queries import due as due_queries
from onebow.apps.meetings.queries import proposals
from onebow.apps.meetings.queries.details import meeting_seen
from onebow.apps.meetings.queries.kinds import kind_answering, kinds_for
from onebow.apps.meetings.queries.visible import written_organizations
from onebow.apps.meetings.services.drafts import Anchors
from onebow.apps.organizations.forms.fields import Offer, label_of
from onebow.apps.organizations.models import Organization, Person
from onebow.apps.plans.models import Occurrence

# Whoever leads more chooses among all anyway.
MOST_OWN = 20


def find(request: Request, pk: int) -> Meeting:
    """A meeting that the user may read, with who leads its organization today."""
    meeting = meeting_seen(request.reach, pk, timezone.localdate())
    if meeting is None:
        raise Http404
    return meeting


def found_to_write(request: Request, pk: int, *states: str) -> Meeting:
    """A meeting that the user may write, in one of these states.

    Raises:
        Refused: others write it, or it has got elsewhere.
    """
    meeting = find(request, pk)
    rules.check_can_write(meeting.organization, request.reach, timezone.localdate(), meeting.recorder_id)
    rules.check_state(meeting, *states)
    return meeting


def asked_organization(request: Request) -> Organization | None:
    """The organization in `?organization=`, else the only one that is the user's, or the first that they lead.

    Who keeps many chooses first; who leads a branch and a section begins with the branch.

    Raises:
        Refused: the user writes no meetings.
    """
    rows = written_organizations(request.reach).on(timezone.localdate())
    if asked := request.GET.get("organization", ""):
        return get_object_or_404(rows, pk=id_of(asked) or 0)
    own = sorted(rows.order_by("path")[:MOST_OWN], key=lambda one: not one.is_party)
    if not own:
        raise Refused("会议由组织的书记、负责人、党小组组长、指定的记录人或党务干部安排和记录。")
    return None if len(own) > 1 and request.reach.managed else own[0]


def asked_occurrence(request: Request) -> Occurrence | None:
    """The duty in `?occurrence=`."""
    asked = request.GET.get("occurrence", "")
    if not asked:
        return None
    return get_object_or_404(proposals.writable_occurrences(request.reach), pk=id_of(asked) or 0)


@dataclass(frozen=True)
class Asked:
    """What the address of a new meeting names, and which kinds its organization holds."""

    organization: Organization
    kind: MeetingKind
    kinds: list[MeetingKind]
    occurrence: Occurrence | None


def asked_ground(request: Request) -> Asked | None:
    """Organization, kind and duty that the address names; None where it does not name enough."""
    occurrence = asked_occurrence(request)
    organization = occurrence.organization if occurrence else asked_organization(request)
    if organization is None:
        return None
    kinds = kinds_for(organization, timezone.localdate())
    if asked := request.GET.get("kind", ""):
        kind = next((one for one in kinds if one.pk == id_of(asked)), None)
        if kind is None:
            raise Http404(asked)
    else:
        kind = kind_answering(occurrence, kinds) if occurrence else None
    return Asked(organization, kind, kinds, occurrence) if kind else None


def asked_anchors(request: Request, occurrence: Occurrence | None) -> Anchors:
    """What the meeting shall hang on, as the address says."""
    told = {key: id_of(request.GET.get(key, "")) for key in ("item", "drive", "directive")}
    return Anchors(occurrence.pk if occurrence else None, told["item"], told["drive"], told["directive"])


def day_of(text: str) -> date | None:
    """A day as a form tells it; None where it is none."""
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if 1900 <= found.year <= 2100 else None


@dataclass(frozen=True)
class Before:
    """What a meeting said before it is recorded: who joins in, whose names were read already, how many resolutions."""

    units: Sequence[int] = ()
    people: Mapping[int, str] = field(default_factory=dict)
    resolutions: int = 0


NEW = Before()


def ground_of(request: Request, meeting: Meeting, on: date, before: Before) -> Ground:
    """The ground of the record of a meeting that was found, see `ground_for`."""
    organization = meeting.organization
    asked = Asked(organization, meeting.kind, kinds_for(organization, timezone.localdate()), meeting.occurrence)
    return ground_for(request, asked, on, due_queries.told_head(meeting), meeting, before)


def ground_for(
    request: Request, asked: Asked, on: date, head: Person | None, meeting: Meeting | None = None, before: Before = NEW
) -> Ground:
    """The ground of a record on a day: the day and the joined organizations are those typed, once some are.

    Guests and joined organizations are rare, and searched; `?lists=1` lists them for browsers without scripts.
    """
    today, told = timezone.localdate(), request.POST or request.GET
    organization, kind = asked.organization, asked.kind
    on = day_of(told.get("held_on", "")) or on
    near = proposals.organizations_near(organization, today)
    wanted = ids_of(told.getlist("units")) if meeting is None or "held_on" in told else before.units
    joined = list(near.filter(pk__in=wanted)) if wanted else []
    people = Offer(proposals.people_near(organization, request.reach, today), known=before.people)
    lists: dict[int, str] | None = None if request.GET.get("lists") == "1" else {}
    return Ground(
        organization, kind, asked.kinds, due_queries.due_people(organization, kind, on, today, joined),
        heads_of(organization, kind, meeting, head, today), people, Offer(people.rows, lists, before.people),
        Offer(near, lists, {one.pk: label_of(one) for one in joined}), resolutions=before.resolutions,
    )  # fmt: skip


def heads_of(
    organization: Organization, kind: MeetingKind, meeting: Meeting | None, head: Person | None, today: date
) -> list[Person]:
    """Who may take the chair or the record besides those due."""
    named = [head]
    if meeting is not None:
        named += [meeting.chair, meeting.recorder]
    if kind.due_to in (MeetingKind.DueTo.INVITED, MeetingKind.DueTo.COMMITTEE):
        named += due_queries.own_people(organization, today)
    return list({one.pk: one for one in named if one}.values())


def href_of(meeting: Meeting) -> str:
    """Its page."""
    return reverse("meetings:show", args=[meeting.pk])
