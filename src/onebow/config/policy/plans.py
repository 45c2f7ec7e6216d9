"""Doors of plans, items, duties and registers."""

from onebow.config.policy.passes import Door

PLANS: tuple[Door, ...] = ()
ITEMS: tuple[Door, ...] = ()
DUTIES: tuple[Door, ...] = ()
REGISTERS: tuple[Door, ...] = ()
