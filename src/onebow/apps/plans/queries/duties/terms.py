"""Duties with the terms in force on a day, in words."""

from dataclasses import dataclass
from datetime import date

from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.models import Cadence, Duty
from onebow.apps.plans.queries.duties.lists import duties_for
from onebow.apps.plans.queries.duties.telling import basis_of, cadence_words, kind_words, proposed_words


@dataclass(frozen=True)
class Term:
    """A cadence in words, and whether it is in force, gone by or to come."""

    cadence: Cadence
    words: str
    proposed: str
    standing: str


@dataclass(frozen=True)
class Told:
    """A duty as lists show it."""

    duty: Duty
    words: str
    kinds: str

    @property
    def name(self) -> str:
        """What it is searched by."""
        return self.duty.name


def duties_on(reach: Reach, on: date) -> list[Told]:
    """The duties of a day that the user may read, with their terms of the day: two statements."""
    rows = duties_for(reach).on(on).select_related("scope").prefetch_related("cadences").order_by("order", "pk")
    return [Told(row, _words_on(row, on), kind_words(row.kinds)) for row in rows]


def terms_of_duty(duty: Duty, on: date) -> list[Term]:
    """All terms of a duty, the latest first."""
    rows = duty.cadences.select_related("made_by").order_by("-starts_on")
    return [
        Term(row, cadence_words(row, duty.measure), proposed_words(row.proposed), _standing(row, on)) for row in rows
    ]


def grounds_of(duty: Duty, on: date) -> list[object]:
    """On what it rests."""
    return list(basis_of(duty.basis, on))


def _words_on(duty: Duty, on: date) -> str:
    held = [row for row in duty.cadences.all() if _standing(row, on) == "现行"]
    coming = [row for row in duty.cadences.all() if _standing(row, on) == "待执行"]
    if held:
        return cadence_words(held[0], duty.measure)
    return f"{cadence_words(coming[0], duty.measure)}(未开始)" if coming else "未定"


def _standing(row: Cadence, on: date) -> str:
    if row.starts_on is not None and row.starts_on > on:
        return "待执行"
    return "已结束" if row.ends_on is not None and row.ends_on <= on else "现行"
