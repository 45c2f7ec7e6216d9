"""What one request typed and handed out, noted where it happens and read by the meter (config/meter.py).

Outside a request that is metered, notes go nowhere.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Services are loaded before forms can be: they note that they ended.
    from django.forms import BaseForm


@dataclass
class Sheet:
    """What a request did: valid forms by class, whether a service ended, values in files that were made."""

    forms: "dict[type[BaseForm], BaseForm]" = field(default_factory=dict)
    did: bool = False
    values: int = 0


SHEET: ContextVar[Sheet | None] = ContextVar("sheet", default=None)


@contextmanager
def opened() -> Iterator[Sheet]:
    """A sheet for one request."""
    sheet = Sheet()
    token = SHEET.set(sheet)
    try:
        yield sheet
    finally:
        SHEET.reset(token)


def note_form(form: "BaseForm") -> None:
    """A form was sent and is valid; shown again it is the same one."""
    if sheet := SHEET.get():
        sheet.forms.setdefault(type(form), form)


def note_done() -> None:
    """A service ended well."""
    if sheet := SHEET.get():
        sheet.did = True


def note_values(count: int) -> None:
    """So many values were written into a file."""
    if sheet := SHEET.get():
        sheet.values += count
