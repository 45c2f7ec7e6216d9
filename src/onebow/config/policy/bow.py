"""Doors of the bow."""

from onebow.config.policy.passes import FINDING_READERS, LEADERS, MATES, OFFICERS, Door, url

# Whoever reads items, as of their organization.
READERS = OFFICERS + LEADERS + MATES

BOW: tuple[Door, ...] = (
    url("desk:bow", "GET", READERS),
    url("desk:bow_strip", "GET", READERS),
    url("desk:bow_xlsx", "GET", READERS),
    # It tells of clashes, as their page does.
    url("desk:calendar_strip", "GET", FINDING_READERS),
)
