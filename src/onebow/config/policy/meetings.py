"""Doors of meetings."""

from onebow.config.policy.passes import Door

MEETINGS: tuple[Door, ...] = ()
