"""Fields in which one picks out of what a plan knows."""

from typing import Any

from django import forms

from onebow.apps.base.ids import ids_of
from onebow.apps.organizations.forms.fields import LISTED, PeopleField, PickField, label_of

SOURCE = "plans:organization_options"


class Pick(PickField):
    """One row; the view says from which rows, and at which address they are searched (empty: the list serves).

    What was chosen before stands in the list however long that is.
    """

    def __init__(self, *, of: str = "名称", **kwargs: Any) -> None:
        super().__init__(source=SOURCE, of=of, **kwargs)
        self.chosen: Any = None

    def offer(self, rows: Any, href: str = "") -> None:
        """Say which rows may be picked."""
        self.rows = rows
        if href:
            self.widget.attrs["data-picker"] = href
        else:
            self.widget.attrs.pop("data-picker", None)

    def _choices(self) -> list[tuple[Any, str]]:
        rows = with_above(self.rows)
        listed = {row.pk: words_of(row) for row in rows[:LISTED]}
        for pk in ids_of([self.chosen]) if self.chosen else ():
            if pk not in listed:
                listed |= {row.pk: words_of(row) for row in rows.filter(pk=pk)}
        return [("", "请选择"), *listed.items()]


class PickMany(PeopleField):
    """Any number of rows."""

    def __init__(self, *, of: str = "姓名", **kwargs: Any) -> None:
        super().__init__(source=SOURCE, **kwargs)
        self.widget.attrs["data-of"] = of

    def offer(self, rows: Any, href: str) -> None:
        """Say which rows may be picked."""
        self.rows = with_above(rows)
        self.widget.attrs["data-picker"] = href


def with_above(rows: Any) -> Any:
    """The rows with what their names are told apart by."""
    above = {"parent", "root"} & {field.name for field in rows.model._meta.fields}
    return rows.select_related(*above) if above else rows


def words_of(row: Any) -> str:
    """How a row is named: an item or a directive by its title."""
    title = getattr(row, "title", "")
    return str(title) if title else label_of(row)


def remember(form: forms.Form) -> None:
    """Keep what was chosen, or is proposed, in the lists of the form's fields."""
    for bound in form:
        if isinstance(bound.field, Pick | PickMany):
            bound.field.chosen = bound.value()
