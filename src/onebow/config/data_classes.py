"""The tables of docs/data-classes.md, written from the models themselves."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps

from onebow.apps.base.classification import Data, classes_of, is_protected
from onebow.apps.base.fields import SealedText
from onebow.config.third_parties import TABLES

OURS = "onebow."


def models_of_ours() -> list[Any]:
    """Every table that our apps define, those between two others included."""
    return [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith(OURS)]


def models_of_others() -> list[Any]:
    """Every table that a library brings."""
    return [model for model in apps.get_models(include_auto_created=True) if not model.__module__.startswith(OURS)]


def document() -> str:
    """Both tables in Markdown."""
    return "\n".join([*_ours(), "", *_others(), ""])


def _ours() -> Iterator[str]:
    yield "| table | SECRET | SENSITIVE | PERSONAL | INTERNAL | NONE |"
    yield "|---|---|---|---|---|---|"
    for model in sorted(models_of_ours(), key=lambda model: model._meta.label):
        classes = classes_of(model)
        cells = [_cell(model, classes, data) for data in sorted(Data, reverse=True)]
        yield f"| {model._meta.label} | {' | '.join(cells)} |"


def _cell(model: Any, classes: dict[str, Data], data: Data) -> str:
    names = [field.name for field in model._meta.concrete_fields if classes.get(field.name) == data]
    if data == Data.SENSITIVE:
        names = [f"{name} ({_protection(model._meta.get_field(name))})" for name in names]
    return ", ".join(names) or "–"


def _protection(field: Any) -> str:
    if not is_protected(field):
        return "in the clear"
    return "sealed" if isinstance(field, SealedText) else "keyed digest"


def _others() -> Iterator[str]:
    yield "| table of a library | class | holds | kept |"
    yield "|---|---|---|---|"
    for name, table in TABLES.items():
        yield f"| {name} | {table.data.name} | {table.holds} | {table.kept} |"
