"""Doors of the manual: nothing in it is secret, and administrators read it too."""

from onebow.config.policy.passes import SIGNED_IN, Door, url

HELP: tuple[Door, ...] = (
    url("help:index", "GET", SIGNED_IN),
    url("help:chapter", "GET", SIGNED_IN),
)
