"""What the papers of an election share: who is named, what the rules say, and what is left to be written in."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from onebow.apps.organizations.models import Approval, Election, Office, Organization, Person
from onebow.apps.organizations.queries.elections.standing import Standing
from onebow.cores.regulations.table import rules_on


@dataclass(frozen=True)
class Draft:
    """An election as its papers see it."""

    election: Election
    standing: Standing
    today: date

    @property
    def superior(self) -> str:
        """The Party organization that approves."""
        return self.election.superior.name if self.election.superior else ask("上级党组织")

    @property
    def is_general(self) -> bool:
        """Whether a general branch elects."""
        return self.election.organization.kind == Organization.Kind.GENERAL_BRANCH

    @property
    def has_committee(self) -> bool:
        """Whether members of a committee are elected."""
        return bool(self.election.seats)

    @property
    def seats(self) -> int:
        """Seats of the committee; without one, of secretary and deputies."""
        return self.election.seats or self.election.secretaries + self.election.deputies

    @property
    def leader_seats(self) -> list[tuple[str, int]]:
        """How many secretaries and deputies, those that are elected at all."""
        rows = ((Office.SECRETARY, self.election.secretaries), (Office.DEPUTY, self.election.deputies))
        return [(str(office.label), count) for office, count in rows if count]

    @cached_property
    def candidates(self) -> dict[int, Person]:
        """All who stand, by id, in the order of strokes."""
        return {row.person_id: row.person for row in self.standing.candidates}

    def names(self, office: str) -> list[str]:
        """Who stands for an office, in the order of strokes."""
        return [row.person.name for row in self.standing.candidates if row.office == office]


def ask(what: str) -> str:
    """A place that is filled in by hand: the product does not know it and invents nothing."""
    return f"（请填写{what}）"


def general(draft: Draft) -> dict[str, Any]:
    """What nearly every paper asks for."""
    return {"is_general": draft.is_general, "has_committee": draft.has_committee}


def basis(on: date, *rule_ids: str) -> list[str]:
    """Citations of the rules of the day, as papers write them."""
    articles: dict[str, list[str]] = {}
    for rule_id in rule_ids:
        if one := rules_on(on).get(rule_id):
            known = articles.setdefault(one.source, [])
            known += [article for article in one.article.split("、") if article not in known]
    return [full_width(f"《{source}》{'、'.join(found)}") for source, found in articles.items()]


def month(value: date | None, precision: str) -> str:
    """A date as lists of people write it: year and month; the year alone where no more is known."""
    if value is None:
        return ""
    return f"{value.year}年" + ("" if precision == Person.Precision.YEAR else f"{value.month}月")


def full_width(text: str) -> str:
    """Papers have full-width brackets; the pages of the product do not."""
    return text.replace("(", "（").replace(")", "）")


def shares(on: date) -> dict[str, tuple[int, int]]:
    """The shares of the rules of the day: surplus over the seats, quorum, majority."""
    rules = rules_on(on)
    part, whole = rules["ELEC-SURPLUS"].share("candidates_at_least")
    return {
        "surplus": (part - whole, whole),
        "quorum": rules["ELEC-QUORUM"].share("present_at_least"),
        "majority": rules["ELEC-WIN"].share("yes_more_than"),
    }


def named(approval: Approval | None) -> dict[str, str]:
    """The number of a reply, where it has one."""
    return {"number": approval.document_number} if approval and approval.document_number else {}
