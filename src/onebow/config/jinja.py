"""The template environment: what every page may use."""

from functools import lru_cache
from typing import Any

from django.templatetags.static import static
from django.urls import NoReverseMatch, get_urlconf, reverse
from jinja2 import Environment, StrictUndefined

from onebow.apps.base import filters
from onebow.apps.methods.queries.shelf import shipped
from onebow.apps.organizations.identity import masked


def environment(**options: Any) -> Environment:
    """The Jinja2 environment of all our pages; an unknown name is an error, not an empty string."""
    options["undefined"] = StrictUndefined
    env = Environment(**options)  # noqa: S701 (autoescape comes in options)
    env.globals.update(static=_static, url=_url, url_or_none=_url_or_none, masked=masked, pack_name=_pack_name)
    env.filters.update(filters.FILTERS)
    return env


def _url(name: str, *args: Any, **kwargs: Any) -> str:
    return _reversed(get_urlconf(), name, args, tuple(kwargs.items()))


@lru_cache(maxsize=16384)
def _reversed(urlconf: str | None, name: str, args: tuple[Any, ...], kwargs: tuple[tuple[str, Any], ...]) -> str:
    """A list asks for the same addresses on every request; looking them up takes longer than printing them."""
    return reverse(name, urlconf, args=args, kwargs=dict(kwargs))


@lru_cache(maxsize=256)
def _static(name: str) -> str:
    """The address of a file of the front end; each icon of a page asks for the same one."""
    return str(static(name))


@lru_cache(maxsize=1024)
def _url_or_none(name: str, *args: Any) -> str | None:
    """The address of a door that the floors above may or may not have built."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return None


def _pack_name(key: str) -> str:
    """What a shipped pack is called, for pages of floors below the packs; one's own goes by its key."""
    pack = shipped().get(key)
    return pack.pack.name if pack else key
