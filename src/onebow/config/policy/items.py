"""Doors of items."""

from onebow.config.policy.passes import LEADERS, MATES, OFFICERS, Door, url

# Whoever may read an item asks for its deeds; which of them are theirs to do is for its rules to say.
READERS = OFFICERS + LEADERS + MATES
ITEMS: tuple[Door, ...] = (url("plans:item", "GET", READERS),)
