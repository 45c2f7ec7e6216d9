"""The checks on the structure: facts of a day in, findings out."""

from collections.abc import Iterable, Iterator
from datetime import date

from onebow.cores.regulations import party, workplaces
from onebow.cores.regulations.facts import PartyBody, Workplace
from onebow.cores.regulations.findings import Finding
from onebow.cores.regulations.table import Rules

CHECKED = tuple(dict.fromkeys([rule_id for rule_id, *_ in (*party.CHECKS, *workplaces.CHECKS)]))


def findings_on(
    bodies: Iterable[PartyBody], places: Iterable[Workplace], rules: Rules, *, on: date
) -> Iterator[Finding]:
    """Hold organizations against the rules of a day.

    Args:
        bodies: Party organizations as they were on the day.
        places: administrative organizations as they were on the day.
        rules: the rules in force on the day, by id (`table.rules_on`); a check whose rule is missing is not made.
        on: the day.
    Returns:
        At most one finding for each rule and organization, in the order in which the organizations came.
    Source:
        rules.toml, with the articles.

    >>> from onebow.cores.regulations.table import rules_on
    >>> day = date(2026, 3, 2)
    >>> [found] = findings_on([], [Workplace(7, is_section=True)], rules_on(day), on=day)
    >>> found.rule.id, found.organization_id, found.words
    ('M5-SECTION-COVERED', 7, '没有支部覆盖本科室')
    """
    for body in bodies:
        for rule_id, kinds, check in party.CHECKS:
            if body.kind in kinds and (rule := rules.get(rule_id)) and (found := check(body, rule, on)):
                yield found
    for place in places:
        for rule_id, look in workplaces.CHECKS:
            if (rule := rules.get(rule_id)) and (found := look(place, rule, on)):
                yield found
