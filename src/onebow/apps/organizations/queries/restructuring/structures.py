"""What a comparison of two structures holds: plain values, known to those who draw and print."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Share:
    """The members of a branch who work in a section, or sit in an office; id 0: nobody knows where."""

    id: int
    name: str
    members: int


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch of one structure; or (`is_branch` false) what holds members without being one."""

    id: int
    name: str
    kind_label: str = ""
    is_branch: bool = True
    # The general branch over it; empty and 0 where it stands under the committee.
    above: str = ""
    above_id: int = 0
    members: int = 0
    full: int = 0
    # Most members first.
    sections: tuple[Share, ...] = ()
    offices: tuple[Share, ...] = ()
    secretary: str = ""
    # 指定(待选举), not yet elected.
    is_provisional: bool = False
    # 一肩挑: the secretary heads one of the sections.
    heads_section: bool = False

    @property
    def probationary(self) -> int:
        """Members who are not yet full members."""
        return self.members - self.full

    @property
    def section_count(self) -> int:
        """How many sections its members are known to work in."""
        return sum(1 for share in self.sections if share.id)

    @property
    def office_count(self) -> int:
        """How many offices its members are known to sit in."""
        return sum(1 for share in self.offices if share.id)


@dataclass(frozen=True, slots=True)
class Limits:
    """What the rule table says of a branch's size; None where no rule is in force."""

    least_full: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """A structure in numbers; averages and extremes are None where there is no branch."""

    branches: int
    generals: int
    members: int
    full: int
    # Members who are in no branch.
    outside: int
    average: Decimal | None
    smallest: int | None
    largest: int | None
    median: Decimal | None
    # Branches with too few full members, with too many members; None where no rule says how many that is.
    too_small: int | None
    too_large: int | None
    over_sections: int
    over_offices: int
    # Sections that have members; all of whose are in a branch; that have one to themselves; spread over several.
    sections: int
    covered: int
    own: int
    spread: int
    secretaries: int
    heads: int

    @property
    def probationary(self) -> int:
        """Members who are not yet full members."""
        return self.members - self.full


@dataclass(frozen=True, slots=True)
class Structure:
    """One of the two structures: its branches in their order, what else holds members last."""

    branches: tuple[Branch, ...]
    figures: Figures

    @property
    def by_id(self) -> dict[int, Branch]:
        """Branches by id."""
        return {branch.id: branch for branch in self.branches}


@dataclass(frozen=True, slots=True)
class Flow:
    """Members who come from one branch of today into one of the plan; `stays`: the one goes on as the other."""

    before: int
    after: int
    members: int
    stays: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """A plan beside the structure from which it was made."""

    name: str
    facts_on: date
    effective_on: date
    before: Structure
    after: Structure
    flows: tuple[Flow, ...] = ()
    # All offices and sections, most members first.
    offices: tuple[Share, ...] = ()
    sections: tuple[Share, ...] = ()
    limits: Limits = field(default_factory=Limits)

    @property
    def moving(self) -> int:
        """Members who change their branch."""
        return sum(flow.members for flow in self.flows if not flow.stays)

    @property
    def staying(self) -> int:
        """Members whose branch goes on with them."""
        return sum(flow.members for flow in self.flows if flow.stays)
