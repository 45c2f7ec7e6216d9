"""The criteria as the office words them, and who controls which level: the nearest list that holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.counting import counting_on
from onebow.apps.plans.models import RiskLevel, RiskList
from onebow.apps.plans.queries.scopes import said_for

Level = RiskLevel.Level


@dataclass(frozen=True)
class Words:
    """What is said for an organization on a day; an empty text of a criterion: the office has not named it yet."""

    criteria: tuple[str, ...]
    controls: tuple[str, ...] = ()

    @property
    def is_named(self) -> bool:
        """Whether the office filled the criteria in."""
        return all(self.criteria)

    @property
    def choices(self) -> list[tuple[int, str]]:
        """Numbers and words, to be ticked."""
        return [(number, text or f"标准 {number}") for number, text in enumerate(self.criteria, 1)]

    def said(self, held: Iterable[int]) -> list[str]:
        """The words of some criteria."""
        told = dict(self.choices)
        return [told[number] for number in sorted(held) if number in told]

    def controller(self, level: str) -> str:
        """Who controls risks of a level; empty where nothing is said."""
        place = list(Level.values).index(level) if level in Level.values else -1
        return self.controls[place] if 0 <= place < len(self.controls) else ""


def words_for(organization: Organization | None, on: date) -> Words:
    """What holds for an organization, or (None) nothing but the number of criteria."""
    rows = said_for(RiskList.objects.on(on), organization, on) if organization else []
    nearest: dict[str, list[str]] = {}
    for row in rows:
        nearest.setdefault(row.key, row.items)
    blank = [""] * counting_on(on).number("criteria")
    criteria = nearest.get(RiskList.Key.CRITERIA, blank)
    return Words(tuple(criteria), tuple(nearest.get(RiskList.Key.CONTROLS, ())))


def place_of(reach: Reach) -> Organization | None:
    """The first organization that the user keeps or leads, whose words a list of many shows."""
    paths = (*reach.managed, *reach.led)
    if paths:
        return Organization.objects.filter(path=paths[0]).first()
    return reach.standing[0].organization if reach.standing else None
