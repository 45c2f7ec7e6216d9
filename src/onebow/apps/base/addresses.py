"""Addresses of pages, worked out once: a list asks for the same ones on every request."""

from functools import lru_cache
from typing import Any

from django.urls import NoReverseMatch, get_urlconf, reverse


def address(name: str, *args: Any, **kwargs: Any) -> str:
    """As `reverse`; looking an address up takes longer than printing it.

    Raises:
        NoReverseMatch: as `reverse`.
    """
    return _reversed(get_urlconf(), name, args, tuple(kwargs.items()))


def address_or_none(name: str, *args: Any) -> str | None:
    """The address of a door that the floors above may or may not have built."""
    try:
        return address(name, *args)
    except NoReverseMatch:
        return None


@lru_cache(maxsize=16384)
def _reversed(urlconf: str | None, name: str, args: tuple[Any, ...], kwargs: tuple[tuple[str, Any], ...]) -> str:
    return reverse(name, urlconf, args=args, kwargs=dict(kwargs))
