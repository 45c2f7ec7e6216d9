"""Same people at the same time, over all that binds them."""

from datetime import date

from onebow.apps.meetings.queries.engaged import meeting_events
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.queries.engaged import events_of, with_audience
from onebow.apps.plans.rules.clashing import Clash, clashes_of


def clashes_between(reach: Reach, first: date, last: date) -> list[Clash]:
    """What clashes on the days `[first, last]`, as far as the user may read it, day by day."""
    events, duties = events_of(reach, first, last)
    meetings, due = meeting_events(reach, first, last)
    # Where a duty has its meeting, the meeting is told.
    held = {event.group for event in (*meetings, *due)}
    audience = {event: who for event, who in duties.items() if event.group not in held} | due
    return clashes_of([*events, *meetings, *with_audience(audience, first)], first, last)
