"""Doors of integrity-risk points."""

from onebow.config.policy.passes import LEADERS, MATES, OFFICERS, Door, url

WRITERS = OFFICERS + LEADERS
READERS = WRITERS + MATES

RISKS: tuple[Door, ...] = (
    url("plans:risks", "GET", READERS),
    url("plans:risks_xlsx_file", "GET", READERS),
    url("plans:risks_docx_file", "GET", READERS),
    url("plans:risks_pdf_file", "GET", READERS),
    url("plans:risks_import", "GET POST", WRITERS),
    url("plans:risk_new", "GET POST", WRITERS),
    url("plans:risk_owner_options", "GET", WRITERS),
    url("plans:risk_kind_options", "GET", WRITERS),
    url("plans:risk_item_options", "GET", WRITERS),
    url("plans:risk", "GET", READERS),
    url("plans:risk_edit", "GET POST", WRITERS),
    url("plans:risk_review", "GET POST", WRITERS),
    url("plans:risk_lifting", "GET POST", WRITERS),
)
