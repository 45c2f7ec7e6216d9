"""The template environment: what every page may use."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined

from onebow.apps.base import filters


def environment(**options: Any) -> Environment:
    """The Jinja2 environment of all our pages; an unknown name is an error, not an empty string."""
    options["undefined"] = StrictUndefined
    env = Environment(**options)  # noqa: S701 (autoescape comes in options)
    env.globals.update(static=static, url=_url)
    env.filters.update(filters.FILTERS)
    return env


def _url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args, kwargs=kwargs)
