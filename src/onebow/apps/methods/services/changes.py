"""What applying a pack changes, row by row: the state before beside the state after, and what the pack wanted."""

from collections.abc import Mapping
from dataclasses import dataclass

from onebow.apps.methods.queries.facts import Facts, summary
from onebow.apps.methods.queries.state import SORTS, Id, Said
from onebow.apps.methods.reading import Pack

ADDED, CHANGED, SAME, KEPT, ENDED = "added", "changed", "same", "kept", "ended"
FATES = {ADDED: "新增", CHANGED: "变更", ENDED: "停用", KEPT: "保留本单位设置", SAME: "不变"}
State = Mapping[Id, Said]


@dataclass(frozen=True)
class Difference:
    """What a row said under a label, and says now: the lines that go and those that come."""

    label: str
    gone: tuple[str, ...]
    come: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """The fate of one row. Of a kept one, `differences` are what the office says and what the pack would."""

    sort: str
    key: str
    name: str
    fate: str
    differences: tuple[Difference, ...] = ()
    notes: tuple[str, ...] = ()
    # What it is, in a line; of a row that comes.
    summary: str = ""

    @property
    def sort_label(self) -> str:
        """The sort in Chinese."""
        return SORTS[self.sort]

    @property
    def fate_label(self) -> str:
        """The fate in Chinese."""
        return FATES[self.fate]


@dataclass(frozen=True)
class PackChanges:
    """What applying one pack does."""

    pack: Pack
    rows: tuple[Change, ...]

    def count(self, *fates: str) -> int:
        """How many rows meet with these fates."""
        return sum(row.fate in fates for row in self.rows)

    @property
    def moves(self) -> bool:
        """Whether anything is written."""
        return self.count(ADDED, CHANGED, ENDED) > 0


def changes_between(before: State, after: State, wanted: State, pack: Pack) -> PackChanges:
    """The fate of each row that the pack wants, then of those that it leaves out."""
    rows = [_fate(before.get(id_), after[id_], said) for id_, said in wanted.items()]
    left = [said for id_, said in before.items() if said.pack == pack.key and id_ not in wanted]
    ended = [_left_out(said, after.get(said.id)) for said in left]
    return PackChanges(pack, (*rows, *ended))


def _fate(before: Said | None, after: Said, wanted: Said) -> Change:
    kept = differences(after.facts, wanted.facts)
    notes = _notes(before, after, kept)
    row = (after.sort, after.key, wanted.name)
    if before is None:
        return Change(*row, ADDED, notes=notes, summary=summary(after.sort, after.facts))
    if moved := differences(before.facts, after.facts):
        return Change(*row, CHANGED, moved, notes)
    return Change(*row, KEPT, kept, notes) if kept else Change(*row, SAME, notes=notes)


def _notes(before: Said | None, after: Said, kept: tuple[Difference, ...]) -> tuple[str, ...]:
    lost = (before.own if before else 0) - after.own
    return tuple(
        text
        for text, said in (
            (f"保留本单位增加的要求 {after.own} 条", after.own > 0),
            (f"本单位增加的要求 {lost} 条所在的阶段已停用,随之停用", lost > 0),
            (f"保留本单位的设置:{'、'.join(one.label for one in kept)}", bool(kept)),
        )
        if said
    )


def _left_out(before: Said, after: Said | None) -> Change:
    """Not in this version: ended, or kept since the office filled it in."""
    row = (before.sort, before.key, before.name)
    if after is None:
        return Change(*row, ENDED)
    return Change(*row, KEPT, notes=("新版本没有这一项,本单位已填写,予以保留",))


def differences(before: Facts, after: Facts) -> tuple[Difference, ...]:
    """What the two say otherwise."""
    return tuple(
        Difference(
            label,
            tuple(line for line in before.get(label, ()) if line not in lines),
            tuple(line for line in lines if line not in before.get(label, ())),
        )
        for label, lines in after.items()
        if before.get(label, ()) != lines
    )
