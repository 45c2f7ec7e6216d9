"""Reading packs of the format `onebow.pack/1`: text in, a pack or all its faults out; no database."""

from onebow.apps.methods.reading.faults import BadPack, Fault
from onebow.apps.methods.reading.packs import (
    Document,
    Duty,
    ItemKind,
    MeetingKind,
    NamedList,
    Pack,
    Requirement,
    Stage,
)
from onebow.apps.methods.reading.reader import NOTHING_KNOWN, Known, read_pack
from onebow.apps.methods.reading.writing import write_pack

__all__ = [
    "NOTHING_KNOWN",
    "BadPack",
    "Document",
    "Duty",
    "Fault",
    "ItemKind",
    "Known",
    "MeetingKind",
    "NamedList",
    "Pack",
    "Requirement",
    "Stage",
    "read_pack",
    "write_pack",
]
