"""A list that is looked at first, and taken in by a second step, which gets along what was given at the first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from onebow.apps.base.answers import answer, page, repeatable


@dataclass(frozen=True)
class Steps:
    """What the two steps do with the text of a list and the form that it came by.

    The form has a `text` and a `sure`; the page shows `told` by `ui.read_list` in its block `panel`.
    """

    template: str
    form: type[forms.Form]
    # The text of a form's values, which may come as a file.
    text: Callable[[Mapping[str, Any]], str]
    # What the page shows: `told`, a reading with a `problem` where there is nothing to show, `sheets` that were not
    # read, and more besides.
    look: Callable[[str, Any], dict[str, Any]]
    # Takes the list in and says where to go on to; nothing: what is left is shown.
    take: Callable[[str, Any], str]


def two_steps(
    request: HttpRequest, steps: Steps, context: Mapping[str, Any], initial: Mapping[str, Any] | None = None
) -> HttpResponse:
    """Show the form, what would become of its list, or where the list went."""
    shown = {**context, "told": None}
    if request.method == "GET":
        return page(request, steps.template, shown | {"form": steps.form(initial=dict(initial or {}))})
    form = steps.form(request.POST, request.FILES)
    if not form.is_valid():
        return answer(request, f"{steps.template}#panel", shown | {"form": form})
    text = steps.text(form.cleaned_data)
    if form.cleaned_data["sure"] and (done := steps.take(text, form)):
        return answer(request, "", {}, done=done)
    return _looked_at(request, steps, text, form, shown)


def _looked_at(request: HttpRequest, steps: Steps, text: str, form: forms.Form, shown: dict[str, Any]) -> HttpResponse:
    found = steps.look(text, form)
    names = [name for name in steps.form.base_fields if name in request.POST and name != "sure"]
    again = steps.form({**{name: request.POST[name] for name in names}, "text": text})
    if found["told"].problem:
        again.add_error("text", [found["told"].problem, *_unread(found)])
    # What cannot be sent a second time, a text too long, is told now.
    if not again.is_valid():
        return answer(request, f"{steps.template}#panel", shown | {"form": again})
    return repeatable(page(request, f"{steps.template}#panel", {**shown, **found, "form": again, "text": text}))


def _unread(found: Mapping[str, Any]) -> list[str]:
    sheets = "、".join(found.get("sheets", ()))
    return [f"没有读取的工作表:{sheets[:200]}。"] if sheets else []
