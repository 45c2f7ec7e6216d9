"""Who may see which meetings: every page starts from one of these."""

from datetime import date

from django.db.models import Q, QuerySet

from onebow.apps.base.conditions import any_of
from onebow.apps.base.models import DatedQuerySet
from onebow.apps.meetings.models import Attendance, Meeting, MeetingKind, MeetingUnit
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.reach import Reach, within_any
from onebow.apps.plans.queries.visible import of_organizations, written_by


def meetings_for(reach: Reach) -> QuerySet[Meeting]:
    """Meetings of what the user keeps, leads or belongs to, joint ones too, and those in which they had a part."""
    joined = MeetingUnit.objects.filter(of_organizations(reach)).values("meeting")
    conditions = [*told(reach), Q(pk__in=joined)]
    if reach.person_id:
        part = Attendance.objects.filter(person=reach.person_id).values("meeting")
        conditions += [Q(chair=reach.person_id), Q(recorder=reach.person_id), Q(pk__in=part)]
    return Meeting.objects.filter(any_of(Meeting, *conditions, wide=reach.is_wide))


def told(reach: Reach) -> list[Q]:
    """Meetings of what the user keeps or leads, and of what they belong to, but for talks that others had: who talked
    with whom is for themselves and for whoever leads or keeps.
    """
    # A list of kinds, and no condition beside others (or): each of these is found by index.
    silent = MeetingKind.objects.filter(keeps_minutes=False).order_by().values("pk")
    return [written_by(reach), Q(organization__in=reach.own) & ~Q(kind__in=silent)]


def written_organizations(reach: Reach) -> DatedQuerySet[Organization]:
    """Organizations whose meetings the user may plan and record: kept, led, and the groups that the user leads."""
    condition = within_any((*reach.managed, *reach.led))
    if reach.person_id:
        leads = Q(posts__person=reach.person_id, posts__role="group_leader", posts__ends_on=None)
        condition |= Q(pk__in=Organization.objects.filter(leads).values("pk"))
    return Organization.objects.filter(condition)


def writes_somewhere(reach: Reach, on: date) -> bool:
    """Whether there is an organization whose meetings the user may plan and record."""
    if reach.managed or reach.led:
        return True
    return bool(reach.person_id) and written_organizations(reach).on(on).exists()


def reads_content(meeting: Meeting, reach: Reach) -> bool:
    """Whether the user may read what was said: at a restricted kind only those present and the leaders may; of a talk
    nothing is kept.
    """
    if not meeting.kind.keeps_minutes:
        return False
    if not meeting.kind.is_restricted or reach.leads(meeting.organization.path):
        return True
    if not reach.person_id:
        return False
    if reach.person_id in (meeting.chair_id, meeting.recorder_id):
        return True
    present = meeting.attendance.filter(person=reach.person_id, state=Attendance.State.PRESENT)
    return present.exists()
