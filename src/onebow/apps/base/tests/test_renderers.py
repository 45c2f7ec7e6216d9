"""Controls of forms as HTML."""

from django import forms
from django.forms.renderers import DjangoTemplates

from onebow.apps.base.renderers import Renderer


class Choosing(forms.Form):
    one = forms.ChoiceField(
        choices=[("", "请选择"), ("a<b", "甲 & 乙"), ("组", [(1, "丙"), (2, "丁")])],
        widget=forms.Select(attrs={"class": "form-select", "disabled": False, "data-of": '"名称"'}),
    )
    several = forms.MultipleChoiceField(choices=[(1, "一"), (2, "二")], initial=[2], required=False)
    text = forms.CharField(initial="<b>")


def shown(form: forms.Form) -> list[str]:
    """Without line breaks, which say nothing here."""
    return ["".join(line.strip() for line in str(bound).splitlines()).replace("&#x27;", "&#39;") for bound in form]


def test_controls_are_those_of_django():
    data = {"one": "1", "several": ["1"], "text": "a"}
    for told in ((), (data,)):
        ours, theirs = Choosing(*told, renderer=Renderer()), Choosing(*told, renderer=DjangoTemplates())
        assert shown(ours) == shown(theirs)


def test_words_of_choices_are_escaped():
    told = str(Choosing({"one": "a<b"}, renderer=Renderer())["one"])
    assert '<option value="a&lt;b" selected>甲 &amp; 乙</option>' in told
    assert '<optgroup label="组"><option value="1">丙</option>' in told
    assert 'data-of="&quot;名称&quot;"' in told
    assert "disabled" not in told
