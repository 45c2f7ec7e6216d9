"""Tables of people, the two trees, and what ties them."""

from onebow.apps.organizations.models.findings import SetAside
from onebow.apps.organizations.models.imports import RosterImport, RosterRow
from onebow.apps.organizations.models.links import Link, Place, Placement
from onebow.apps.organizations.models.member_lists import ListBatch
from onebow.apps.organizations.models.organizations import FormerName, Organization
from onebow.apps.organizations.models.people import Membership, Person, Post
from onebow.apps.organizations.models.restructuring import (
    PlannedOrganization,
    PlanReason,
    Restructuring,
    RestructuringLine,
    Seat,
    StructureRun,
)
from onebow.apps.organizations.models.rights import Approval, Grant

__all__ = [
    "Approval",
    "FormerName",
    "Grant",
    "Link",
    "ListBatch",
    "Membership",
    "Organization",
    "Person",
    "Place",
    "Placement",
    "PlanReason",
    "PlannedOrganization",
    "Post",
    "Restructuring",
    "RestructuringLine",
    "RosterImport",
    "RosterRow",
    "Seat",
    "SetAside",
    "StructureRun",
]
