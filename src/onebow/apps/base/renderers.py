"""How controls of forms become HTML."""

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

from django.forms.renderers import Jinja2
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

SELECT = "django/forms/widgets/select.html"
# Those that are one <input>.
INPUTS = {f"django/forms/widgets/{name}.html" for name in ("input", "text", "number", "date", "email", "hidden")}


class Renderer(Jinja2):
    """Controls by the engine of the pages; inputs and lists of choices, of which there may be hundreds, without any."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> SafeString:
        """The control."""
        if template_name == SELECT:
            return select_of(context["widget"])
        if template_name in INPUTS:
            return input_of(context["widget"])
        return mark_safe(super().render(template_name, context, request))  # noqa: S308 (escaped by the template)


def select_of(widget: Mapping[str, Any]) -> SafeString:
    """A <select> as Django's template writes it, but for the line breaks."""
    attributes = _attributes(widget["attrs"])
    options = mark_safe("".join(_groups(widget["optgroups"])))  # noqa: S308 (each part is escaped)
    return format_html('<select name="{}"{}>{}</select>', widget["name"], attributes, options)


def input_of(widget: Mapping[str, Any]) -> SafeString:
    """An <input> as Django's template writes it."""
    value = "" if widget["value"] is None else format_html(' value="{}"', widget["value"])
    return format_html(
        '<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], value, _attributes(widget["attrs"])
    )


def _groups(groups: Iterable[tuple[Any, list[dict[str, Any]], int]]) -> Iterator[str]:
    for name, options, _ in groups:
        told = "".join(map(_option, options))
        yield f'<optgroup label="{_text(name)}">{told}</optgroup>' if name else told


def _option(option: Mapping[str, Any]) -> str:
    value, label = _text(str(option["value"])), _text(option["label"])
    return f'<option value="{value}"{_attributes(option["attrs"])}>{label}</option>\n'


def _attributes(attributes: Mapping[str, Any]) -> SafeString:
    """Those that are true stand alone, those that are false not at all."""
    told = (
        f" {_text(name)}" + ("" if value is True else f'="{_text(str(value))}"')
        for name, value in attributes.items()
        if value is not False
    )
    return mark_safe("".join(told))  # noqa: S308 (each part is escaped)


def _text(value: Any) -> str:
    """Escaped, unless it says that it is. Django's own function looks for lazy ones first, which takes longer."""
    return str(value.__html__()) if hasattr(value, "__html__") else escape(str(value))
