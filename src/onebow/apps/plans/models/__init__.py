"""Tables of plans, items, requirements, duties, registers and absences."""

from onebow.apps.plans.models.absences import Away
from onebow.apps.plans.models.checks import LIVING, SUBJECTS, CheckRun, Gap, GapStep, RunGap, Sort
from onebow.apps.plans.models.documents import PackDocument
from onebow.apps.plans.models.duties import Cadence, Duty, Occurrence, Proof
from onebow.apps.plans.models.items import Item, ItemPerson, ItemUnit, Progress, SiteVisit, StageEntry, Tie
from onebow.apps.plans.models.kinds import ItemKind, Packed, Side, Stage
from onebow.apps.plans.models.load import LoadCeiling, LoadReason
from onebow.apps.plans.models.plans import Change, ChangeLine, ChangeStep, KeyPoint, Plan, PlanVersion
from onebow.apps.plans.models.registers import Bylaw, BylawVersion, Directive, Drive
from onebow.apps.plans.models.requirements import (
    NEEDED,
    ONE_BY_ONE,
    Acknowledgement,
    Category,
    Checkpoint,
    Requirement,
    Who,
)
from onebow.apps.plans.models.risks import RiskLevel, RiskList, RiskPoint, RiskReview, RiskTie

__all__ = [
    "LIVING",
    "NEEDED",
    "ONE_BY_ONE",
    "SUBJECTS",
    "Acknowledgement",
    "Away",
    "Bylaw",
    "BylawVersion",
    "Cadence",
    "Category",
    "Change",
    "ChangeLine",
    "ChangeStep",
    "CheckRun",
    "Checkpoint",
    "Directive",
    "Drive",
    "Duty",
    "Gap",
    "GapStep",
    "Item",
    "ItemKind",
    "ItemPerson",
    "ItemUnit",
    "KeyPoint",
    "LoadCeiling",
    "LoadReason",
    "Occurrence",
    "PackDocument",
    "Packed",
    "Plan",
    "PlanVersion",
    "Progress",
    "Proof",
    "Requirement",
    "RiskLevel",
    "RiskList",
    "RiskPoint",
    "RiskReview",
    "RiskTie",
    "RunGap",
    "Side",
    "SiteVisit",
    "Sort",
    "Stage",
    "StageEntry",
    "Tie",
    "Who",
]
