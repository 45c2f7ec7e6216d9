"""Doors of the ledger."""

from onebow.config.policy.passes import LEADERS, OFFICERS, PERSON_READERS, PROVERS, Door, url

LEDGER: tuple[Door, ...] = (
    url("organizations:ledger", "GET", PERSON_READERS),
    url("organizations:ledger_new", "GET POST", PERSON_READERS),
    url("organizations:ledger_organizations", "GET", PERSON_READERS),
    url("organizations:ledger_people", "GET", PERSON_READERS),
    url("organizations:ledger_entry", "GET", PERSON_READERS),
    url("organizations:ledger_correction", "GET POST", PERSON_READERS),
    url("organizations:ledger_voiding", "GET POST", PERSON_READERS),
    url("organizations:ledger_attachment", "GET", PERSON_READERS),
    url("organizations:ledger_late", "GET POST", OFFICERS + LEADERS),
    url("organizations:ledger_proof", "GET", PROVERS),
    url("organizations:ledger_progress", "GET", PROVERS),
    url("organizations:ledger_head", "POST", PROVERS),
    url("organizations:ledger_check", "POST", PROVERS),
    url("organizations:ledger_head_file", "GET", PROVERS),
    url("organizations:ledger_key_file", "GET", PROVERS),
    url("organizations:person_erasure", "GET POST", OFFICERS),
)
