"""Doors of talks and of the work manual."""

from onebow.config.policy.passes import MEMBERS, RUNNERS, Door, url

WORKBOOK: tuple[Door, ...] = (
    url("affairs:talks", "GET", RUNNERS + MEMBERS),
    url("affairs:talks_of", "GET", RUNNERS),
    url("affairs:talks_new", "GET POST", RUNNERS),
)
