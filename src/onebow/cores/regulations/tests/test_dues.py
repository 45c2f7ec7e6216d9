"""Dues: the examples of the regulation, and what holds for every base."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onebow.cores.regulations.dues import BY_SHARE, RULES, dues_of, permille_of
from onebow.cores.regulations.table import rule

MARCH = date(2026, 3, 31)
bases = st.decimals(0, 1_000_000, places=2)


@pytest.mark.parametrize(
    ("kind", "base", "amount"),
    [
        ("wage", "3200", "32"), ("wage", "5400", "81"), ("wage", "9500", "142.5"), ("wage", "10000", "150"),
        ("wage", "11500", "230"), ("wage", "3000", "15"), ("wage", "3000.01", "30"), ("wage", "5000", "50"),
        ("annual", "20000", "400"), ("irregular", "4000", "40"), ("pension", "5000", "25"),
        ("pension", "5000.01", "50"), ("pension", "8000", "80"), ("farmer", "0.2", "0.2"), ("farmer", "1", "1"),
        ("wage", "0", "0"),
    ],
)  # fmt: skip
def test_the_share_of_the_bracket_is_taken_of_the_whole_base(kind, base, amount):
    assert dues_of(kind, Decimal(base), MARCH).amount == Decimal(amount)


@pytest.mark.parametrize("kind", ["student", "unemployed", "relief"])
def test_some_pay_the_same_whatever_they_get(kind):
    assert dues_of(kind, None, MARCH).amount == Decimal("0.2")


@pytest.mark.parametrize(
    ("kind", "base"),
    [("wage", None), ("wage", Decimal(-1)), ("wage", Decimal("NaN")), ("farmer", Decimal("0.1")),
     ("farmer", Decimal("1.01")), ("clerk", Decimal(1))],
)  # fmt: skip
def test_what_is_no_base_is_refused(kind, base):
    with pytest.raises(ValueError, match=r"base|farmer|kind"):
        dues_of(kind, base, MARCH)


def test_before_the_rule_nothing_is_due():
    with pytest.raises(ValueError, match="not in force"):
        dues_of("wage", Decimal(3000), date(2008, 3, 31))


@given(st.sampled_from(BY_SHARE), bases, bases)
def test_who_gets_more_never_pays_less(kind, one, other):
    less, more = sorted((one, other))
    assert dues_of(kind, less, MARCH).amount <= dues_of(kind, more, MARCH).amount


@given(st.sampled_from(BY_SHARE), bases)
def test_the_amount_is_the_exact_share_to_half_a_fen(kind, base):
    due = dues_of(kind, base, MARCH)
    assert due.permille is not None
    assert abs(due.amount - base * due.permille / 1000) <= Decimal("0.005")
    assert due.amount == due.amount.quantize(Decimal("0.01"))


@given(bases)
def test_every_base_has_one_share_of_the_table(base):
    found = rule("DUES-RATE", on=MARCH)
    assert found is not None
    assert permille_of(base, found) in found.values["permille"]


def test_every_kind_names_its_rule():
    assert all(dues_of(kind, Decimal("0.5"), MARCH).rule.id == RULES[kind] for kind in RULES)
