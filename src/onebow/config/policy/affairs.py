"""Doors of everyday affairs."""

from onebow.config.policy.passes import Door

AFFAIRS: tuple[Door, ...] = ()
