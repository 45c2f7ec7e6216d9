"""Doors of items."""

from onebow.config.policy.passes import Door

ITEMS: tuple[Door, ...] = ()
