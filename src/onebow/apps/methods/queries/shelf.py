"""The packs that the product ships, each a file in `onebow/packs`."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.kinds import BY_KEY
from onebow.apps.methods.reading import Known, Pack, read_pack
from onebow.apps.plans.models import Directive
from onebow.cores.regulations.table import table

FOLDER = Path(__file__).resolve().parents[3] / "packs"


@dataclass(frozen=True)
class PackText:
    """A pack with the text that it was read from."""

    pack: Pack
    text: str

    @property
    def digest(self) -> str:
        """SHA-256 of the text."""
        return sha256(self.text.encode()).hexdigest()


@cache
def shipped() -> dict[str, PackText]:
    """All shipped packs by key; those that others stand on come first."""
    found = [text_of(text) for text in _texts()]
    return {one.pack.key: one for one in sorted(found, key=lambda one: (bool(one.pack.requires), one.pack.key))}


def text_of(text: str) -> PackText:
    """A pack from its text.

    Raises:
        BadPack: all that is wrong with it.
    """
    return PackText(read_pack(text, known()), text)


def shipped_pack(key: str) -> PackText:
    """A shipped pack.

    Raises:
        Refused: there is none of this key.
    """
    if key not in shipped():
        raise Refused(f"没有编号为“{key[:40]}”的自带工作法。可用:{'、'.join(shipped())}。")
    return shipped()[key]


def file_text(path: Path) -> str:
    """The text of a pack's file.

    Raises:
        Refused: it cannot be read.
    """
    try:
        return decoded(path.read_bytes())
    except OSError as error:
        raise Refused(f"工作法文件 {path} 读不出来:{error.strerror}。") from error


def decoded(data: bytes) -> str:
    """The text of a file that was handed in.

    Raises:
        Refused: it is no text.
    """
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise Refused("文件不是 UTF-8 编码的文字。请用文本编辑器另存为 UTF-8。") from error


@cache
def known() -> Known:
    """What a pack may refer to: shipped packs, kinds of meetings of these and kinds of entries, rules."""
    raw = [tomllib.loads(text) for text in _texts()]
    meetings = {kind["key"] for one in raw for kind in one.get("meeting_kind", ())}
    rules = frozenset(one.id for one in table())
    items = {kind["key"] for one in raw for kind in one.get("item_kind", ())}
    kinds = {"meeting": meetings, "item": items, "directive": set(Directive.Kind.values)}
    return Known(frozenset(one["key"] for one in raw), frozenset({*meetings, *BY_KEY}), rules, kinds)


@cache
def _texts() -> Sequence[str]:
    return [file.read_text(encoding="utf-8") for file in sorted(FOLDER.glob("*.toml"))]
