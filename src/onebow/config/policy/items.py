"""Doors of items in motion, and of leave and trips."""

from onebow.config.policy.passes import LEADERS, MATES, OFFICERS, Door, url

# Whoever may read an item finds its deeds; which of them are theirs to do is for its rules to say.
READERS = OFFICERS + LEADERS + MATES
ITEMS: tuple[Door, ...] = (
    url("plans:item", "GET", READERS),
    url("plans:item_start", "POST", READERS),
    url("plans:item_checkpoints", "POST", READERS),
    url("plans:item_confirmations", "POST", READERS),
    url("plans:item_passing", "POST", READERS),
    url("plans:item_urgency", "GET POST", READERS),
    url("plans:item_closure", "POST", READERS),
    url("plans:item_reopening", "GET POST", READERS),
    url("plans:item_progress", "GET POST", READERS),
    url("plans:item_visit", "GET POST", READERS),
    url("plans:item_trip", "GET POST", READERS),
    url("plans:item_sheet", "GET", READERS),
    url("plans:item_document", "GET", READERS),
    url("plans:items_mine", "GET", READERS),
    url("plans:absences", "GET", READERS),
    url("plans:absence_new", "GET POST", OFFICERS + LEADERS),
    url("plans:absences_import", "GET POST", OFFICERS + LEADERS),
    url("plans:absence_people", "GET", OFFICERS + LEADERS),
    url("plans:absence_cancellation", "POST", OFFICERS + LEADERS),
)
