"""Doors of the bow."""

from onebow.config.policy.passes import LEADERS, MATES, OFFICERS, Door, url

# Whoever reads items, as of their organization.
READERS = OFFICERS + LEADERS + MATES

BOW: tuple[Door, ...] = (
    url("desk:bow", "GET", READERS),
    url("desk:bow_xlsx", "GET", READERS),
)
