"""The three quorums, at their exact limits and in general."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onebow.cores.regulations.votes import (
    Attendance,
    Opinions,
    admission_vote,
    candidates_needed,
    election,
    ordinary_vote,
)

TODAY = date(2026, 3, 2)


@st.composite
def attendances(draw):
    due = draw(st.integers(1, 200))
    return Attendance(due, draw(st.integers(0, due)))


@st.composite
def votes(draw):
    voters = draw(attendances())
    yes = draw(st.integers(0, voters.present))
    return voters, yes, draw(st.integers(0, voters.present - yes))


@st.composite
def elections(draw):
    voters, seats = draw(attendances()), draw(st.integers(1, 7))
    names = [f"候选人{number}" for number in range(draw(st.integers(0, 10)))]
    left, ballots = seats * voters.present, {}
    for name in names:
        ballots[name] = draw(st.integers(0, min(voters.present, left)))
        left -= ballots[name]
    return voters, seats, ballots


@pytest.mark.parametrize(
    ("due", "present", "yes", "is_quorate", "passed"),
    [
        (10, 5, 5, True, False),  # half of those due in favour is not more than half
        (10, 6, 6, True, True),
        (10, 4, 4, False, False),
        (9, 5, 5, True, True),
        (9, 4, 4, False, False),
        (3, 2, 2, True, True),
        (1, 1, 1, True, True),
        (0, 0, 0, False, False),
    ],
)
def test_an_ordinary_vote_needs_half_present_and_more_than_half_of_those_due(due, present, yes, is_quorate, passed):
    verdict = ordinary_vote(Attendance(due, present), yes, on=TODAY)
    assert (verdict.is_quorate, verdict.passed) == (is_quorate, passed)


@pytest.mark.parametrize(
    ("due", "present", "yes", "written", "is_quorate", "passed"),
    [
        (10, 5, 5, Opinions(yes=5), False, False),  # half is not enough, and opinions are no presence
        (10, 6, 5, Opinions(), True, False),
        (10, 6, 5, Opinions(yes=1), True, True),
        (10, 6, 6, Opinions(no=4), True, True),
        (9, 5, 4, Opinions(yes=1), True, True),
    ],
)
def test_an_admission_needs_more_than_half_present_and_counts_opinions(due, present, yes, written, is_quorate, passed):
    verdict = admission_vote(Attendance(due, present), yes, written=written, on=TODAY)
    assert (verdict.is_quorate, verdict.passed) == (is_quorate, passed)


@pytest.mark.parametrize(("due", "present", "is_quorate"), [(10, 8, True), (10, 7, False), (9, 8, True), (9, 7, False)])
def test_an_election_needs_four_fifths_present(due, present, is_quorate):
    outcome = election(Attendance(due, present), 1, {"甲": present}, on=TODAY)
    assert outcome.is_quorate is is_quorate
    assert outcome.elected == (("甲",) if is_quorate else ())
    assert outcome.open_seats == (0 if is_quorate else 1)


def test_whoever_has_half_of_those_due_is_not_elected():
    outcome = election(Attendance(10, 10), 2, {"甲": 6, "乙": 5}, on=TODAY)
    assert (outcome.elected, outcome.open_seats, outcome.tied) == (("甲",), 1, ())


def test_too_many_go_by_votes():
    outcome = election(Attendance(10, 10), 2, {"甲": 6, "乙": 7, "丙": 7}, on=TODAY)
    assert (outcome.elected, outcome.tied, outcome.open_seats) == (("乙", "丙"), (), 0)


def test_a_tie_at_the_limit_goes_to_a_second_ballot_for_the_rest_of_the_seats():
    outcome = election(Attendance(10, 10), 3, {"甲": 9, "乙": 7, "丙": 7, "丁": 7}, on=TODAY)
    assert (outcome.elected, outcome.tied, outcome.open_seats) == (("甲",), ("乙", "丙", "丁"), 2)


def test_a_tie_above_the_limit_decides_nothing_and_needs_no_second_ballot():
    outcome = election(Attendance(10, 10), 2, {"甲": 7, "乙": 7, "丙": 6}, on=TODAY)
    assert (outcome.elected, outcome.tied) == (("甲", "乙"), ())


@given(votes())
def test_what_passes_has_the_quorum_and_more_than_half_of_those_due(vote):
    voters, yes, no = vote
    verdict = ordinary_vote(voters, yes, no, on=TODAY)
    assert verdict.is_quorate == (voters.present * 2 >= voters.due)
    assert verdict.passed == (verdict.is_quorate and yes * 2 > voters.due)


@given(votes())
def test_an_admission_is_never_easier_than_an_ordinary_vote(vote):
    voters, yes, no = vote
    admission = admission_vote(voters, yes, no, written=Opinions(), on=TODAY)
    assert admission.passed <= ordinary_vote(voters, yes, no, on=TODAY).passed
    assert admission.is_quorate == (voters.present * 2 > voters.due)


@given(elections())
def test_an_election_fills_no_more_than_the_seats_and_only_with_more_than_half_of_those_due(case):
    voters, seats, ballots = case
    outcome = election(voters, seats, ballots, on=TODAY)
    assert outcome.is_quorate == (voters.present * 5 >= voters.due * 4)
    assert len(outcome.elected) + outcome.open_seats == seats
    assert all(ballots[name] * 2 > voters.due for name in (*outcome.elected, *outcome.tied))
    assert not outcome.tied or len(outcome.tied) > outcome.open_seats > 0
    # Whoever has more than half and was not elected has no more votes than the last who was.
    left = [name for name in ballots if name not in outcome.elected and ballots[name] * 2 > voters.due]
    if outcome.is_quorate and left:
        best = max(ballots[name] for name in left)
        assert all(ballots[name] > best for name in outcome.elected)
        assert len(outcome.elected) == seats or set(outcome.tied) == {n for n in left if ballots[n] == best}


@given(st.integers(1, 1000))
def test_the_surplus_of_candidates_is_a_fifth_and_never_a_fraction_less(seats):
    needed = candidates_needed(seats, on=TODAY)
    assert needed * 5 >= seats * 6 > (needed - 1) * 5


@pytest.mark.parametrize("counts", [(-1, 0), (3, -1), (3, 4)])
def test_an_attendance_that_cannot_be_is_refused(counts):
    with pytest.raises(ValueError, match=r"negative|only 3 should attend"):
        Attendance(*counts)


@pytest.mark.parametrize(("yes", "no"), [(-1, 0), (0, -1), (4, 0), (2, 2)])
def test_votes_that_nobody_could_cast_are_refused(yes, no):
    voters = Attendance(5, 3)
    with pytest.raises(ValueError, match=r"negative|could vote"):
        ordinary_vote(voters, yes, no, on=TODAY)
    with pytest.raises(ValueError, match=r"negative|could vote"):
        admission_vote(voters, yes, no, written=Opinions(), on=TODAY)


def test_more_opinions_than_absentees_are_refused():
    with pytest.raises(ValueError, match="could vote"):
        admission_vote(Attendance(5, 3), 3, written=Opinions(yes=3), on=TODAY)


@pytest.mark.parametrize(
    ("seats", "ballots", "reason"),
    [
        (0, {}, "0 seats"),
        (1, {"甲": -1}, "negative"),
        (1, {"甲": 4}, "only 3 voters"),
        (1, {"甲": 2, "乙": 2}, "too many names"),
    ],
)
def test_ballots_that_nobody_could_cast_are_refused(seats, ballots, reason):
    with pytest.raises(ValueError, match=reason):
        election(Attendance(3, 3), seats, ballots, on=TODAY)


def test_no_surplus_is_counted_for_no_seat():
    with pytest.raises(ValueError, match="0 seats"):
        candidates_needed(0, on=TODAY)


def test_a_vote_before_the_regulation_is_not_counted_by_it():
    with pytest.raises(ValueError, match="not in force"):
        ordinary_vote(Attendance(3, 3), 3, on=date(2017, 1, 1))
