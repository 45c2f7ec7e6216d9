"""What loading the core costs a process that only prices."""

import subprocess
import sys

import pytest

from onebow.cores import structure


def test_the_solvers_are_loaded_by_those_who_solve():
    loaded = "print('ortools' in sys.modules)"
    code = f"import sys, onebow.cores.structure as core; {loaded}; core.solve; {loaded}"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.split() == ["False", "True"]


def test_all_names_that_the_core_gives_can_be_had():
    assert [name for name in structure.__all__ if not hasattr(structure, name)] == []
    with pytest.raises(AttributeError, match="unheard"):
        _ = structure.unheard
