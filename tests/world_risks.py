"""Integrity-risk points for the matrix: of a section, of a branch, and a neighbour's."""

from dataclasses import replace

from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.tests.make import NOON, TODAY, make_person
from onebow.apps.plans.models import RiskPoint
from tests.targets import Target


def risk_targets(*places: Target) -> dict[str, list[Target]]:
    """One for each of these organizations, kept by somebody who is none of the actors."""
    return {"risks": [replace(place, ids=_risk(place)) for place in places]}


def _risk(place: Target) -> dict[str, int | str]:
    organization = Organization.objects.get(pk=place.ids["pk"])
    owner = make_person(Organization.objects.get(path=organization.path[:5]), f"keeper-{place.name}")
    point = RiskPoint.objects.create(
        organization=organization, matter="审批", measure="双人审核", owner=owner, registered_on=TODAY, review_on=TODAY,
        created_at=NOON, updated_at=NOON,
    )  # fmt: skip
    point.levels.create(level="low", held=[1], words=["标准 1"], starts_on=TODAY)
    return {"pk": point.pk}
