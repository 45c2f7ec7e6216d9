"""Every field that a form asks says why the system cannot know it; the messages are the lines to add."""

from typing import Any

import pytest
from django import forms

from onebow.apps.base.asking import AskingForm, Each, Why, key_of, questions_of, reasons_of, why_of
from tests.asking_examples import MADE
from tests.asking_faults import EXAMPLE, faults_of, makes_fields, our_forms, unproposed


def made_of(form: type[forms.Form]) -> forms.Form | None:
    """The form made once, where it makes fields."""
    return MADE[form]() if form in MADE else None


@pytest.mark.parametrize("form", our_forms(), ids=key_of)
def test_each_field_says_why_it_is_asked(form: Any) -> None:
    assert faults_of(form, made_of(form)) == []


@pytest.mark.parametrize("form", our_forms(), ids=key_of)
def test_what_is_said_to_be_filled_in_is_filled_in(form: Any) -> None:
    if issubclass(form, AskingForm):
        assert unproposed(form, made_of(form)) == []


def test_what_was_left_empty_is_asked_for_by_its_name() -> None:
    class Example(AskingForm):
        title = forms.CharField(label="主题")
        kind = forms.ChoiceField(label="类别", choices=[("a", "甲")])
        sure = forms.BooleanField(label="已核对")
        on = forms.DateField(label="日期", error_messages={"required": "哪一天?"})

    assert Example({}).errors == {
        "title": ["请填写主题。"], "kind": ["请选择类别。"], "sure": ["请勾选“已核对”。"], "on": ["哪一天?"],
    }  # fmt: skip


def test_there_are_forms_of_all_apps() -> None:
    assert {key_of(form).split(".")[0] for form in our_forms()} >= {
        "accounts", "organizations", "plans", "meetings", "methods",
    }  # fmt: skip
    assert len(our_forms()) > 90


def test_forms_that_make_fields_are_made_here() -> None:
    strange = [form for form in our_forms() if makes_fields(form) and form not in MADE]
    assert [f"{key_of(form)}: {EXAMPLE}" for form in strange] == []


def test_keys_and_titles_tell_forms_apart() -> None:
    keys = [key_of(form) for form in our_forms()]
    titles = [form.TITLE for form in our_forms() if vars(form).get("TITLE")]  # type: ignore[attr-defined]
    assert [one for one in keys if keys.count(one) > 1] == []
    assert [one for one in titles if titles.count(one) > 1] == [], "each form has a TITLE of its own"


class Silent(AskingForm):
    """Says nothing of a field."""

    TITLE = "不说"
    ASKED = {Why.EVENT: ("day", "gone"), Why.PAPER: ("version", Each("row_*", "每行"))}

    version = forms.IntegerField(widget=forms.HiddenInput)
    day = forms.DateField()
    mood = forms.CharField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["row_1"] = forms.CharField()


def test_the_walk_finds_what_is_planted() -> None:
    told = "\n".join(faults_of(Silent))
    for words in ('("mood",)', "take gone out", "take version out of ASKED, nobody sees it", "makes row_*; add it to"):
        assert words in told
    assert not any("row_" in line for line in faults_of(Silent, Silent()))
    assert makes_fields(Silent)


def test_a_plain_form_and_one_without_a_title_are_found() -> None:
    plain = type("Plain", (forms.Form,), {"__module__": "onebow.apps.plans.forms.plain"})
    nameless = type("Nameless", (AskingForm,), {"__module__": "onebow.apps.plans.forms.plain"})
    assert faults_of(plain) == ["plans.plain.Plain: write class Plain(AskingForm), from onebow.apps.base.asking"]
    assert faults_of(nameless) == ['plans.plain.Nameless: add TITLE = "…" (in Chinese)']


def test_a_promise_to_fill_in_that_nobody_keeps_is_found() -> None:
    class Promising(AskingForm):
        ASKED = {Why.PROPOSED: ("nowhere_handed_in", "kept")}
        nowhere_handed_in = forms.CharField()
        kept = forms.CharField(initial="系统给的")

    assert len(unproposed(Promising, None)) == 1
    assert "nowhere_handed_in" in unproposed(Promising, None)[0]


def test_reasons_are_inherited_and_may_be_said_anew() -> None:
    class Below(Silent):
        ASKED = {Why.SECRET: ("day",)}

    assert why_of(Below, "day") is Why.SECRET
    assert why_of(Below, "row_7") is Why.PAPER
    assert [one.why for one in questions_of(Below)] == [Why.SECRET, Why.PAPER]
    assert reasons_of(Silent)["day"] == (Why.EVENT, "")


def test_a_field_named_twice_is_a_fault() -> None:
    class Twice(AskingForm):
        ASKED = {Why.SECRET: ("day",), Why.EVENT: ("day",)}

    with pytest.raises(ValueError, match="day twice"):
        reasons_of(Twice)
