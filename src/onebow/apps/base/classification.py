"""What kind of data each column of our tables holds. An unclassified column fails the tests.

A model says it once, by class of data:
    CLASSIFIED = {Data.PERSONAL: ("name", "sex"), Data.SENSITIVE: ("phone",)}
What an abstract model declares is inherited by the models that stand on it.
"""

from enum import IntEnum
from typing import Any

from django.db import models

from onebow.apps.base.fields import SealedText


class Data(IntEnum):
    """数据类别: each asks for more care than the one before it."""

    NONE = 0  # says nothing of anybody: keys, versions, codes
    INTERNAL = 1  # the organization's own business
    PERSONAL = 2  # about an identified person (个人信息)
    SENSITIVE = 3  # does harm in wrong hands: sealed, masked, shown for a logged reason
    SECRET = 4  # opens doors: never shown, never exported


Classified = dict[Data, tuple[str, ...]]


def classes_of(model: type[models.Model]) -> dict[str, Data]:
    """The class of each classified column of a model, by field name; abstract models above it included.

    Raises:
        ValueError: a column is classified twice in one place, or the model has no such column.
    """
    found: dict[str, Data] = {}
    for one in reversed(model.__mro__):
        declared = vars(one).get("CLASSIFIED", {})
        names = [name for columns in declared.values() for name in columns]
        if len(names) != len(set(names)):
            raise ValueError(f"{one.__name__} classifies a column twice")
        found |= {name: data for data, columns in declared.items() for name in columns}
    columns = {field.name for field in model._meta.concrete_fields}
    if strange := sorted(found.keys() - columns):
        raise ValueError(f"{model._meta.label} classifies columns that it does not have: {strange}")
    return found


def unclassified(model: type[models.Model]) -> list[str]:
    """Columns that no one has classified; a number that the database gives out says nothing and needs no word."""
    known = classes_of(model)
    return [
        field.name
        for field in model._meta.concrete_fields
        if field.name not in known and not isinstance(field, models.AutoField)
    ]


def columns_from(model: type[models.Model], least: Data) -> tuple[str, ...]:
    """Columns of a model that hold data of this class or one that asks for more care."""
    return tuple(name for name, data in classes_of(model).items() if data >= least)


def is_protected(field: Any) -> bool:
    """Whether a column keeps its content from who reads the table: sealed, or a keyed digest of it (`…_index`)."""
    return isinstance(field, SealedText) or field.name.endswith("_index")
