"""Blank lines between blocks as the standard has them, and what must stay together; done once for both writers."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from onebow.apps.documents.official.blocks import Attachments, Block, Gap, Head, Paragraph, Signature

TITLES = ("title", "subtitle")


def spaced(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with gaps: two lines below the red line (7.3.1), one below the title, one above what ends it."""
    return list(_spaced(blocks))


def _spaced(blocks: Sequence[Block]) -> Iterator[Block]:
    for number, block in enumerate(blocks):
        after = blocks[number + 1] if number + 1 < len(blocks) else None
        if isinstance(block, Attachments | Signature):
            yield Gap(1)
        if isinstance(block, Paragraph) and isinstance(after, Signature | Attachments):
            block = replace(block, is_kept=True)
        yield block
        if isinstance(block, Head):
            yield Gap(2)
        elif _is_title(block) and after is not None and not _is_title(after):
            yield Gap(1)


def _is_title(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.style in TITLES
