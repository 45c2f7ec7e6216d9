"""Doors of method packs."""

from onebow.config.policy.passes import Door

METHODS: tuple[Door, ...] = ()
