"""Doors of everyday affairs."""

from onebow.config.policy.passes import OFFICERS, ONLY_ONESELF, RUNNERS, Door, url
from onebow.config.policy.workbook import WORKBOOK

TRANSFERS: tuple[Door, ...] = (
    url("affairs:transfers", "GET", RUNNERS),
    url("affairs:transfers_export", "GET POST", RUNNERS),
    url("affairs:transfer_new", "GET POST", OFFICERS),
    url("affairs:transfer_people", "GET", OFFICERS),
    url("affairs:transfer_branches", "GET", OFFICERS),
    url("affairs:transfer", "GET", RUNNERS),
    url("affairs:transfer_receipt", "GET POST", OFFICERS),
    url("affairs:transfer_closure", "GET POST", OFFICERS),
    url("affairs:transfer_answer", "GET POST", OFFICERS),
    url("affairs:transfer_letter", "GET", OFFICERS),
)
DUES: tuple[Door, ...] = (
    url("affairs:dues", "GET", RUNNERS),
    url("affairs:dues_mine", "GET", ONLY_ONESELF),
    url("affairs:dues_import", "GET POST", RUNNERS),
    url("affairs:dues_base", "GET POST", RUNNERS),
    url("affairs:dues_sheet", "GET", RUNNERS),
    url("affairs:dues_export", "GET POST", RUNNERS),
    url("affairs:dues_relief_new", "GET POST", RUNNERS),
    url("affairs:dues_relief", "GET", RUNNERS),
    url("affairs:dues_relief_decision", "GET POST", RUNNERS),
    url("affairs:dues_relief_paper", "GET POST", RUNNERS),
    url("affairs:dues_relief_withdrawal", "POST", RUNNERS),
    url("affairs:dues_relief_scan", "GET", RUNNERS),
)
AFFAIRS: tuple[Door, ...] = (*TRANSFERS, *DUES, *WORKBOOK)
