"""The rule table (`rules.toml`): read once, validated, asked by id and day."""

import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

BLOCK, WARN, REMIND = "block", "warn", "remind"
STRENGTHS = (BLOCK, WARN, REMIND)
REGULATION, METHOD, PRODUCT = "regulation", "method", "product"
BASES = (REGULATION, METHOD, PRODUCT)
TABLE = Path(__file__).with_name("rules.toml")
Value = int | tuple[int, ...]


class TableError(ValueError):
    """The table is wrong; the text names line, rule and reason."""


@dataclass(frozen=True, slots=True)
class Rule:
    """规则: one demand of a regulation, with the numbers it is computed with."""

    id: str
    # What it is about, in a few signs.
    title: str
    source: str
    text: str
    strength: str
    effective_from: date
    verified: bool
    article: str = ""
    basis: str = REGULATION
    limit: str = ""
    values: Mapping[str, Value] = field(default_factory=dict, hash=False)

    @property
    def citation(self) -> str:
        """Source and article as they are cited.

        >>> rule("BR-SIZE-MAX", on=date(2026, 3, 2)).citation
        '《中国共产党支部工作条例(试行)》第四条'
        """
        if self.basis != REGULATION:
            return self.source
        return f"《{self.source}》{self.article}"

    @property
    def caveat(self) -> str:
        """What a reader must know of the citation; empty where it was compared with the text."""
        if self.basis == METHOD:
            return "工作方法,不是法规条款"
        if self.basis == PRODUCT:
            return "系统约定,不是法规条款"
        return "" if self.verified else "条款待核"

    def number(self, name: str) -> int:
        """A value that is one number."""
        value = self.values[name]
        if not isinstance(value, int):
            raise TypeError(f"{self.id}: {name} is not one number")
        return value

    def share(self, name: str) -> tuple[int, int]:
        """A value that is a share: numerator and denominator."""
        value = self.values[name]
        if isinstance(value, int) or len(value) != 2:
            raise TypeError(f"{self.id}: {name} is not a share")
        return value[0], value[1]


Rules = Mapping[str, Rule]
NEEDED = frozenset({"id", "title", "source", "text", "strength", "effective_from", "verified"})
KNOWN = frozenset(one.name for one in fields(Rule))
KINDS: dict[str, type] = {"effective_from": date, "verified": bool, "values": dict}


def rule(rule_id: str, *, on: date) -> Rule | None:
    """The version of a rule that is in force on a day; None where it is not in force yet.

    Raises:
        KeyError: no rule has this id on any day.
    """
    if all(one.id != rule_id for one in table()):
        raise KeyError(rule_id)
    return rules_on(on).get(rule_id)


def rules_on(day: date) -> Rules:
    """All rules in force on a day, by id, in the order of the table."""
    found: dict[str, Rule] = {}
    for one in table():
        known = found.get(one.id)
        if one.effective_from <= day and (known is None or known.effective_from < one.effective_from):
            found[one.id] = one
    return found


@cache
def table() -> tuple[Rule, ...]:
    """All versions of all rules, as the product carries them."""
    return parse(TABLE.read_text(encoding="utf-8"))


def parse(text: str) -> tuple[Rule, ...]:
    """Read a rule table.

    Args:
        text: TOML with an array of tables `rule`.
    Returns:
        The rules in the order of the file.
    Raises:
        TableError: no TOML, an unknown key, a field that is missing or of the wrong type, a number in the words
            that `values` lacks (or one that no word uses), or the same id twice from the same day on.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TableError(f"rules: {error}") from error
    if unknown := raw.keys() - {"rule"}:
        raise TableError(f"rules: unknown table {sorted(unknown)[0]!r}")
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() == "[[rule]]"]
    seen: set[tuple[str, date]] = set()
    found = []
    for line, row in zip(lines, raw.get("rule", []), strict=True):
        one = _rule(row, f"line {line} ({row.get('id', 'no id')})")
        if (one.id, one.effective_from) in seen:
            raise TableError(f"line {line} ({one.id}): the same id twice from {one.effective_from} on")
        seen.add((one.id, one.effective_from))
        found.append(one)
    return tuple(found)


def _rule(row: dict[str, Any], where: str) -> Rule:
    if unknown := row.keys() - KNOWN:
        raise TableError(f"{where}: unknown key {sorted(unknown)[0]!r}")
    if missing := NEEDED - row.keys():
        raise TableError(f"{where}: {sorted(missing)[0]!r} is missing")
    for name, value in row.items():
        if not isinstance(value, KINDS.get(name, str)):
            raise TableError(f"{where}: {name!r} is no {KINDS.get(name, str).__name__}")
    values = {name: _value(name, value, where) for name, value in row.get("values", {}).items()}
    one = Rule(**{**row, "values": values})
    _check_words(one, where)
    if one.strength not in STRENGTHS:
        raise TableError(f"{where}: strength {one.strength!r} is none of {', '.join(STRENGTHS)}")
    if one.basis not in BASES:
        raise TableError(f"{where}: basis {one.basis!r} is none of {', '.join(BASES)}")
    if one.verified and (one.basis != REGULATION or not one.article):
        raise TableError(f"{where}: verified, but it names no article of a regulation")
    return Rule(**{**row, "values": values, "text": one.text.format(**values), "limit": one.limit.format(**values)})


def _value(name: str, value: Any, where: str) -> Value:
    if type(value) is int and value >= 0:
        return value
    if isinstance(value, list) and value and all(type(part) is int and part >= 0 for part in value):
        return tuple(value)
    raise TableError(f"{where}: value {name!r} is neither a number nor a list of numbers, none below 0")


def _check_words(one: Rule, where: str) -> None:
    """Every number in the words is a value, and every value is told in words."""
    told = {
        name.split("[")[0] for words in (one.text, one.limit) for _, name, *_ in string.Formatter().parse(words) if name
    }
    if strange := told - one.values.keys():
        raise TableError(f"{where}: the words name {sorted(strange)[0]!r}, which is no value")
    if silent := one.values.keys() - told:
        raise TableError(f"{where}: no word tells the value {sorted(silent)[0]!r}")
