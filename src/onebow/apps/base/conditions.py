"""Conditions that both databases find by index."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import BooleanField, F, Func, Q, QuerySet


class Among(Func):
    """The row's number is one of an array's."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    arity = 2
    output_field = BooleanField()


def any_of(model: Any, *conditions: Q, wide: bool = False) -> Q:
    """Rows for which one of the conditions holds; `wide` where they are nearly all.

    SQLite finds each by its own index and puts them together; PostgreSQL does so only if they are asked one by one, and
    beside each other (or) holds them against every row there is. Which is right where it would find nearly all of them.
    """
    if connection.vendor != "postgresql" or wide or len(conditions) < 2:
        return reduce(or_, conditions, Q(pk__in=[]))
    first, *others = [model._default_manager.filter(one).order_by().values("pk") for one in conditions]
    return taken("pk", first.union(*others))


def taken(field: str, numbers: QuerySet[Any, Any] | Iterable[int]) -> Q:
    """Rows whose field is one of some numbers, or of those that a query gives: few, as seen from the whole table.

    To PostgreSQL they are given as an array, which is found first. As a subquery they are overrated, and the whole
    table is read to be joined with them.
    """
    if connection.vendor != "postgresql" or not isinstance(numbers, QuerySet):
        return Q(**{f"{field}__in": numbers})
    return Q(Among(F(field), ArraySubquery(numbers)))
