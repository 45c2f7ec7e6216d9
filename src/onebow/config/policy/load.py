"""Doors of load, of its ceilings, and of the cockpit."""

from onebow.config.policy.passes import FINDING_READERS, LEADERS, OFFICERS, PERSON_READERS, Door, url

# Hours are read by the person and by who leads or keeps them; whoever leads nobody is led to their own.
LOAD: tuple[Door, ...] = (
    url("desk:load", "GET", PERSON_READERS),
    url("desk:load_person", "GET", PERSON_READERS),
    url("desk:load_organization", "GET", FINDING_READERS),
    url("desk:cockpit", "GET", FINDING_READERS),
    url("desk:cockpit_load", "GET", FINDING_READERS),
    url("plans:ceilings", "GET", FINDING_READERS),
    url("plans:ceiling_new", "GET POST", OFFICERS),
    url("plans:ceiling_options", "GET", OFFICERS),
    url("plans:ceiling_closure", "GET POST", OFFICERS),
    url("plans:plan_load", "GET POST", OFFICERS + LEADERS),
)
