"""The two examples of the format, and the examples in the docstrings."""

import doctest
import importlib
import json
import pkgutil
from pathlib import Path

import pytest

from onebow.cores import structure
from onebow.cores.structure import price, read, solve

DATA = Path(__file__).parent / "data"
OPTIMA = json.loads((DATA / "optima.json").read_text())


@pytest.mark.parametrize("name", OPTIMA)
def test_an_example_comes_to_its_known_optimum(name):
    problem = read((DATA / name).read_bytes())
    solution = solve(problem)
    assert (solution.status, solution.objective, solution.bound) == ("optimal", OPTIMA[name], OPTIMA[name])
    priced = price(problem, [(branch.members, branch.continues) for branch in solution.branches])
    assert (priced.objective, priced.parts, priced.faults) == (OPTIMA[name], solution.parts, ())


@pytest.mark.parametrize("name", [module.name for module in pkgutil.iter_modules(structure.__path__)])
def test_the_docstrings_tell_the_truth(name):
    outcome = doctest.testmod(importlib.import_module(f"onebow.cores.structure.{name}"))
    assert outcome.failed == 0
