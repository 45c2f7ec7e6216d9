"""The paper of one ballot: which counts can be, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from onebow.cores.regulations.table import rule
from onebow.cores.regulations.votes import Attendance, Outcome, election


@dataclass(frozen=True, slots=True)
class Paper:
    """计票单: who should attend and is present, ballots issued and collected, and void ones among those collected."""

    due: int
    present: int
    issued: int
    collected: int
    void: int = 0

    @property
    def valid(self) -> int:
        """Ballots that count."""
        return self.collected - self.void


@dataclass(frozen=True, slots=True)
class Line:
    """The votes on one name. Names written in have votes for them alone."""

    name: str
    yes: int
    no: int = 0
    abstained: int = 0
    is_written_in: bool = False


def fault_of(paper: Paper, lines: Sequence[Line], seats: int) -> str:
    """The first count that cannot be, in a sentence; empty where all can be.

    Args:
        paper: the counts of the ballot.
        lines: the votes by name; they are looked at only if the ballots are as many as issued at most.
        seats: how many names a ballot may favour, at least 1.

    >>> fault_of(Paper(due=5, present=6, issued=5, collected=5), [], 1)
    '实到 6 人,多于应到 5 人,请核对。'
    >>> fault_of(Paper(5, 5, 5, 5), [Line("甲", yes=4)], 1)
    '甲:赞成 4、不赞成 0、弃权 0,合计 4 票,与有效票 5 张不符,请核对。'
    """
    return _paper_fault(paper) or ("" if paper.collected > paper.issued else _line_fault(paper, lines, seats))


def void_because(paper: Paper, *, on: date) -> str:
    """Why a ballot decided nothing and is to be repeated, with the article; empty if it counts.

    >>> void_because(Paper(due=10, present=7, issued=7, collected=7), on=date(2026, 3, 2))[:21]
    '实到 7 人,不足应到 10 人的 4/5'
    """
    quorum = rule("ELEC-QUORUM", on=on)
    if quorum is None:
        raise ValueError(f"ELEC-QUORUM was not in force on {on}")
    part, whole = quorum.share("present_at_least")
    if paper.present * whole < paper.due * part or not paper.due:
        return f"实到 {paper.present} 人,不足应到 {paper.due} 人的 {part}/{whole},不能进行选举({quorum.citation})。"
    if paper.collected > paper.issued:
        return f"收回选票 {paper.collected} 张,多于发出的 {paper.issued} 张,本次投票无效,须重新投票。"
    return ""


def outcome_of(paper: Paper, lines: Sequence[Line], seats: int, *, on: date) -> Outcome:
    """Who was elected by one ballot; nobody where it is void.

    Args:
        paper, lines, seats: as counted; `fault_of` finds nothing.
        on: the day of the election, whose rules apply.
    Returns:
        As `votes.election`, by name.
    Raises:
        ValueError: counts that cannot be, or no rule in force.

    >>> outcome_of(Paper(5, 5, 5, 5), [Line("甲", 4, 1)], 1, on=date(2026, 3, 2)).elected
    ('甲',)
    """
    if fault := fault_of(paper, lines, seats):
        raise ValueError(fault)
    if void_because(paper, on=on):
        return Outcome(is_quorate=False, open_seats=seats)
    return election(Attendance(paper.due, paper.present), seats, {line.name: line.yes for line in lines}, on=on)


def present_needed(due: int, *, on: date) -> int:
    """The least voters present for an election.

    Source:
        基层组织选举工作条例 art. 19 (ELEC-QUORUM).

    >>> present_needed(9, on=date(2026, 3, 2)), present_needed(10, on=date(2026, 3, 2))
    (8, 8)
    """
    quorum = rule("ELEC-QUORUM", on=on)
    if quorum is None:
        raise ValueError(f"ELEC-QUORUM was not in force on {on}")
    part, whole = quorum.share("present_at_least")
    return -(-due * part // whole)


def votes_needed(due: int, *, on: date) -> int:
    """The least votes in favour that elect.

    Source:
        基层组织选举工作条例 art. 28-29 (ELEC-WIN).

    >>> votes_needed(9, on=date(2026, 3, 2)), votes_needed(10, on=date(2026, 3, 2))
    (5, 6)
    """
    win = rule("ELEC-WIN", on=on)
    if win is None:
        raise ValueError(f"ELEC-WIN was not in force on {on}")
    part, whole = win.share("yes_more_than")
    return due * part // whole + 1


def _paper_fault(paper: Paper) -> str:
    if min(paper.due, paper.present, paper.issued, paper.collected, paper.void) < 0:
        return "人数和票数不能小于 0,请核对。"
    if paper.present > paper.due:
        return f"实到 {paper.present} 人,多于应到 {paper.due} 人,请核对。"
    if paper.issued > paper.present:
        return f"发出选票 {paper.issued} 张,多于实到 {paper.present} 人;不能委托投票,请核对。"
    if paper.void > paper.collected:
        return f"废票 {paper.void} 张,多于收回的 {paper.collected} 张,请核对。"
    return ""


def _line_fault(paper: Paper, lines: Sequence[Line], seats: int) -> str:
    valid = paper.valid
    for line in lines:
        if min(line.yes, line.no, line.abstained) < 0:
            return f"{line.name}:票数不能小于 0,请核对。"
        total = line.yes + line.no + line.abstained
        if line.is_written_in and total > valid:
            return f"另选人{line.name}得 {total} 票,多于有效票 {valid} 张,请核对。"
        if not line.is_written_in and total != valid:
            told = f"赞成 {line.yes}、不赞成 {line.no}、弃权 {line.abstained}"
            return f"{line.name}:{told},合计 {total} 票,与有效票 {valid} 张不符,请核对。"
    favoured = sum(line.yes for line in lines)
    if favoured > seats * valid:
        return f"赞成票合计 {favoured} 张,多于有效票 {valid} 张 × 应选 {seats} 名;一张票选的人多于名额是废票,请核对。"
    return ""
