"""Doors of plans."""

from onebow.config.policy.passes import LEADERS, MATES, OFFICERS, Door, url

# Whoever belongs to an organization reads its plan; officers and leaders write it.
READERS = OFFICERS + LEADERS + MATES
WRITERS = OFFICERS + LEADERS
PLANS: tuple[Door, ...] = (
    url("plans:index", "GET", READERS),
    url("plans:new", "GET POST", WRITERS),
    url("plans:organization_options", "GET", WRITERS),
    url("plans:show", "GET", READERS),
    url("plans:plan_xlsx", "GET", READERS),
    url("plans:key_point_new", "GET POST", WRITERS),
    url("plans:key_point", "GET POST", WRITERS),
    url("plans:key_point_removal", "POST", WRITERS),
    url("plans:item_new", "GET POST", WRITERS),
    url("plans:owners", "GET", WRITERS),
    url("plans:people", "GET", WRITERS),
    url("plans:import_list", "GET POST", WRITERS),
    url("plans:copy", "GET POST", WRITERS),
    url("plans:submission", "GET POST", WRITERS),
    url("plans:step_options", "GET", WRITERS),
    url("plans:change_new", "GET POST", WRITERS),
    url("plans:change", "GET", READERS),
    url("plans:change_edit", "GET POST", WRITERS),
    url("plans:change_lines", "GET", WRITERS),
    url("plans:change_alteration", "GET POST", WRITERS),
    url("plans:change_cancellation", "POST", WRITERS),
    url("plans:change_line_closure", "POST", WRITERS),
    url("plans:change_submission", "POST", WRITERS),
    # Whose turn it is decides; which organization that is, the rules say.
    url("plans:change_decision", "GET POST", WRITERS),
    url("plans:change_paper", "GET POST", OFFICERS),
    url("plans:change_closure", "POST", WRITERS),
    url("plans:change_scan", "GET", WRITERS),
    url("plans:versions", "GET", READERS),
    url("plans:version", "GET", READERS),
    url("plans:difference", "GET", READERS),
    url("plans:items", "GET", READERS),
    url("plans:items_xlsx", "GET", READERS),
    url("plans:item_edit", "GET POST", WRITERS),
    url("plans:item_cancellation", "GET POST", WRITERS),
    url("plans:item_people", "GET POST", WRITERS),
    url("plans:item_requirements", "GET POST", WRITERS),
    url("plans:item_ties", "GET POST", WRITERS),
    url("plans:tie_options", "GET", WRITERS),
    url("plans:tie_closure", "POST", WRITERS),
    url("plans:item_untied", "POST", WRITERS),
    url("plans:taskbook", "GET", READERS),
    url("plans:taskbook_xlsx", "GET", READERS),
)
