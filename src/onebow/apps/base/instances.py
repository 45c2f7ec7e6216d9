"""Instances made of rows of a statement whose SQL is kept, as a query makes them of its own."""

from operator import itemgetter
from typing import Any

from django.db.models.query import get_related_populators  # type: ignore[attr-defined]
from django.db.models.sql.compiler import SQLCompiler


class Maker:
    """What Django works out anew for each query: which columns make which instance."""

    def __init__(self, compiler: SQLCompiler) -> None:
        self._compiler = compiler
        self._ready: tuple[Any, ...] | None = None

    def made_of(self, rows: list[tuple[Any, ...]]) -> list[Any]:
        """The instances of these rows, with related ones and annotations.

        Raises:
            TypeError: of a query that gives values and no instances.
        """
        model, database, names, cut, related, annotations = self._ready or self._prepare()
        made = []
        for row in rows:
            one = model.from_db(database, names, row[cut])
            for each in related:
                each.populate(row, one)
            for name, column in annotations:
                setattr(one, name, row[column])
            made.append(one)
        return made

    def _prepare(self) -> tuple[Any, ...]:
        told, select = self._compiler.klass_info, self._compiler.select
        if told is None or self._compiler.query.values_select:
            raise TypeError("a query of values has no instances")
        database, fields = self._compiler.using, told["select_fields"]
        cut = slice(fields[0], fields[-1] + 1)
        names = [column.target.attname for column in map(itemgetter(0), select[cut])]
        related = get_related_populators(told, select, database)
        annotations = tuple((self._compiler.annotation_col_map or {}).items())
        self._ready = (told["model"], database, names, cut, related, annotations)
        return self._ready
