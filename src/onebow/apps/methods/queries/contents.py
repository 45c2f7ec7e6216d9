"""What a pack holds, arranged for a page."""

from dataclasses import dataclass
from typing import ClassVar

from onebow.apps.documents.official.trying import specimen
from onebow.apps.methods.queries.facts import Facts, facts_of_duty, facts_of_kind, facts_of_meeting, proof_word
from onebow.apps.methods.queries.shelf import shipped
from onebow.apps.methods.reading import Document, ItemKind, Pack, Requirement, Stage
from onebow.apps.plans.models import Category, Directive, PackDocument, Who
from onebow.apps.plans.models import Stage as StageRow
from onebow.apps.plans.queries.documents import template_for


@dataclass(frozen=True)
class KindBlock:
    """A kind of items with its requirements by place."""

    kind: ItemKind
    facts: Facts
    points: ClassVar[dict[str, str]] = dict(StageRow.Point.choices)
    places: tuple[tuple[Stage | None, tuple[tuple[str, str, str], ...]], ...]


@dataclass(frozen=True)
class Sheet:
    """A template of papers: what it is filled from, of which kinds, and what it looks like."""

    document: Document
    of: str
    kinds: tuple[str, ...]
    layout: str
    specimen: str


@dataclass(frozen=True)
class Contents:
    """All of a pack."""

    meetings: list[Facts]
    kinds: list[KindBlock]
    duties: list[Facts]
    lists: list[tuple[str, tuple[str, ...]]]
    documents: list[Sheet]


def contents_of(pack: Pack) -> Contents:
    """Arrange a pack."""
    return Contents(
        [facts_of_meeting(one) for one in pack.meeting_kinds],
        [_block(pack, one) for one in pack.item_kinds],
        [{**facts_of_duty(one), "佐证": _proofs(pack, one.proof)} for one in pack.duties],
        [(one.name, one.items) for one in pack.named_lists],
        [_sheet(pack, one) for one in pack.documents],
    )


def _sheet(pack: Pack, row: Document) -> Sheet:
    packs = (*(one.pack for one in shipped().values()), pack)
    names: dict[str, str] = {kind.key: kind.name for one in packs for kind in one.meeting_kinds}
    if row.of == PackDocument.Of.ITEM:
        names = {kind.key: kind.name for one in packs for kind in one.item_kinds}
    elif row.of == PackDocument.Of.DIRECTIVE:
        names = dict(Directive.Kind.choices)
    template = template_for(row.of, row.name, row.layout, row.text)
    kinds = tuple(names.get(word, word) for word in row.kinds)
    of, layout = PackDocument.Of(row.of).label, PackDocument.Layout(row.layout).label
    return Sheet(row, of, kinds, layout, specimen(template))


def _block(pack: Pack, kind: ItemKind) -> KindBlock:
    rows = pack.requirements_of(kind.key)
    places: list[Stage | None] = [None, *kind.stages]
    lines = [(one, tuple(_line(row) for row in rows if row.stage == (one.key if one else ""))) for one in places]
    return KindBlock(kind, facts_of_kind(kind, rows), tuple(line for line in lines if line[0] or line[1]))


def _line(row: Requirement) -> tuple[str, str, str]:
    return Category(row.category).label, row.text, Who(row.who).label if row.stage else ""


def _proofs(pack: Pack, words: tuple[str, ...]) -> tuple[str, ...]:
    """Kinds of meetings by name: those of the pack, and those of shipped ones."""
    packs = (*(one.pack for one in shipped().values()), pack)
    names = {kind.key: kind.name for one in packs for kind in one.meeting_kinds}
    return tuple(names.get(word) or proof_word(word) for word in words)
