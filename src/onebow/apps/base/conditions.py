"""Conditions that both databases find by index."""

from functools import reduce
from operator import or_
from typing import Any

from django.db import connection
from django.db.models import Q


def any_of(model: Any, *conditions: Q, wide: bool = False) -> Q:
    """Rows for which one of the conditions holds; `wide` where they are nearly all.

    SQLite finds each by its own index and puts them together; PostgreSQL does so only if they are asked one by one, and
    beside each other (or) holds them against every row there is. Which is right where it would find nearly all of them.
    """
    if connection.vendor != "postgresql" or wide or len(conditions) < 2:
        return reduce(or_, conditions, Q(pk__in=[]))
    first, *others = [model._default_manager.filter(one).order_by().values("pk") for one in conditions]
    return Q(pk__in=first.union(*others))
