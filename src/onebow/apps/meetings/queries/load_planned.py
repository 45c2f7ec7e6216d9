"""Hours of planned meetings: those of the same people are added up before they are handed out."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from onebow.apps.meetings.queries.load import PlannedHours, audience_of, places_in, planned_between
from onebow.apps.organizations.queries.crowds import Crowd, Stay
from onebow.apps.plans.queries.load.items import Share
from onebow.cores.timekeeping.spreading import month_of

# Places by their paths, and as what people belong there.
Key = tuple[frozenset[str], tuple[str, ...]]


def planned_hours(crowd: Crowd, first: date, end: date, known_on: date | None = None) -> Iterator[Share]:
    """Usual hours of planned meetings for those due: one statement.

    A year's meetings of a branch want the same people: a bureau would count tens of thousands one by one.
    """
    audiences, sums = _Audiences(crowd, first, end), defaultdict[tuple[Key, str], Counter[int]](Counter)
    for meeting in planned_between(first, end, known_on):
        month, key = month_of(meeting.day), audiences.key_of(meeting)
        sums[key, meeting.side][month] += meeting.amount
        for person in audiences.others_due(meeting, key):
            yield person, meeting.side, ((month, meeting.amount),)
    for (key, side), months in sums.items():
        parts = tuple(months.items())
        for person in audiences.of(key).steady:
            yield person, side, parts


@dataclass(frozen=True)
class _Audience:
    """Who belongs to some places: all the time asked about, or only on some days."""

    steady: set[int]
    passing: list[tuple[int, Stay]]


NOBODY: Key = (frozenset(), ())


class _Audiences:
    """To whom of a crowd meetings are due, as `due_of` has it of each."""

    def __init__(self, crowd: Crowd, first: date, end: date) -> None:
        self._crowd, self._places = crowd, places_in(crowd)
        self._first, self._last = first, end - date.resolution
        self._known: dict[Key, _Audience] = {}

    def key_of(self, meeting: PlannedHours) -> Key:
        """The audience of a meeting; nobody, where it names its people."""
        if meeting.named:
            return NOBODY
        tops, wanted = audience_of(meeting)
        return frozenset(tops & self._places.keys()), wanted

    def of(self, key: Key) -> _Audience:
        """Its people."""
        if key not in self._known:
            tops, wanted = key
            self._known[key] = self._found(pair for top in tops for pair in self._places[top] if pair[1].word in wanted)
        return self._known[key]

    def others_due(self, meeting: PlannedHours, key: Key) -> set[int]:
        """Beside those who belong there all the time: who does on its day, is named, chairs or records it."""
        audience, day = self.of(key), meeting.day
        people = {self._crowd.who(one) for one in meeting.leads | meeting.named} & self._crowd.mates.keys()
        people |= {person for person, stay in audience.passing if stay.holds_on(day)}
        return people - audience.steady

    def _found(self, pairs: Iterable[tuple[int, Stay]]) -> _Audience:
        steady, passing = set(), []
        for person, stay in pairs:
            if stay.holds_on(self._first) and stay.holds_on(self._last):
                steady.add(person)
            else:
                passing.append((person, stay))
        return _Audience(steady, passing)
