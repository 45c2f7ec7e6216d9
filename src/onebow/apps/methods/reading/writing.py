"""A pack as the text of its file."""

import json
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from decimal import Decimal
from typing import Any

from onebow.apps.methods.reading.packs import FORMAT, Pack
from onebow.apps.methods.reading.words import HEAD, SECTIONS


def write_pack(pack: Pack) -> str:
    """The text that reads back as this pack; what is as usual is left out."""
    head = [f"format = {spelled(FORMAT)}"]
    head += [f"{name} = {spelled(getattr(pack, name))}" for name in HEAD if name != "format" and _said(pack, name)]
    tables = [
        "\n".join([f"[[{name}]]", *_items(row)])
        for name, section in SECTIONS.items()
        for row in getattr(pack, section.field)
    ]
    return "\n\n".join(["\n".join(head), *tables]) + "\n"


def spelled(value: Any) -> str:
    """A value in TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, tuple):
        return f"[{', '.join(spelled(one) for one in value)}]"
    if is_dataclass(value):
        return f"{{ {', '.join(item for item in _items(value))} }}"
    if isinstance(value, str) and "\n" in value and "'''" not in value and not value.endswith("'"):
        return f"'''\n{value}'''"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _items(row: Any) -> Iterator[str]:
    for one in fields(row):
        if getattr(row, one.name) != _usual(one):
            yield f"{one.name} = {spelled(getattr(row, one.name))}"


def _said(pack: Pack, name: str) -> bool:
    usual = {one.name: _usual(one) for one in fields(pack)}
    return bool(getattr(pack, name) != usual[name])


def _usual(one: Field[Any]) -> Any:
    return None if one.default is MISSING else one.default
