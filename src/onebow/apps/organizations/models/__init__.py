"""Tables of people, the two trees, and what ties them."""

from onebow.apps.organizations.models.ballots import Ballot, BallotLine, Winner
from onebow.apps.organizations.models.elections import Absence, Candidate, Election, Helper, Office
from onebow.apps.organizations.models.findings import SetAside
from onebow.apps.organizations.models.imports import RosterImport, RosterRow
from onebow.apps.organizations.models.links import Link, Place, Placement
from onebow.apps.organizations.models.member_lists import ListBatch
from onebow.apps.organizations.models.organizations import FormerFacts, FormerName, Organization
from onebow.apps.organizations.models.people import FormerStanding, Membership, Person, Post
from onebow.apps.organizations.models.restructuring import (
    PlannedOrganization,
    PlanReason,
    Restructuring,
    RestructuringLine,
    Seat,
    StructureRun,
)
from onebow.apps.organizations.models.rights import Approval, Grant
from onebow.apps.organizations.models.terms import FormerTerm

__all__ = [
    "Absence",
    "Approval",
    "Ballot",
    "BallotLine",
    "Candidate",
    "Election",
    "FormerFacts",
    "FormerName",
    "FormerStanding",
    "FormerTerm",
    "Grant",
    "Helper",
    "Link",
    "ListBatch",
    "Membership",
    "Office",
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
    "Winner",
]
