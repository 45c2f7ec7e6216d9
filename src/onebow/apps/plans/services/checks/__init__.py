"""Writes of checks: runs find gaps, people answer, close and return them."""

from onebow.apps.plans.services.checks.answering import answer_gap, return_gap
from onebow.apps.plans.services.checks.closing import close_gaps
from onebow.apps.plans.services.checks.looking import look_after
from onebow.apps.plans.services.checks.running import (
    CheckDraft,
    Made,
    preview_check,
    refresh_check,
    run_check,
    run_due,
)

__all__ = [
    "CheckDraft", "Made", "answer_gap", "close_gaps", "look_after", "preview_check", "refresh_check", "return_gap",
    "run_check", "run_due",
]  # fmt: skip
