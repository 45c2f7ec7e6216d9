"""Sign-in names made from people's names, and codes on paper."""

from onebow.apps.accounts.codes import digest_of, new_code
from onebow.apps.accounts.names import PATTERN, propose_names


def nothing(stem: str) -> set[str]:
    return set()


def test_the_same_name_gets_the_next_free_number():
    assert propose_names(["zhangmin", "zhangmin", "liwei"], nothing) == ["zhangmin", "zhangmin2", "liwei"]


def test_names_that_exist_are_stepped_over():
    assert propose_names(["zhangmin"], lambda stem: {"zhangmin", "zhangmin2"}) == ["zhangmin3"]


def test_every_proposal_is_well_formed_and_short():
    odd = ["", "é", "a" * 200, "ouyang na-na", "x"]
    proposals = propose_names(odd, nothing)
    assert all(PATTERN.fullmatch(name) for name in proposals)
    assert len(set(proposals)) == len(odd)


def test_a_code_has_eighty_bits_in_four_groups():
    codes = {new_code() for _ in range(50)}
    assert len(codes) == 50
    assert all(len(code) == 19 and code.count("-") == 3 for code in codes)


def test_a_code_is_read_however_it_was_typed():
    assert digest_of("O1B2-ABCD".replace("1", "I")) == digest_of(" ０182 abcd ")
