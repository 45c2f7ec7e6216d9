"""Doors of plans."""

from onebow.config.policy.passes import Door

PLANS: tuple[Door, ...] = ()
