"""Doors of registers."""

from onebow.config.policy.passes import (
    FINDING_READERS,
    LEADERS,
    OFFICERS,
    ORGANIZATION_READERS,
    PERSON_READERS,
    Door,
    url,
)

# Who writes the registers of what they keep or lead; whoever belongs to it reads them.
WRITERS = OFFICERS + LEADERS

REGISTERS: tuple[Door, ...] = (
    url("plans:register_options", "GET", WRITERS),
    url("plans:directives", "GET", ORGANIZATION_READERS),
    url("plans:directives_xlsx_file", "GET", ORGANIZATION_READERS),
    url("plans:directive_new", "GET POST", WRITERS),
    url("plans:directive", "GET", ORGANIZATION_READERS),
    url("plans:directive_edit", "GET POST", WRITERS),
    url("plans:directive_reply", "GET POST", WRITERS),
    url("plans:directive_file", "GET", ORGANIZATION_READERS),
    url("plans:directive_report", "GET", ORGANIZATION_READERS),
    url("plans:directive_document", "GET", ORGANIZATION_READERS),
    url("plans:directive_options", "GET", WRITERS),
    url("plans:drives", "GET", ORGANIZATION_READERS),
    url("plans:drive_new", "GET POST", WRITERS),
    url("plans:drive", "GET", ORGANIZATION_READERS),
    url("plans:drive_edit", "GET POST", WRITERS),
    url("plans:bylaws", "GET", ORGANIZATION_READERS),
    url("plans:bylaw_new", "GET POST", WRITERS),
    url("plans:bylaw", "GET", ORGANIZATION_READERS),
    url("plans:bylaw_adoption", "GET POST", WRITERS),
    url("plans:bylaw_closure", "GET POST", WRITERS),
    url("plans:bylaw_compare", "GET", ORGANIZATION_READERS),
    url("plans:bylaw_file", "GET", ORGANIZATION_READERS),
    url("plans:bylaw_paper", "GET", ORGANIZATION_READERS),
    url("desk:clashes", "GET", FINDING_READERS),
    url("desk:doubles", "GET", FINDING_READERS),
    url("plans:dual_posts", "GET", PERSON_READERS),
    url("plans:answering", "GET", ORGANIZATION_READERS),
    url("plans:dual_post", "GET", PERSON_READERS),
    url("plans:dual_post_paper", "GET", PERSON_READERS),
)
