"""Rules of the table in the words of a refusal."""

from datetime import date

from onebow.cores.regulations.table import Rule, rule


def ground(rule_id: str, on: date) -> str:
    """Where a refusal comes from, in brackets; empty on days before the rule.

    >>> ground("BR-TEMP-LIMITS", date(2026, 3, 2))
    '(《中国共产党支部工作条例(试行)》第八条)'
    """
    found = rule(rule_id, on=on)
    return f"({found.citation})" if found else ""


def number_of(rule_id: str, name: str, on: date) -> int:
    """A number of a rule; on days before it the first one known, so that old letters are told by a rule too."""
    found = rule(rule_id, on=on) or _first(rule_id)
    return found.number(name)


def _first(rule_id: str) -> Rule:
    found = rule(rule_id, on=date.max)
    if found is None:
        raise KeyError(rule_id)
    return found
