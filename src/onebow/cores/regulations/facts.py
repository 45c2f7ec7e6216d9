"""What the checks on the structure look at: organizations of one day as plain facts.

Kinds and roles are the words of the product's tables. A fact that nobody registered is None, never 0.
"""

from dataclasses import dataclass
from datetime import date

BRANCH, JOINT, TEMPORARY = "branch", "joint_branch", "temporary_branch"
GENERAL = "general_branch"
PARTY_COMMITTEE, ORGAN_COMMITTEE = "party_committee", "organ_committee"
# Branches with members, secretary and term of their own; a temporary branch has its leaders appointed.
LASTING_BRANCHES = frozenset({BRANCH, JOINT})
BRANCHES = LASTING_BRANCHES | {TEMPORARY}
COMMITTEES = frozenset({PARTY_COMMITTEE, ORGAN_COMMITTEE})
# What stands above branches, has no members of its own and elects for a term.
UPPER = COMMITTEES | {GENERAL}
SECRETARY = "secretary"


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody in a post, as a Party member on the day."""

    person_id: int
    role: str
    is_full: bool
    # The first and the last day on which the person may have become a full member: they differ where only the month
    # or the year is known. None: the date is not registered.
    full_between: tuple[date, date] | None = None
    # Named until an election: heads the organization, and is no member of a committee that nobody elected.
    is_provisional: bool = False


@dataclass(frozen=True, slots=True)
class PartyBody:
    """A Party organization on the day."""

    id: int
    kind: str
    # Members directly in it, its groups included.
    full: int = 0
    probationary: int = 0
    # Of the full ones: those without a conversion date, asked about a day gone by, when they may not have been full.
    undated: int = 0
    # Members in it and in all below it.
    members: int = 0
    # The secretary and the other members of its committee.
    posts: tuple[Holder, ...] = ()
    term_ends_on: date | None = None
    # Whether it is the Party organization of a unit, an enterprise, a village or a community.
    is_of_unit: bool = False
    # A paper that lets it stand at its level with fewer members, and the day of one that lets it extend its term.
    has_level_paper: bool = False
    extended_on: date | None = None
    sections: int = 0
    # Units that it covers; None where no link says which.
    units: int | None = None
    # Office areas in which its members sit, and how many members sit nobody knows where.
    offices: int = 0
    seatless: int = 0

    @property
    def secretary(self) -> Holder | None:
        """The secretary, if one is registered."""
        return next((post for post in self.posts if post.role == SECRETARY), None)

    @property
    def committee(self) -> int:
        """How many people hold its Party posts, without who is named until an election."""
        return len({post.person_id for post in self.posts if not post.is_provisional})


@dataclass(frozen=True, slots=True)
class Workplace:
    """An administrative organization on the day: a unit, a department, a section, an enterprise."""

    id: int
    # Whether people work here and nothing lies below: a section or a department that a branch is expected to cover.
    is_section: bool = False
    # Whether it is a unit, an enterprise, a village or a community, which has a Party organization of its own.
    is_unit: bool = False
    # Full members who work in it and whose Party relation is not elsewhere; without units below it.
    full: int = 0
    undated: int = 0
    has_organization: bool = False
    # Names of the branches that cover it, directly or with what stands above it.
    covered_by: tuple[str, ...] = ()
    head: Holder | None = None
    # Whether the head is secretary of one of these branches.
    head_is_secretary: bool = False
    # Members who work here and belong to no Party organization, here or elsewhere.
    branchless: int = 0
    # Whether it is a service chain; Party groups that serve it, pioneer posts held in it, and a branch that covers it.
    is_chain: bool = False
    groups: int = 0
    pioneers: int = 0
    branch: int | None = None


def months_after(day: date, months: int) -> date:
    """The corresponding day that many months later (earlier, if negative), or the month's end.

    Source:
        Civil Code art. 202.

    >>> months_after(date(2024, 8, 31), 6), months_after(date(2024, 2, 29), -12)
    (datetime.date(2025, 2, 28), datetime.date(2023, 2, 28))
    """
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(years + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - date.resolution).day
    return date(years, month + 1, min(day.day, last))
