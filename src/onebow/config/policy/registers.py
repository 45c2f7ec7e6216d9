"""Doors of registers."""

from onebow.config.policy.passes import Door

REGISTERS: tuple[Door, ...] = ()
