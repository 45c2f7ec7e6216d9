"""Counting votes. There are three quorums, and each has a function of its own: they are never to be shared.

Whole numbers only: shares are compared by multiplying, so that no rounding decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from onebow.cores.regulations.table import Rule, rule


@dataclass(frozen=True, slots=True)
class Attendance:
    """Voters who should attend (应到) and those present (实到); only those entitled to vote are counted."""

    due: int
    present: int

    def __post_init__(self) -> None:
        """Raises ValueError for counts that cannot be."""
        _check_not_negative(self.due, self.present)
        if self.present > self.due:
            raise ValueError(f"{self.present} voters present, but only {self.due} should attend")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a vote was valid and passed, and the least that would have sufficed."""

    is_quorate: bool
    passed: bool
    present_needed: int
    yes_needed: int


@dataclass(frozen=True, slots=True)
class Opinions:
    """Written opinions of absentees, handed in before the meeting."""

    yes: int = 0
    no: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who was elected. `tied` stand for a second ballot over `open_seats`; without them the seats were left open."""

    is_quorate: bool
    elected: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    open_seats: int = 0


def ordinary_vote(voters: Attendance, yes: int, no: int = 0, *, on: date) -> Verdict:
    """An ordinary vote of a branch's members' meeting (支部党员大会).

    Args:
        voters: those entitled to vote, who should attend and who are present.
        yes: votes in favour, 0 to present.
        no: votes against, 0 to present; the others abstained.
        on: the day of the meeting, whose rule applies.
    Returns:
        Valid with at least half present; passed with more than half of those who should attend in favour.
    Raises:
        ValueError: a negative count, more votes than voters present, or no rule in force that day.
    Source:
        支部工作条例 art. 11 (VOTE-ORDINARY).

    >>> ordinary_vote(Attendance(due=9, present=5), yes=5, on=date(2026, 3, 2)).passed
    True
    >>> ordinary_vote(Attendance(due=9, present=5), yes=4, on=date(2026, 3, 2)).passed
    False
    """
    known = _rule("VOTE-ORDINARY", on)
    _check_votes(yes, no, voters.present)
    present_needed = _at_least(known.share("present_at_least"), voters.due)
    yes_needed = _more_than(known.share("yes_more_than"), voters.due)
    is_quorate = voters.due > 0 and voters.present >= present_needed
    return Verdict(is_quorate, is_quorate and yes >= yes_needed, present_needed, yes_needed)


def admission_vote(voters: Attendance, yes: int, no: int = 0, *, written: Opinions, on: date) -> Verdict:
    """A vote on admitting a probationary member, or on making one a full member.

    Args:
        voters: those entitled to vote, who should attend and who are present.
        yes: votes in favour of those present, 0 to present.
        no: votes against of those present, 0 to present.
        written: opinions of absentees; they count as votes, but not as presence.
        on: the day of the meeting.
    Returns:
        Valid with more than half present; passed with more than half of those who should attend in favour.
    Raises:
        ValueError: a negative count, more votes than voters present, more opinions than absentees, or no rule in force.
    Source:
        发展党员工作细则 art. 20-21 (VOTE-ADMISSION).

    >>> admission_vote(Attendance(10, 6), yes=5, written=Opinions(yes=1), on=date(2026, 3, 2)).passed
    True
    >>> admission_vote(Attendance(10, 5), yes=5, written=Opinions(yes=5), on=date(2026, 3, 2)).is_quorate
    False
    """
    known = _rule("VOTE-ADMISSION", on)
    _check_votes(yes, no, voters.present)
    _check_votes(written.yes, written.no, voters.due - voters.present)
    present_needed = _more_than(known.share("present_more_than"), voters.due)
    yes_needed = _more_than(known.share("yes_more_than"), voters.due)
    is_quorate = voters.due > 0 and voters.present >= present_needed
    return Verdict(is_quorate, is_quorate and yes + written.yes >= yes_needed, present_needed, yes_needed)


def election(voters: Attendance, seats: int, votes: Mapping[str, int], *, on: date) -> Outcome:
    """The election of a committee by the members' meeting.

    Args:
        voters: those entitled to vote, who should attend (less those left out with consent) and who are present.
        seats: how many are to be elected, at least 1.
        votes: votes in favour by candidate, each 0 to present, together at most seats x present.
        on: the day of the election.
    Returns:
        Nobody without quorum. Else those with more than half of those who should attend in favour. If they are too
        many, the seats go by votes, and those who are equal at the limit stand for a second ballot. If they are too
        few, the rest of the seats stays open: for a new vote, or to be given up if more than half of the voters agree.
    Raises:
        ValueError: a negative count, no seat, more votes than voters present could cast, or no rule in force.
    Source:
        基层组织选举工作条例 art. 19, 28-29 (ELEC-QUORUM, ELEC-WIN).

    >>> election(Attendance(10, 10), 2, {"甲": 8, "乙": 6, "丙": 6}, on=date(2026, 3, 2))
    Outcome(is_quorate=True, elected=('甲',), tied=('乙', '丙'), open_seats=1)
    """
    quorum, win = _rule("ELEC-QUORUM", on), _rule("ELEC-WIN", on)
    _check_ballots(voters, seats, votes)
    if not voters.due or voters.present < _at_least(quorum.share("present_at_least"), voters.due):
        return Outcome(is_quorate=False, open_seats=seats)
    needed = _more_than(win.share("yes_more_than"), voters.due)
    fit = sorted((name for name, yes in votes.items() if yes >= needed), key=lambda name: -votes[name])
    if len(fit) <= seats:
        return Outcome(is_quorate=True, elected=tuple(fit), open_seats=seats - len(fit))
    limit = votes[fit[seats - 1]]
    if votes[fit[seats]] < limit:
        return Outcome(is_quorate=True, elected=tuple(fit[:seats]))
    elected = tuple(name for name in fit if votes[name] > limit)
    tied = tuple(name for name in fit if votes[name] == limit)
    return Outcome(is_quorate=True, elected=elected, tied=tied, open_seats=seats - len(elected))


def candidates_needed(seats: int, *, on: date) -> int:
    """The least number of candidates for a committee, so that there is a surplus (差额).

    Args:
        seats: how many are to be elected, at least 1.
        on: the day of the election.
    Returns:
        Persons: a fifth more than seats, rounded up. Secretary and deputy are elected without surplus.
    Raises:
        ValueError: no seat, or no rule in force that day.
    Source:
        基层组织选举工作条例 art. 9, 13 (ELEC-SURPLUS).

    >>> [candidates_needed(seats, on=date(2026, 3, 2)) for seats in (3, 5, 7, 9)]
    [4, 6, 9, 11]
    """
    if seats < 1:
        raise ValueError(f"{seats} seats")
    return _at_least(_rule("ELEC-SURPLUS", on).share("candidates_at_least"), seats)


def _rule(rule_id: str, on: date) -> Rule:
    known = rule(rule_id, on=on)
    if known is None:
        raise ValueError(f"{rule_id} was not in force on {on}")
    return known


def _at_least(share: tuple[int, int], whole: int) -> int:
    """The smallest count that is at least the share of the whole."""
    return -(-whole * share[0] // share[1])


def _more_than(share: tuple[int, int], whole: int) -> int:
    """The smallest count that is more than the share of the whole."""
    return whole * share[0] // share[1] + 1


def _check_not_negative(*counts: int) -> None:
    if any(count < 0 for count in counts):
        raise ValueError(f"a negative count among {counts}")


def _check_votes(yes: int, no: int, voters: int) -> None:
    _check_not_negative(yes, no)
    if yes + no > voters:
        raise ValueError(f"{yes} for and {no} against, but only {voters} could vote")


def _check_ballots(voters: Attendance, seats: int, votes: Mapping[str, int]) -> None:
    _check_not_negative(*votes.values())
    if seats < 1:
        raise ValueError(f"{seats} seats")
    if most := [name for name, yes in votes.items() if yes > voters.present]:
        raise ValueError(f"{most[0]} has {votes[most[0]]} votes, but only {voters.present} voters are present")
    if sum(votes.values()) > seats * voters.present:
        raise ValueError("more votes than the voters present could cast: a ballot with too many names is void")
