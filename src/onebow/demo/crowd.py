"""The people of a section: names, ages, Party standing, titles."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from onebow.demo import names
from onebow.demo.days import years_before
from onebow.demo.facts import Human

FULL, PROBATIONARY = "full_member", "probationary_member"
# Of those who are no members: 5 in 100 candidates and so on; the rest are 群众.
LAY = (("activist", 0.08), ("applicant", 0.14), ("candidate", 0.16), ("other_party", 0.18))
LEAGUE_UNTIL = 28


@dataclass
class Crowd:
    """Makes people one after the other from a seed; the same seed makes the same people."""

    random: Random
    today: date
    people: list[Human] = field(default_factory=list)
    _number: Callable[[date, bool], str] = field(init=False)

    def __post_init__(self) -> None:
        self._number = names.numbers(self.random)

    def add(self, ages: tuple[int, int], standing: str) -> Human:
        """A person of an age in the range; an empty standing is drawn among those of people outside the Party."""
        age = self.random.randint(*ages)
        born_on = years_before(self.today, age) - timedelta(days=self.random.randrange(1, 360))
        female = self.random.random() < 0.46
        key = len(self.people)
        joined_on, full_on = self._admission(born_on, standing)
        person = Human(
            key=key,
            name=names.name_of(self.random, female=female),
            sex="female" if female else "male",
            id_number=self._number(born_on, female),
            phone=names.phone_of(key),
            born_on=born_on,
            standing=standing or self._lay_standing(age),
            joined_on=joined_on,
            full_on=full_on,
        )
        self.people.append(person)
        return person

    def entry_day(self, person: Human, earliest: date, latest: date) -> date:
        """When the person came to the bureau: from 22 years of age on."""
        first = max(earliest, years_before(person.born_on, -22))
        span = max(1, (latest - first).days)
        return first + timedelta(days=self.random.randrange(span))

    def _admission(self, born_on: date, standing: str) -> tuple[date | None, date | None]:
        if standing == PROBATIONARY:
            return self.today - timedelta(days=self.random.randrange(40, 330)), None
        if standing != FULL:
            return None, None
        first, last = years_before(born_on, -20), min(years_before(born_on, -38), years_before(self.today, 2))
        joined_on = first + timedelta(days=self.random.randrange(max(1, (last - first).days)))
        # The probation lasts a year; the branch meets some days after it is over.
        return joined_on, years_before(joined_on, -1) + timedelta(days=self.random.randrange(1, 20))

    def _lay_standing(self, age: int) -> str:
        if age < LEAGUE_UNTIL and self.random.random() < 0.7:
            return "league_member"
        drawn = self.random.random()
        return next((standing for standing, share in LAY if drawn < share), "masses")


def standings(count: int, members: int, *, head_is_member: bool, probationary: bool) -> Iterator[str]:
    """The standing of each of a section's people in order: the head first, one probationary member at most."""
    left = members
    if not head_is_member:
        yield ""
        count -= 1
    for index in range(count):
        if index < left:
            yield PROBATIONARY if probationary and index == left - 1 else FULL
        else:
            yield ""


def shares(total: int, weights: list[int]) -> list[int]:
    """Whole parts of a total in proportion to weights, by largest remainder.

    >>> shares(10, [1, 1, 1])
    [4, 3, 3]
    """
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda index: (-(total * weights[index] % whole), index))
    for index in order[: total - sum(parts)]:
        parts[index] += 1
    return parts
