"""Fields that several forms share."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import date
from functools import cache, cached_property
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.urls import reverse_lazy
from django.utils.choices import CallableChoiceIterator

from onebow.apps.base.ids import id_of, ids_of
from onebow.apps.organizations.identity import PHONE, born_on_of, compact_id, compact_phone, is_id_number

# Without a script the list itself serves; with one, typing searches all rows.
LISTED = 300


class Offer:
    """Rows to pick from, with what tells namesakes apart; fields of a form that share one list them by one statement.

    `listed` are names by id, where the list has been read already or shall be empty: then one searches. `known` are
    names of others that need not be read again.
    """

    def __init__(
        self, rows: QuerySet[Any], listed: Mapping[int, str] | None = None, known: Mapping[int, str] | None = None
    ) -> None:
        fields = {field.name for field in rows.model._meta.fields}
        self._above = next(iter({"parent", "root"} & fields), "") if "name" in fields else ""
        self.rows = rows.select_related(self._above) if self._above else rows
        self._listed, self.known = listed, dict(known or {})

    @cached_property
    def listed(self) -> dict[int, str]:
        """The names that the list shows, by id."""
        if self._listed is not None:
            return dict(self._listed)
        return self._read(self.rows[:LISTED])

    def names_of(self, ids: Collection[int]) -> dict[int, str]:
        """The names of some of them, listed or not."""
        told = self.known | self.listed
        strange = [pk for pk in ids if pk not in told]
        read = self._read(self.rows.filter(pk__in=strange)) if strange else {}
        return read | {pk: name for pk, name in told.items() if pk in ids}

    def _read(self, rows: QuerySet[Any]) -> dict[int, str]:
        """Names as `label_of` tells them; without making hundreds of rows of all their columns."""
        if not self._above:
            return {row.pk: label_of(row) for row in rows}
        told = rows.values_list("pk", "name", f"{self._above}__name")
        return {pk: f"{name} · {above}" if above else name for pk, name, above in told}


class PickField(forms.Field):
    """One row of a query that the view sets as `rows`; searched by name (`of`: 名称 or 姓名), pinyin or initials."""

    widget = forms.Select

    def __init__(self, *, source: str, of: str = "名称", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs |= {"data-picker": reverse_lazy(source), "data-of": of}
        self._offered: Offer | None = None

    @property
    def offered(self) -> Offer:
        """The rows that may be picked, and what of them is listed."""
        if self._offered is None:
            raise RuntimeError("the form did not say which rows may be picked")
        return self._offered

    @offered.setter
    def offered(self, offer: Offer) -> None:
        self._offered = offer
        # A callable: the rows are read when the form is shown, not when it is made; once, though a select looks twice.
        self.widget.choices = CallableChoiceIterator(cache(self._choices))

    @property
    def rows(self) -> QuerySet[Any]:
        """The rows that may be picked."""
        return self.offered.rows

    @rows.setter
    def rows(self, rows: QuerySet[Any]) -> None:
        self.offered = Offer(rows)

    def _choices(self) -> list[tuple[Any, str]]:
        return choices_of(self.offered.listed, required=self.required)

    def to_python(self, value: Any) -> Model | None:
        """The row, which must be among those that may be picked."""
        if value in self.empty_values:
            return None
        row = self.rows.filter(pk=id_of(value) or 0).first()
        if row is None:
            raise forms.ValidationError("请从列表中选择。")
        return row


def choices_of(listed: Mapping[int, str], *, required: bool) -> list[tuple[Any, str]]:
    """What a list offers; where one must be chosen and there is but one, it is chosen."""
    return list(listed.items()) if required and len(listed) == 1 else [("", "请选择"), *listed.items()]


def label_of(row: Any) -> str:
    """How a row is named in a list of choices: with what tells it from its namesakes."""
    above = getattr(row, "parent", None) or getattr(row, "root", None)
    return f"{row} · {above.name}" if above else str(row)


class DayField(forms.DateField):
    """A day; the browser's own picker."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}))
        super().__init__(error_messages={"invalid": "请填写完整日期,例如 2026-11-23。"}, **kwargs)

    def clean(self, value: Any) -> date | None:
        """Between 1900 and 2100."""
        day: date | None = super().clean(value)
        if day and not 1900 <= day.year <= 2100:
            raise forms.ValidationError("日期超出范围(1900—2100 年)。")
        return day


class IdNumberField(forms.CharField):
    """公民身份号码: 18 characters with a right check digit (GB 11643)."""

    def clean(self, value: Any) -> str:
        """Normalised; empty stays empty."""
        text = compact_id(str(value or ""))
        if text and not is_id_number(text):
            raise forms.ValidationError("身份号码不正确:应为 18 位,末位校验码不符或含有其他字符,请对照证件核对。")
        if text and born_on_of(text) is None:
            raise forms.ValidationError("身份号码中的出生日期不存在,请对照证件核对。")
        return text


class PhoneField(forms.CharField):
    """A mobile or landline number."""

    def clean(self, value: Any) -> str:
        """Digits only; empty stays empty."""
        text = compact_phone(str(value or ""))
        if text and not PHONE.fullmatch(text):
            raise forms.ValidationError("电话号码不正确:手机为 11 位,座机请带区号。")
        return text


def clean_name(value: str) -> str:
    """A name without spaces around or inside it (full-width ones too); the dot of minority names stays."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", value)).replace("•", "·").replace("・", "·")


class PeopleField(PickField):
    """Any number of people of a query, or of other rows that the form names by `data-of`."""

    widget = forms.SelectMultiple

    def __init__(self, *, source: str, **kwargs: Any) -> None:
        super().__init__(source=source, of="姓名", **kwargs)
        # Ids of those chosen already: they stand in the list however long it is.
        self.chosen: list[Any] = []

    def _choices(self) -> list[tuple[Any, str]]:
        return list((self.offered.names_of(ids_of(self.chosen or ())) | self.offered.listed).items())

    def to_python(self, value: Any) -> Any:
        """The rows, each of which must be among those that may be picked."""
        wanted = ids_of(value or [])
        found = list(self.rows.filter(pk__in=wanted))
        if len(found) < len(set(wanted)) or len(wanted) < len(value or []):
            what = "人员" if self.widget.attrs["data-of"] == "姓名" else "单位"
            raise forms.ValidationError(f"请从列表中选择{what}。")
        return found
