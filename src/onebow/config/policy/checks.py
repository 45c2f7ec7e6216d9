"""Doors of checks and gaps."""

from onebow.config.policy.passes import FINDING_READERS, LEADERS, OFFICERS, ORGANIZATION_READERS, Door, url

CHECKERS = OFFICERS + LEADERS
# Whoever may read the subject reads the gap; whoever answers for it, or leads there, answers.
READERS = ORGANIZATION_READERS

CHECKS: tuple[Door, ...] = (
    url("plans:checks", "GET", FINDING_READERS),
    url("plans:check_new", "GET POST", CHECKERS),
    url("plans:check_special", "GET POST", CHECKERS),
    url("plans:check", "GET", FINDING_READERS),
    url("plans:check_refresh", "POST", CHECKERS),
    url("plans:check_report", "GET", FINDING_READERS),
    url("plans:gaps", "GET", READERS),
    url("plans:gaps_xlsx", "GET", READERS),
    url("plans:gaps_closure", "POST", CHECKERS),
    url("plans:gap", "GET", READERS),
    url("plans:gap_answer", "GET POST", READERS),
    url("plans:gap_return", "GET POST", CHECKERS),
    url("plans:gap_closure", "POST", CHECKERS),
)
