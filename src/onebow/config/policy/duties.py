"""Doors of duties, the calendar and working days."""

from onebow.config.policy.passes import LEADERS, OFFICERS, ORGANIZATION_READERS, Door, url

# Who says something of an occurrence: officers, and who leads the organization.
SAYERS = OFFICERS + LEADERS

DUTIES: tuple[Door, ...] = (
    url("plans:duties", "GET", ORGANIZATION_READERS),
    url("plans:duty", "GET", ORGANIZATION_READERS),
    url("plans:duty_cadence", "GET POST", OFFICERS),
    url("plans:duties_year", "GET", ORGANIZATION_READERS),
    url("plans:duties_year", "POST", SAYERS),
    url("plans:occurrence", "GET", ORGANIZATION_READERS),
    url("plans:occurrence_plan", "GET POST", SAYERS),
    url("plans:occurrence_excusal", "GET POST", SAYERS),
    url("plans:occurrence_miss", "GET POST", SAYERS),
    url("plans:occurrence_restoration", "GET POST", SAYERS),
    url("desk:calendar", "GET", ORGANIZATION_READERS),
    url("plans:holidays", "GET", ORGANIZATION_READERS),
    url("plans:holidays_notice", "GET POST", OFFICERS),
    url("plans:holidays_day", "GET POST", OFFICERS),
    url("plans:holidays_removal", "POST", OFFICERS),
    url("plans:holidays_reopening", "POST", OFFICERS),
)
