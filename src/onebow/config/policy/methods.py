"""Doors of method packs: for officers alone."""

from onebow.config.policy.passes import OFFICERS, Door, Pass, Passes, url

# A pack on offer is everybody's who may apply one; where it goes is chosen among what the officer keeps.
APPLIERS: Passes = (Pass("officer"),)

METHODS: tuple[Door, ...] = (
    url("methods:index", "GET", APPLIERS),
    url("methods:show", "GET", APPLIERS),
    url("methods:file", "GET", APPLIERS),
    url("methods:preview", "GET", APPLIERS),
    url("methods:application", "POST", APPLIERS),
    url("methods:own", "GET POST", APPLIERS),
    url("methods:own_application", "POST", APPLIERS),
    url("methods:lists", "GET", APPLIERS),
    url("methods:named_list", "GET POST", OFFICERS),
    url("methods:kinds", "GET", APPLIERS),
    url("methods:kind_new", "GET POST", APPLIERS),
    url("methods:kind", "GET", OFFICERS),
    url("methods:kind_closure", "GET POST", OFFICERS),
    url("methods:meetings", "GET", APPLIERS),
    url("methods:kind_requirements", "POST", OFFICERS),
    url("methods:kind_requirement_closure", "POST", OFFICERS),
)
