"""Branches by months: how many members have a base, and how many have none."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from onebow.apps.affairs.months import month_of
from onebow.apps.affairs.queries.dues.roll import Roll, roll_of, with_bases
from onebow.apps.organizations.models import Organization


@dataclass(frozen=True)
class Cell:
    """A branch in a month: members, and those of them without a base."""

    month: date
    members: int
    missing: int

    @property
    def known(self) -> int:
        """With a base, or paid elsewhere."""
        return self.members - self.missing

    @property
    def colour(self) -> str:
        """warn where a base is missing, ok where none is."""
        return "warn" if self.missing else "ok" if self.members else ""


def matrix_of(branches: Iterable[Organization], year: int, today: date) -> dict[int, list[Cell | None]]:
    """The months of a year by branch; None for months ahead, and those in which the branch did not stand."""
    shown = list(branches)
    now = month_of(today)
    months = [date(year, number, 1) for number in range(1, 13)]
    roll = with_bases(roll_of(shown, months[0], months[-1]), months[0])
    return {
        one.pk: [_cell(roll, one, month) if month <= now and _stood(one, month) else None for month in months]
        for one in shown
    }


def _cell(roll: Roll, branch: Organization, month: date) -> Cell:
    payers = roll.payers(branch.pk, month)
    missing = sum(not one.elsewhere and not roll.has_base(one.person_id, month) for one in payers)
    return Cell(month, len(payers), missing)


def _stood(branch: Organization, month: date) -> bool:
    began = branch.starts_on is None or month_of(branch.starts_on) <= month
    return began and (branch.ends_on is None or branch.ends_on > month)
