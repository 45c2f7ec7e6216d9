"""Whom a meeting to come would bring over a ceiling: people by their hours, and branches that it invites.

Told before it is saved. Unlike items of a plan nothing is refused; items and meetings are counted.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from onebow.apps.base.calendar import working_calendar
from onebow.apps.meetings.models import MeetingKind, MeetingUnit
from onebow.apps.meetings.queries.due import due_people
from onebow.apps.meetings.queries.load import due_of, held_hours, invitations, places_in, planned_between
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.crowds import Crowd, crowd_of
from onebow.apps.plans.queries.load.ceilings import Ceilings, ceilings_known
from onebow.apps.plans.queries.load.items import items_of, laid_of
from onebow.apps.plans.queries.load.over import BRANCH, PERSON, Over
from onebow.apps.plans.queries.load.requests import asked_of
from onebow.cores.timekeeping.spreading import days_worked, first_of, hundredths, month_of


@dataclass(frozen=True)
class Coming:
    """A meeting as it is about to be planned; `pk` of one that is changed."""

    organization: Organization
    kind: MeetingKind
    on: date
    joined: tuple[Organization, ...] = ()
    # Who chairs and who records it, who need not be due.
    leads: tuple[int, ...] = ()
    pk: int = 0

    @property
    def month(self) -> int:
        """In which it counts."""
        return month_of(self.on)


def brought_over(coming: Coming, today: date) -> list[Over]:
    """Those who are over a ceiling in its month once it is planned; none of a month gone by."""
    ceilings = ceilings_known(today, branches=bool(coming.joined))
    if not ceilings or coming.month < month_of(today):
        return []
    span = (first_of(coming.month), first_of(coming.month + 1))
    return [*_people(coming, ceilings, span, today), *_branches(coming, ceilings, span, today)]


def _people(coming: Coming, ceilings: Ceilings, span: tuple[date, date], today: date) -> Iterator[Over]:
    due = {one.person.pk for one in due_people(coming.organization, coming.kind, coming.on, today, coming.joined)}
    crowd = crowd_of(due | set(coming.leads))
    hours, amount = _hours(coming, crowd, span, today), hundredths(coming.kind.usual_hours)
    for mate in sorted(crowd.mates.values(), key=lambda one: (one.pinyin, one.id)):
        before = hours[mate.id]
        ceiling = ceilings.over_person([one.path for one in mate.stays], coming.month)
        if ceiling and before + amount > ceiling.limit:
            yield Over(PERSON, mate.id, mate.name, coming.month, before, before + amount, ceiling)


def _hours(coming: Coming, crowd: Crowd, span: tuple[date, date], today: date) -> Counter[int]:
    """Hundredths of hours of each in the month without this meeting, as the page of load counts them."""
    sums: Counter[int] = Counter()
    for person, _, parts in laid_of(items_of(crowd, *span), crowd, days_worked(working_calendar())):
        sums[person] += sum(amount or 0 for month, amount in parts if month == coming.month)
    places = places_in(crowd)
    for meeting in planned_between(*span):
        if meeting.pk != coming.pk:
            sums.update(dict.fromkeys(due_of(meeting, crowd, places), meeting.amount))
    held, present = held_hours(crowd, *span, today)
    for person, pk in present:
        if pk in held:
            sums[crowd.who(person)] += held[pk].amount
    return sums


def _branches(coming: Coming, ceilings: Ceilings, span: tuple[date, date], today: date) -> Iterator[Over]:
    branches = {one.pk: one for one in coming.joined if one.kind in Organization.BRANCH_KINDS}
    asked: Counter[int] = Counter()
    for organization, _, _, number in asked_of(tuple(branches), *span, today, today):
        asked[organization] += number
    for organization, _, _, number in invitations(tuple(branches), *span):
        asked[organization] += number
    already = _joined_before(coming)
    for pk, branch in branches.items():
        ceiling, after = ceilings.over_branch(branch.path, coming.month), asked[pk] + (pk not in already)
        if ceiling and after > ceiling.limit and pk not in already:
            yield Over(BRANCH, pk, branch.name, coming.month, asked[pk], after, ceiling)


def _joined_before(coming: Coming) -> set[int]:
    """Those whom the meeting invites already, in the same month: nothing more is asked of them."""
    rows = MeetingUnit.objects.filter(meeting=coming.pk, meeting__planned_at__isnull=False)
    told = rows.values_list("organization", "meeting__planned_at")
    return {pk for pk, at in told if month_of(timezone.localdate(at)) == coming.month}
