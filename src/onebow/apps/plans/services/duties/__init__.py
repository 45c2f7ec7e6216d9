"""Writes about duties: what is asked, what is said of it, and what was done for it."""

from onebow.apps.plans.services.duties.cadences import change_cadence
from onebow.apps.plans.services.duties.drafts import CadenceDraft, DutyDraft, said_by, version_of
from onebow.apps.plans.services.duties.generating import Generated, generate, years_on
from onebow.apps.plans.services.duties.occurrences import (
    PlanLine,
    excuse_occurrence,
    miss_occurrence,
    plan_occurrence,
    plan_occurrences,
    restore_occurrence,
)
from onebow.apps.plans.services.duties.proofs import hold_for_proof, prove, prove_for, withdraw_proofs
from onebow.apps.plans.services.duties.putting import end_duty, put_duty

__all__ = [
    "CadenceDraft",
    "DutyDraft",
    "Generated",
    "PlanLine",
    "change_cadence",
    "end_duty",
    "excuse_occurrence",
    "generate",
    "hold_for_proof",
    "miss_occurrence",
    "plan_occurrence",
    "plan_occurrences",
    "prove",
    "prove_for",
    "put_duty",
    "restore_occurrence",
    "said_by",
    "version_of",
    "withdraw_proofs",
    "years_on",
]
