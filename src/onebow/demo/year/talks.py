"""Talks through the year: committees among themselves, each member with one of it, some of members with each other."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import combinations

from onebow.apps.affairs.queries.talks.lists import members_of
from onebow.apps.affairs.services.talks import record_talks
from onebow.apps.organizations.models import Organization
from onebow.demo import frame
from onebow.demo.story import Deed
from onebow.demo.year.meetings import BRANCHES, OWN, SLACK
from onebow.demo.year.telling import LATER, Year, noon

# A record takes some hundredths of a second: the story tells of some.
MOST_OWN, MOST = 14, 6
# Parts of the year told at which a branch talks.
ROUNDS = (0.2, 0.45, 0.7, 0.9)


def talks(year: Year) -> Iterator[Deed]:
    """Some days of the own branch, two of each other one but the slack one, which has still to begin in earnest."""
    for number in BRANCHES:
        rounds = ROUNDS if number == OWN else ROUNDS[:1] if number == SLACK else ROUNDS[:2]
        for place, share in enumerate(rounds):
            on = min(year.share(share) + timedelta(days=number), year.last)
            yield on, LATER, partial(_talk, year, number, on, place)


def _talk(year: Year, number: int, on: date, place: int) -> None:
    branch = Organization.objects.get(pk=year.organization(frame.branch_key(number)))
    pairs = _pairs(branch, on, place)[: MOST_OWN if number == OWN else MOST]
    if pairs:
        by = year.leader(on) if number == OWN else year.user("officer")
        record_talks(branch.pk, on, pairs, by=by, at=noon(on))


def _pairs(branch: Organization, on: date, place: int) -> list[tuple[int, int]]:
    """Who talks in which round: the committee first, then a third of the members with it, then with one another."""
    members = members_of(branch, on)
    seats, plain = [one.id for one in members if one.in_committee], [one.id for one in members if not one.in_committee]
    if place == 0:
        return list(combinations(seats, 2))
    if place == len(ROUNDS) - 1:
        return list(zip(plain[::2], plain[1::2], strict=False))
    part = plain[place - 1 :: 2]
    return _with(seats, part)


def _with(seats: Sequence[int], part: Sequence[int]) -> list[tuple[int, int]]:
    """Members in turn with one of the committee."""
    return [(seats[turn % len(seats)], one) for turn, one in enumerate(part)] if seats else []
