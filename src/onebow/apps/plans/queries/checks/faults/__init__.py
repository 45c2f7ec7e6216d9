"""Each sort's fault as one condition: asked over a subtree to find gaps, and of some subjects to see them mended."""

from onebow.apps.plans.models import Sort
from onebow.apps.plans.queries.checks.faults.duties import DUTY, DUTY_PART
from onebow.apps.plans.queries.checks.faults.fault import Fault
from onebow.apps.plans.queries.checks.faults.items import LATE, SILENT, UNBEGUN
from onebow.apps.plans.queries.checks.faults.lacking import REQUIREMENT, UNOWNED, UNTIED
from onebow.apps.plans.queries.checks.faults.others import CHECKPOINT, REPLY

__all__ = ["FAULTS", "Fault"]
FAULTS: dict[str, Fault] = {
    Sort.DUTY: DUTY, Sort.DUTY_PART: DUTY_PART, Sort.CHECKPOINT: CHECKPOINT, Sort.UNBEGUN: UNBEGUN, Sort.LATE: LATE,
    Sort.SILENT: SILENT, Sort.UNTIED: UNTIED, Sort.REQUIREMENT: REQUIREMENT, Sort.UNOWNED: UNOWNED, Sort.REPLY: REPLY,
}  # fmt: skip
