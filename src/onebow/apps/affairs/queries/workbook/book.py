"""党支部工作手册: all chapters of a branch's year, and the data of the paper.

Other records of a branch (honours) join as further readers in `CHAPTERS`, with their fields in
the template `workbook`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from onebow.apps.affairs.queries.workbook import facts, gaps, life, relations, work
from onebow.apps.affairs.queries.workbook.chapters import Case, Chapter, Reader
from onebow.apps.base.filters import day

TEMPLATE = "workbook"
CHAPTERS: dict[str, tuple[str, Reader]] = {
    "facts": ("支部基本情况", facts.facts),
    "members": ("党员名册", facts.members),
    "plan": ("年度计划和工作要点", work.plan),
    "items": ("党建和业务事项", work.items),
    "duties": ("制度任务", work.duties),
    "gaps": ("脱节和整改", gaps.gaps),
    "meetings": ("会议和活动", life.meetings),
    "life": ("组织生活会和民主评议", life.life),
    "talks": ("谈心谈话", life.talks),
    "hours": ("学习培训学时", life.hours),
    "transfers": ("组织关系转接", relations.transfers),
    "dues": ("党费", relations.dues),
    "election": ("选举换届", facts.elections),
}
MINUTES = "minutes"
CHOICES = [(key, title) for key, (title, _) in CHAPTERS.items()]


@dataclass(frozen=True)
class Book:
    """A manual: its chapters as chosen."""

    case: Case
    chapters: list[Chapter]

    @property
    def records(self) -> int:
        """How many ledger entries it was made from, each once where its number is known."""
        told = frozenset[int]().union(*(one.entries for one in self.chapters))
        return len(told) + sum(one.counted for one in self.chapters)

    @property
    def people(self) -> int:
        """How many members the register names."""
        return sum(len(one.people) for one in self.chapters)

    @property
    def name(self) -> str:
        """As its file is called."""
        return f"{self.case.branch.name}党支部工作手册({self.case.span.year})"

    def data(self) -> dict[str, Any]:
        """The fields of the paper."""
        span = self.case.span
        told: dict[str, Any] = {
            "branch": self.case.branch.name, "year": span.year, "period": f"{day(span.first)}至{day(span.last)}",
            "masked": any(one.is_masked for one in self.chapters),
        }  # fmt: skip
        for chapter in self.chapters:
            told |= chapter.data()
        return told


def book_of(case: Case, chosen: Collection[str]) -> Book:
    """The chapters chosen, in their order; all of them where none is."""
    keys = [key for key in CHAPTERS if key in chosen] or list(CHAPTERS)
    return Book(case, [CHAPTERS[key][1](case) for key in keys])
