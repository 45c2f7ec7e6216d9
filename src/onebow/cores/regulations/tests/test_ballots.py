"""Counts of a ballot: what cannot be is named, what can be is decided by the rules alone."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onebow.cores.regulations.ballots import Line, Paper, fault_of, outcome_of, void_because, votes_needed

DAY = date(2026, 3, 2)
FINE = Paper(due=10, present=9, issued=9, collected=9)


@pytest.mark.parametrize(
    ("paper", "words"),
    [
        (Paper(5, 6, 5, 5), "多于应到"),
        (Paper(5, 5, 6, 5), "不能委托投票"),
        (Paper(5, 5, 5, 4, void=5), "废票 5 张"),
        (Paper(5, -1, 5, 5), "不能小于 0"),
    ],
)
def test_counts_of_the_paper_that_cannot_be(paper, words):
    assert words in fault_of(paper, [], 1)


@pytest.mark.parametrize(
    ("lines", "seats", "words"),
    [
        ([Line("甲", 8)], 1, "合计 8 票,与有效票 9 张不符"),
        ([Line("甲", 9, 1)], 1, "合计 10 票"),
        ([Line("甲", -1, 10)], 1, "不能小于 0"),
        ([Line("甲", 0, 9), Line("乙", 10, is_written_in=True)], 1, "另选人乙得 10 票"),
        ([Line("甲", 9), Line("乙", 9)], 1, "多于名额是废票"),
    ],
)
def test_votes_that_cannot_be(lines, seats, words):
    assert words in fault_of(FINE, lines, seats)


def test_fewer_collected_than_issued_is_fine_and_more_is_void():
    assert fault_of(Paper(10, 9, 9, 8), [Line("甲", 8)], 1) == ""
    paper = Paper(10, 9, 9, 10)
    assert fault_of(paper, [], 1) == ""
    assert "重新投票" in void_because(paper, on=DAY)
    assert not outcome_of(paper, [Line("甲", 10)], 1, on=DAY).elected


def test_four_fifths_are_enough_and_one_less_is_not():
    assert void_because(Paper(10, 8, 8, 8), on=DAY) == ""
    assert "4/5" in void_because(Paper(10, 7, 7, 7), on=DAY)
    assert "第十九条" in void_because(Paper(10, 7, 7, 7), on=DAY)


def test_what_cannot_be_is_not_counted():
    with pytest.raises(ValueError, match="不符"):
        outcome_of(FINE, [Line("甲", 1)], 1, on=DAY)


def test_before_the_rules_nothing_is_counted():
    with pytest.raises(ValueError, match="not in force"):
        void_because(FINE, on=date(2019, 1, 1))
    with pytest.raises(ValueError, match="not in force"):
        votes_needed(9, on=date(2019, 1, 1))


@st.composite
def counted(draw):
    """A ballot as a meeting could count it: each valid paper says yes, no or nothing to each name."""
    due = draw(st.integers(1, 40))
    present = draw(st.integers(0, due))
    issued = draw(st.integers(0, present))
    collected = draw(st.integers(0, issued))
    void = draw(st.integers(0, collected))
    seats = draw(st.integers(1, 4))
    names = draw(st.lists(st.sampled_from("甲乙丙丁戊己"), min_size=1, unique=True))
    marks = [draw(st.lists(st.sampled_from(names), max_size=seats, unique=True)) for _ in range(collected - void)]
    yes = {name: sum(name in paper for paper in marks) for name in names}
    lines = [Line(name, yes[name], collected - void - yes[name]) for name in names]
    return Paper(due, present, issued, collected, void), lines, seats


@given(counted())
def test_real_counts_have_no_fault_and_elect_by_more_than_half_of_the_due(ballot):
    paper, lines, seats = ballot
    assert fault_of(paper, lines, seats) == ""
    outcome = outcome_of(paper, lines, seats, on=DAY)
    votes = {line.name: line.yes for line in lines}
    assert len(outcome.elected) <= seats
    assert outcome.open_seats == seats - len(outcome.elected)
    assert all(votes[name] * 2 > paper.due for name in outcome.elected)
    assert all(votes[name] >= votes_needed(paper.due, on=DAY) for name in outcome.elected)
    if paper.present * 5 < paper.due * 4:
        assert not outcome.elected
    # Nobody who was left out has more votes than somebody who was elected.
    left = [votes[name] for name in votes if name not in outcome.elected]
    assert all(votes[name] >= max(left, default=0) for name in outcome.elected)


@given(counted(), st.integers(1, 5), st.data())
def test_one_vote_too_many_is_found(ballot, more, data):
    paper, lines, seats = ballot
    place = data.draw(st.integers(0, len(lines) - 1))
    wrong = Line(lines[place].name, lines[place].yes, lines[place].no + more)
    assert fault_of(paper, [*lines[:place], wrong, *lines[place + 1 :]], seats)
