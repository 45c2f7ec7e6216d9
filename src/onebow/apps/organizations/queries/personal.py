"""Which columns hold data of a person, from the classification in the models: what an erasure walks through."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model, OneToOneField

from onebow.apps.base.classification import Data, columns_from
from onebow.apps.organizations.models import Person


@dataclass(frozen=True)
class PersonalColumns:
    """Columns of one table with data of a person; `by` is how its rows are found from the person's id."""

    model: type[Model]
    by: str
    columns: tuple[str, ...]


def personal_columns(least: Data = Data.PERSONAL) -> list[PersonalColumns]:
    """Every table of this app whose rows belong to a person, the person's own first, with its columns to clear.

    The column that leads to the person is no content: it goes with the row, or stays as a bare number.
    """
    found = [PersonalColumns(Person, "pk", columns_from(Person, least))]
    for model in apps.get_app_config("organizations").get_models():
        for field in _ways_to_a_person(model):
            columns = tuple(name for name in columns_from(model, least) if name != field.name)
            found.append(PersonalColumns(model, field.attname, columns))
    return found


def _ways_to_a_person(model: Any) -> Iterator[Any]:
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey | OneToOneField) and field.related_model is Person and model is not Person:
            yield field
