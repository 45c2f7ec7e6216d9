"""Doors of duties."""

from onebow.config.policy.passes import Door

DUTIES: tuple[Door, ...] = ()
