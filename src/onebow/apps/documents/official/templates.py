"""A template file: head, fields and body."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from onebow.apps.documents.official.blocks import Column

FORMAT = "onebow.paper/1"
LAYOUTS = ("official", "plain", "sheet", "ballot")
DIRECTIONS = ("up", "down", "level", "none")
TYPES = ("text", "number", "date", "share", "flag", "list", "table", "picture")


@dataclass(frozen=True)
class Field:
    """What a template asks for under one name; columns are those of a table."""

    name: str
    label: str
    type: str
    required: bool = True
    columns: tuple[Column, ...] = ()
    numbers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Template:
    """公文模板: one file of papers."""

    key: str
    name: str
    layout: str
    direction: str
    fields: Mapping[str, Field]
    body: str
    # The line of the file on which the body begins.
    body_line: int = 1


def read(source: str) -> Template:
    """A template from the text of its file, which has passed the check."""
    raw = tomllib.loads(source)
    fields = {name: _field(name, facts) for name, facts in raw["fields"].items()}
    return Template(
        raw["key"], raw["name"], raw["layout"], raw["direction"], fields, raw["body"]["text"], body_line(source)
    )


def body_line(source: str) -> int:
    """The line of a file (from 1) on which its body begins: the one after the opening quotes."""
    for number, line in enumerate(source.splitlines(), 1):
        if line.replace(" ", "") in ("text='''", 'text="""'):
            return number + 1
    return 1


def _field(name: str, facts: Mapping[str, Any]) -> Field:
    columns = facts.get("columns", {})
    return Field(
        name,
        facts["label"],
        facts["type"],
        facts.get("required", True),
        tuple(_column(key, column) for key, column in columns.items()),
        frozenset(key for key, column in columns.items() if column.get("number")),
    )


def _column(name: str, facts: Mapping[str, Any]) -> Column:
    return Column(name, facts["label"], facts.get("width", 6), facts.get("box", False), facts.get("left", False))
