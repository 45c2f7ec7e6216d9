"""The template environment: what every page may use."""

from functools import lru_cache
from typing import Any

from django.templatetags.static import static
from jinja2 import Environment, StrictUndefined

from onebow.apps.base import filters
from onebow.apps.base.addresses import address, address_or_none
from onebow.apps.methods.queries.shelf import shipped
from onebow.apps.organizations.identity import masked


def environment(**options: Any) -> Environment:
    """The Jinja2 environment of all our pages; an unknown name is an error, not an empty string."""
    options["undefined"] = StrictUndefined
    env = Environment(**options)  # noqa: S701 (autoescape comes in options)
    env.globals.update(static=_static, url=address, url_or_none=address_or_none, masked=masked, pack_name=_pack_name)
    env.filters.update(filters.FILTERS)
    return env


@lru_cache(maxsize=256)
def _static(name: str) -> str:
    """The address of a file of the front end; each icon of a page asks for the same one."""
    return str(static(name))


def _pack_name(key: str) -> str:
    """What a shipped pack is called, for pages of floors below the packs; one's own goes by its key."""
    pack = shipped().get(key)
    return pack.pack.name if pack else key
