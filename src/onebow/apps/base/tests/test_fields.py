"""Sealed text."""

import pytest

from onebow.apps.base.fields import NONCE_BYTES, SealedText, blind_index, seal, unseal

NUMBER = "990101199003070018"


def test_the_database_gets_ciphertext_that_differs_each_time():
    first, second = seal(NUMBER), seal(NUMBER)
    assert first != second
    assert NUMBER.encode() not in first
    assert unseal(first) == unseal(second) == NUMBER


@pytest.mark.parametrize("place", [0, NONCE_BYTES, -1])
def test_one_changed_byte_does_not_open(place):
    data = bytearray(seal(NUMBER))
    data[place] ^= 1
    with pytest.raises(ValueError, match="does not open"):
        unseal(bytes(data))


def test_empty_text_stays_empty():
    assert (seal(""), unseal(b""), blind_index("")) == (b"", "", "")


def test_equal_numbers_have_equal_indexes_that_do_not_tell_the_number():
    assert blind_index(NUMBER) == blind_index(NUMBER)
    assert blind_index(NUMBER) != blind_index("990101199003070026")
    assert len(blind_index(NUMBER)) == 32


def test_a_column_opens_what_it_sealed_and_is_left_out_of_dumps():
    from django.db import connection

    column = SealedText("号码")
    stored = column.get_db_prep_value(NUMBER, connection)
    # PostgreSQL's driver wraps bytes.
    assert NUMBER.encode() not in bytes(getattr(stored, "obj", stored))
    assert column.from_db_value(getattr(stored, "obj", stored), None, connection) == NUMBER
    assert column.value_to_string(None) == ""
