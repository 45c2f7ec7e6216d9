"""The examples in the docstrings run."""

import doctest

import pytest

from onebow.cores.regulations import facts, findings, structure, table, votes


@pytest.mark.parametrize("module", [facts, findings, structure, table, votes], ids=lambda module: module.__name__)
def test_examples_say_what_comes_out(module):
    outcome = doctest.testmod(module)
    assert outcome.attempted > 0
    assert outcome.failed == 0
