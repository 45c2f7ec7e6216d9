"""Codes of entries in words."""

import pytest

from onebow.apps.ledger import words
from onebow.apps.ledger.kinds import BY_KEY


@pytest.fixture(autouse=True)
def _own(monkeypatch):
    monkeypatch.setattr(words, "_SAID", {})


def test_a_code_is_told_in_the_words_of_its_kind_and_one_of_which_nothing_is_said_as_it_is():
    words.say(("item.added",), "kind", {"project": "重点项目"})
    told = words.Dictionary()
    assert told.word("item.added", "kind", "project") == "重点项目"
    assert told.word("item.added", "kind", "errand") == "errand"
    assert told.word("item.done", "kind", "project") == "project"


def test_what_must_be_looked_up_is_looked_up_once_for_all_kinds_of_a_page():
    asked = []

    def names():
        asked.append(1)
        return {"project": "重点项目"}

    words.say(("item.added", "item.done"), "kind", names)
    told = words.Dictionary()
    kinds = ("item.added", "item.done", "item.added")
    assert [told.word(kind, "kind", "project") for kind in kinds] == ["重点项目"] * 3
    assert asked == [1]


@pytest.mark.parametrize(("kind", "field"), [("item.eaten", "kind"), ("item.added", "colour")])
def test_nothing_is_said_of_what_no_entry_holds(kind, field):
    assert "item.added" in BY_KEY
    with pytest.raises(KeyError):
        words.say((kind,), field, {})
