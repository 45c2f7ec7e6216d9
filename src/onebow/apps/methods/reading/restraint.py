"""A pack brings nothing that counts use, presence, praise or place (see base/restraint.py)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from onebow.apps.base.restraint import offence_of
from onebow.apps.methods.reading.checking import Check, shortened
from onebow.apps.methods.reading.lines import Path

# A pack names these; what it quotes (requirements, lists) may speak of such things, to forbid them.
NAMING = ("meeting_kind", "item_kind", "duty", "named_list", "document")
Rows = Sequence[tuple[Path, Mapping[str, Any]]]


def check_restraint(check: Check, raw: Mapping[str, Any], sections: Mapping[str, Rows]) -> None:
    """A fault at the line of each offender."""
    for path, value in _named(raw, sections):
        if isinstance(value, str) and (what := offence_of(value)):
            check.fault(path, f"“{shortened(value)}”属于{what},本系统不收:工作看做了什么、有什么依据,不看使用痕迹")


def _named(raw: Mapping[str, Any], sections: Mapping[str, Rows]) -> Iterator[tuple[Path, Any]]:
    yield from (((name,), raw.get(name)) for name in ("key", "name"))
    for path, facts in (row for name in NAMING for row in sections[name]):
        yield from (((*path, name), facts.get(name)) for name in ("key", "name"))
        yield from (((*path, "proof", place), word) for place, word in enumerate(_list(facts.get("proof"))))
        for place, stage in enumerate(_list(facts.get("stages"))):
            if isinstance(stage, dict):
                yield from (((*path, "stages", place, name), stage.get(name)) for name in ("key", "name"))


def _list(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list) else ()
