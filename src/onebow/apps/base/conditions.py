"""Conditions that both databases find by index."""

from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import BooleanField, F, Func, Q


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
    # As an array, which is found first: as a subquery it is overrated, and whole tables are read to be joined with it.
    return Q(Among(F("pk"), ArraySubquery(first.union(*others))))
