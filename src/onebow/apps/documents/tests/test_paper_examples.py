"""The examples in docstrings hold."""

import doctest

import pytest

from onebow.apps.documents.official import measures, rendering, words


@pytest.mark.parametrize("module", [measures, rendering, words], ids=lambda module: module.__name__)
def test_the_examples_hold(module):
    result = doctest.testmod(module)
    assert (result.attempted > 0, result.failed) == (True, 0)
