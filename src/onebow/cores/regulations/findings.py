"""What a check says: which rule, which organization, in numbers and in words, and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from onebow.cores.regulations.table import REMIND, Rule

# Where the remedy is done, in the product's words: the pages behind them are its business.
FOUND, LINK, MEMBERS, POSTS, TERM, PAPER, CONVERSION, NO_BRANCH, ELECTION, GROUPS = (
    "found",
    "link",
    "members",
    "posts",
    "term",
    "paper",
    "conversion",
    "no_branch",
    "election",
    "groups",
)


@dataclass(frozen=True, slots=True)
class Remedy:
    """What to do, and where it is done."""

    text: str
    deed: str


@dataclass(frozen=True, slots=True)
class Finding:
    """检查结果: an organization that does not meet a rule, or of which nobody knows whether it does."""

    rule: Rule
    organization_id: int
    words: str
    remedy: Remedy
    # Ids, counts and days (20260302) from which it follows: a recorded reason holds as long as these are the same.
    facts: Mapping[str, int] = field(default_factory=dict, hash=False)
    # 情况不明: a fact is missing, so that nobody can say. It reminds, whatever the rule's strength.
    is_unknown: bool = False

    @property
    def strength(self) -> str:
        """block, warn or remind."""
        return REMIND if self.is_unknown else self.rule.strength


def as_number(day: date) -> int:
    """A day among the facts.

    >>> as_number(date(2026, 3, 2))
    20260302
    """
    return day.year * 10_000 + day.month * 100 + day.day


def in_words(day: date) -> str:
    """A day in a sentence.

    >>> in_words(date(2026, 3, 2))
    '2026年3月2日'
    """
    return f"{day.year}年{day.month}月{day.day}日"
