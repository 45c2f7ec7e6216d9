"""支部设置: who belongs to which branch, proved best; the format onebow.structure/1."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from onebow.cores.structure.breaches import Breach
from onebow.cores.structure.cells import Cell, cells_of
from onebow.cores.structure.faults import BadInput, Fault
from onebow.cores.structure.pricing import Parts, Price, price
from onebow.cores.structure.problem import Body, Office, Parameters, Person, Problem, Section, Weights
from onebow.cores.structure.reading import read
from onebow.cores.structure.solution import Branch, Move, Reason, Solution, Unserved, write

if TYPE_CHECKING:
    from onebow.cores.structure.labels import best_labels
    from onebow.cores.structure.solving import solve

__all__ = [
    "BadInput",
    "Body",
    "Branch",
    "Breach",
    "Cell",
    "Fault",
    "Move",
    "Office",
    "Parameters",
    "Parts",
    "Person",
    "Price",
    "Problem",
    "Reason",
    "Section",
    "Solution",
    "Unserved",
    "Weights",
    "best_labels",
    "cells_of",
    "price",
    "read",
    "solve",
    "write",
]
# Behind these stand the solvers, which take longer to load than all our pages; who only prices needs none of them.
_SOLVERS = {"best_labels": "labels", "solve": "solving"}


def __getattr__(name: str) -> Any:
    if name not in _SOLVERS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_SOLVERS[name]}"), name)
