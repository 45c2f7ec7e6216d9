"""Doors of registers."""

from onebow.config.policy.passes import LEADERS, OFFICERS, ORGANIZATION_READERS, Door, url

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
)
