"""Canonical bytes and the tree, against the definitions of their RFCs."""

import doctest
import json
from decimal import Decimal
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onebow.cores.merkle import Frontier, canonical, canonical_json, leaf_hash, node_hash, tree, tree_root

HASHES = st.binary(min_size=32, max_size=32)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(alphabet="abcXYZ_0", min_size=1), inner),
    max_leaves=12,
)


def recursive_root(leaves: list[bytes]) -> bytes:
    """MTH as RFC 9162 defines it, word for word: an oracle that shares nothing with the frontier."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\x01" + recursive_root(leaves[:split]) + recursive_root(leaves[split:])).digest()


@pytest.mark.parametrize("module", [canonical, tree])
def test_the_examples_in_the_docstrings_hold(module):
    assert doctest.testmod(module).failed == 0


@given(st.lists(HASHES, max_size=40))
def test_the_root_is_the_one_of_the_definition(leaves):
    assert tree_root(leaves) == recursive_root(leaves)


@given(st.lists(HASHES, max_size=24), st.lists(HASHES, max_size=24))
def test_going_on_from_a_stored_edge_is_the_same_as_beginning_anew(first, second):
    edge = Frontier().extended(first)
    stored = Frontier.unpacked(edge.size, edge.packed())
    assert stored.extended(second) == Frontier().extended(first + second)


@given(st.lists(HASHES, min_size=1, max_size=20), st.data())
def test_any_changed_leaf_changes_the_root(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    changed = [*leaves]
    changed[index] = bytes([leaves[index][0] ^ 1]) + leaves[index][1:]
    assert tree_root(changed) != tree_root(leaves)


def test_leaves_and_nodes_live_in_separate_worlds():
    left, right = leaf_hash(b"", b"a"), leaf_hash(b"", b"b")
    assert node_hash(left, right) != leaf_hash(b"", left + right)


@pytest.mark.parametrize(("size", "peaks"), [(3, bytes(32)), (0, bytes(32)), (2, bytes(31)), (-1, b"")])
def test_an_edge_that_does_not_fit_its_size_is_refused(size, peaks):
    with pytest.raises(ValueError, match="peaks"):
        Frontier.unpacked(size, peaks)


@given(PLAIN)
def test_the_same_value_has_one_text_and_the_text_the_same_value(value):
    text = canonical_json(value)
    assert json.loads(text) == value
    assert canonical_json(json.loads(text)) == text


def test_the_example_of_rfc_8785_for_strings_comes_out_as_printed():
    # Section 3.2.2.2: control characters in short form where there is one, all others as they are.
    assert canonical_json({"string": '\u20ac$\u000f\nA\'B"\\\\"/'}) == '{"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'


def test_keys_stand_in_order_whatever_order_they_came_in():
    assert canonical_json({"b": 1, "a": {"d": 1, "c": 2}}) == canonical_json({"a": {"c": 2, "d": 1}, "b": 1})


@pytest.mark.parametrize("value", [1.0, Decimal("1"), b"x", {1}, object(), [0.5]])
def test_what_has_no_form_of_its_own_is_refused(value):
    with pytest.raises(TypeError, match="no canonical form"):
        canonical_json(value)


@pytest.mark.parametrize("value", [2**53, -(2**53), {"科": 1}, {1: 1}, "\ud800"])
def test_what_two_readers_would_read_differently_is_refused(value):
    with pytest.raises(ValueError, match=r"2\*\*53|ASCII|surrogates"):
        canonical_json(value)
