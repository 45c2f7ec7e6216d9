"""Fields in which one picks out of what a plan knows."""

from typing import Any

from django import forms

from onebow.apps.base.ids import ids_of
from onebow.apps.organizations.forms.fields import Offer, PeopleField, PickField, choices_of

SOURCE = "plans:organization_options"


class Pick(PickField):
    """One row; the view says from which rows, and at which address they are searched (empty: the list serves).

    What was chosen before stands in the list however long that is.
    """

    def __init__(self, *, of: str = "名称", **kwargs: Any) -> None:
        super().__init__(source=SOURCE, of=of, **kwargs)
        self.chosen: Any = None

    def offer(self, rows: Any, href: str = "") -> None:
        """Say which rows may be picked: a query, or what fields share."""
        self.offered = offer_of(rows)
        if href:
            self.widget.attrs["data-picker"] = href
        else:
            self.widget.attrs.pop("data-picker", None)

    def _choices(self) -> list[tuple[Any, str]]:
        chosen = ids_of([self.chosen]) if self.chosen else ()
        return choices_of(self.offered.listed | self.offered.names_of(chosen), required=self.required)


class PickMany(PeopleField):
    """Any number of rows."""

    def __init__(self, *, of: str = "姓名", **kwargs: Any) -> None:
        super().__init__(source=SOURCE, **kwargs)
        self.widget.attrs["data-of"] = of

    def offer(self, rows: Any, href: str) -> None:
        """Say which rows may be picked: a query, or what fields share."""
        self.offered = offer_of(rows)
        self.widget.attrs["data-picker"] = href


def offer_of(rows: Any) -> Offer:
    """What a field offers of some rows."""
    return rows if isinstance(rows, Offer) else Offer(rows)


def remember(form: forms.Form) -> None:
    """Keep what was chosen, or is proposed, in the lists of the form's fields."""
    for bound in form:
        if isinstance(bound.field, Pick | PickMany):
            bound.field.chosen = bound.value()
