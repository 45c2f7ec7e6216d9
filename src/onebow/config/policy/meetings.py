"""Doors of meetings."""

from onebow.config.policy.passes import ORGANIZATION_READERS, Door, url

# A member may be the recorder, or lead a group: who of them may write a meeting, its rule says.
MEETINGS: tuple[Door, ...] = (
    url("meetings:index", "GET", ORGANIZATION_READERS),
    url("meetings:index_xlsx", "GET", ORGANIZATION_READERS),
    url("meetings:new", "GET", ORGANIZATION_READERS),
    url("meetings:plan", "GET POST", ORGANIZATION_READERS),
    url("meetings:note", "GET POST", ORGANIZATION_READERS),
    url("meetings:person_options", "GET", ORGANIZATION_READERS),
    url("meetings:organization_options", "GET", ORGANIZATION_READERS),
    url("meetings:hours", "GET", ORGANIZATION_READERS),
    url("meetings:hours_xlsx", "GET", ORGANIZATION_READERS),
    url("meetings:counts", "GET", ORGANIZATION_READERS),
    url("meetings:counts_xlsx", "GET", ORGANIZATION_READERS),
    url("meetings:show", "GET", ORGANIZATION_READERS),
    url("meetings:edit", "GET POST", ORGANIZATION_READERS),
    url("meetings:record", "GET POST", ORGANIZATION_READERS),
    url("meetings:correction", "GET POST", ORGANIZATION_READERS),
    url("meetings:cancellation", "GET POST", ORGANIZATION_READERS),
    url("meetings:voiding", "GET POST", ORGANIZATION_READERS),
    url("meetings:file", "GET", ORGANIZATION_READERS),
    url("meetings:sheet", "GET", ORGANIZATION_READERS),
    url("meetings:document", "GET", ORGANIZATION_READERS),
    url("meetings:attachment", "GET", ORGANIZATION_READERS),
    url("meetings:adoption", "GET POST", ORGANIZATION_READERS),
)
